import type { Catalog } from "../shop/catalog.ts";
import { createExperiment } from "./experiment.ts";
import {
  type Bought,
  decayed,
  halved,
  ORDER_DECAY,
  type OwnProduct,
  type RecentProduct,
  type ShopperHistory,
} from "./history.ts";
import type { ShopEvent, ShopEventType } from "./shopEvent.ts";

export const RECENT_PRODUCTS = 10;
const PURCHASES_KEPT = 20;
/** A dwell shorter than this says nothing. */
export const LONG_DWELL_MS = 20_000;

/** A cart that nobody has touched for so long is empty, whatever the shop did with it. */
export const CART_MS = 30 * 86_400_000;

/** How much an event says about the wish for its product; a view is the unit. */
export const EVENT_STRENGTH: Record<ShopEventType, number> = {
  impression: 0,
  view: 1,
  dwell: 0.5,
  search: 0,
  add_to_cart: 3,
  remove_from_cart: -2,
  wishlist: 2,
  purchase: 4,
  refund: 0,
  cart: 0,
  rate: 1,
  not_for_me: -4,
};

/** A past without events; `apply` folds them in. */
export function createHistory(catalog: Catalog): ShopperHistory {
  const recent: RecentProduct[] = [];
  const own = new Map<number, OwnProduct>();
  const cart = new Map<number, number>();
  /** When a product's units in the cart last changed. */
  const cartedAt = new Map<number, number>();
  const placed = new Map<string, PlacedItem[]>();
  const wishlist = new Set<number>();
  const hidden = new Set<number>();
  const experiment = createExperiment();
  let interactions = 0;
  let orders = 0;
  let lastOrderId: string | undefined;

  function ownProduct(row: number, at: number): OwnProduct {
    let product = own.get(row);
    if (product === undefined) {
      product = {
        affinity: 0,
        lastAt: at,
        lastInteraction: 0,
        visits: 0,
        purchases: 0,
        habit: 0,
        lastOrder: 0,
        bought: [],
        ignoredImpressions: 0,
      };
      own.set(row, product);
    }
    return product;
  }

  function interactWith(row: number, at: number, strength: number): void {
    const product = ownProduct(row, at);
    interactions++;
    // An event that comes late (another tab, an import) weighs what it would weigh by now.
    const now = Math.max(at, product.lastAt);
    product.affinity = Math.max(0, decayed(product, now) + strength * halved(now - at));
    product.lastAt = now;
    product.lastInteraction = interactions;
    product.visits++;
    product.ignoredImpressions = 0;
    if (strength <= 0) return;
    const position = recent.findIndex((visit) => visit.row === row);
    if (position >= 0) recent.splice(position, 1);
    recent.unshift({ row, at, strength });
    if (recent.length > RECENT_PRODUCTS) recent.pop();
  }

  function putInCart(row: number, quantity: number, at: number): void {
    if (quantity > 0) cart.set(row, quantity);
    else cart.delete(row);
    cartedAt.set(row, at);
  }

  function isInCart(row: number, at: number): boolean {
    return cart.has(row) && at - cartedAt.get(row)! <= CART_MS;
  }

  function emptyOldCart(at: number): void {
    for (const row of cart.keys()) if (!isInCart(row, at)) cart.delete(row);
  }

  function replaceCart({ items, at }: Extract<ShopEvent, { type: "cart" }>): void {
    cart.clear();
    for (const { productId, quantity } of items) {
      const row = catalog.rowOf(productId);
      if (row !== undefined) putInCart(row, (cart.get(row) ?? 0) + quantity, at);
    }
  }

  function applyTo(row: number, event: ShopEvent, quantity: number): void {
    const { at } = event;
    switch (event.type) {
      case "impression":
        ownProduct(row, at).ignoredImpressions++;
        return;
      case "dwell":
        if (event.dwellMs >= LONG_DWELL_MS) interactWith(row, at, EVENT_STRENGTH.dwell);
        return;
      case "wishlist":
        toggle(wishlist, row, event.saved);
        interactWith(row, at, event.saved ? EVENT_STRENGTH.wishlist : 0);
        return;
      case "not_for_me":
        toggle(hidden, row, event.hidden);
        if (event.hidden) forgetVisit(row);
        return;
      case "rate":
        interactWith(row, at, EVENT_STRENGTH.rate * (event.stars - 2.5));
        return;
      case "purchase":
        cart.delete(row);
        interactWith(row, at, EVENT_STRENGTH.purchase);
        countOrder(event.orderId);
        buy(ownProduct(row, at), { at, units: quantity });
        note(event.orderId, { row, at, order: orders, units: quantity });
        return;
      case "add_to_cart":
      case "remove_from_cart":
        putInCart(
          row,
          (cart.get(row) ?? 0) + (event.type === "add_to_cart" ? quantity : -quantity),
          at,
        );
        interactWith(row, at, EVENT_STRENGTH[event.type]);
        return;
      case "view":
        interactWith(row, at, EVENT_STRENGTH.view);
    }
  }

  /** An order may be told line by line. */
  function countOrder(orderId: string): void {
    if (orderId === lastOrderId) return;
    lastOrderId = orderId;
    orders++;
  }

  /** Purchases may come late, from another tab or an import. */
  function buy(product: OwnProduct, bought: Bought): void {
    product.purchases++;
    if (product.lastOrder !== orders) {
      product.habit = product.habit * ORDER_DECAY ** (orders - product.lastOrder) + 1;
      product.lastOrder = orders;
    }
    product.bought.push(bought);
    product.bought.sort((left, right) => left.at - right.at);
    if (product.bought.length > PURCHASES_KEPT) product.bought.shift();
  }

  function note(orderId: string, item: PlacedItem): void {
    placed.set(orderId, [...(placed.get(orderId) ?? []), item]);
  }

  /** What is taken back is not bought; what is kept of an item still is. */
  function refund({ orderId, items }: Extract<ShopEvent, { type: "refund" }>): void {
    const back = new Map(items?.map((item) => [catalog.rowOf(item.productId), item.quantity]));
    for (const item of placed.get(orderId) ?? []) {
      const units = Math.min(
        item.units,
        items === undefined ? item.units : (back.get(item.row) ?? 0),
      );
      item.units -= units;
      if (units > 0) takeBack(item, units);
    }
  }

  function takeBack({ row, at, order, units: left }: PlacedItem, units: number): void {
    const product = own.get(row);
    const bought = product?.bought.find((one) => one.at === at);
    if (product === undefined) return;
    if (bought !== undefined) bought.units -= units;
    if (left > 0) return;
    product.purchases--;
    product.habit = Math.max(0, product.habit - ORDER_DECAY ** (product.lastOrder - order));
    product.bought = product.bought.filter((one) => one.units > 0);
    const was = EVENT_STRENGTH.purchase * halved(product.lastAt - at);
    product.affinity = Math.max(0, product.affinity - was);
  }

  /** A product waved away must not go on drawing its neighbors onto the shelf. */
  function forgetVisit(row: number): void {
    const position = recent.findIndex((visit) => visit.row === row);
    if (position >= 0) recent.splice(position, 1);
  }

  return {
    recent,
    own,
    cart,
    wishlist,
    isInCart,
    hidden,
    experiment,
    get interactions() {
      return interactions;
    },
    get orders() {
      return orders;
    },
    apply(event) {
      experiment.apply(event);
      emptyOldCart(event.at);
      if (event.type === "cart") return replaceCart(event);
      if (event.type === "refund") return refund(event);
      for (const { productId, quantity } of itemsOf(event)) {
        const row = catalog.rowOf(productId);
        if (row !== undefined) applyTo(row, event, quantity);
      }
    },
  };
}

/** An item of an order, with the units that were not taken back. */
interface PlacedItem {
  row: number;
  at: number;
  /** Value of `orders` when it was placed. */
  order: number;
  units: number;
}

/** The products an event is about, each with how many units (1 where units mean nothing). */
export function itemsOf(event: ShopEvent): { productId: string; quantity: number }[] {
  switch (event.type) {
    case "search":
      return [];
    case "impression":
      return event.productIds.map((productId) => ({ productId, quantity: 1 }));
    case "purchase":
    case "refund":
    case "cart":
      return event.items ?? [];
    case "add_to_cart":
    case "remove_from_cart":
      return [event];
    default:
      return [{ productId: event.productId, quantity: 1 }];
  }
}

function toggle(set: Set<number>, row: number, on: boolean): void {
  if (on) set.add(row);
  else set.delete(row);
}
