import type { Catalog } from "../shop/catalog.ts";
import { createExperiment } from "./experiment.ts";
import {
  decayed,
  type Habit,
  halved,
  type InputHistory,
  type OwnProduct,
  type PastWithProduct,
  type ShopperHistory,
} from "./history.ts";
import {
  addOrderLine,
  countForHabit,
  habitOf,
  habitWithout,
  hasOrderOfOne,
  type Order,
  type OrderLine,
  recountHabit,
} from "./orderHabit.ts";
import { addRecent, dropRecent, type RecentProducts, recentWithout } from "./recentProducts.ts";
import { itemsOf, type ShopEvent, type ShopEventType } from "./shopEvent.ts";

const PURCHASES_KEPT = 20;
/** A shorter dwell is ignored. */
export const LONG_DWELL_MS = 20_000;

/** A product that stays untouched in the cart for longer counts as gone from it. */
export const CART_MS = 30 * 86_400_000;

/** How much interest in its product an event shows; a view is the unit. */
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

/** The mutable state behind a history. */
interface Folded {
  recent: RecentProducts;
  /** Counts of the orders that contain only one product, by its row. */
  loneOrders: Map<number, number>;
  own: Map<number, OwnProduct>;
  cart: Map<number, number>;
  /** When the units in the cart last changed, by row. */
  cartedAt: Map<number, number>;
  wishlist: Set<number>;
  hidden: Set<number>;
  interactions: number;
  orders: Order[];
}

/** An empty history; `apply` folds events into it. */
export function createHistory(catalog: Catalog): ShopperHistory {
  const folded: Folded = {
    recent: { visits: [], displaced: undefined },
    loneOrders: new Map(),
    own: new Map(),
    cart: new Map(),
    cartedAt: new Map(),
    wishlist: new Set(),
    hidden: new Set(),
    interactions: 0,
    orders: [],
  };
  const experiment = createExperiment();
  const { own, cart, wishlist, hidden, recent, orders } = folded;
  return {
    recent: recent.visits,
    own,
    cart,
    wishlist,
    isInCart: (row, at) => isInCart(folded, row, at),
    hidden,
    experiment,
    get interactions() {
      return folded.interactions;
    },
    get orders() {
      return orders.length;
    },
    pastWith: (row) => pastWith(folded, row),
    without: ({ row }) => withoutProduct(folded, row),
    apply(event) {
      experiment.apply(event);
      if (event.type === "impression") return countShown(folded, event, catalog);
      for (const row of cart.keys()) if (!isInCart(folded, row, event.at)) cart.delete(row);
      if (event.type === "cart") cart.clear();
      const lines = itemsOf(event).flatMap(({ productId, quantity }) => {
        const row = catalog.rowOf(productId);
        return row === undefined ? [] : { row, quantity };
      });
      if (event.type === "refund") refund(folded, event.orderId, event.items && lines);
      else for (const line of lines) applyTo(folded, line, event);
    },
  };
}

function pastWith({ own, orders, interactions }: Folded, row: number): PastWithProduct | undefined {
  const product = own.get(row);
  const last = product?.interactions.at(-1);
  if (product === undefined || last === undefined) return undefined;
  const interactionsSince = interactions - last;
  return { product, interactionsSince, habit: habitOf(product, orders.length) };
}

function withoutProduct(folded: Folded, without: number): InputHistory {
  const { own, orders } = folded;
  const taken = own.get(without)?.interactions ?? [];
  const areOrdersOther = hasOrderOfOne(folded, without);
  const habit = (row: number, known: Habit) =>
    areOrdersOther ? habitWithout(orders, row, without) : known;
  return {
    recent: recentWithout(folded.recent, without),
    pastWith(row) {
      const past = row === without ? undefined : pastWith(folded, row);
      if (past === undefined) return undefined;
      const last = past.product.interactions.at(-1) ?? 0;
      return {
        product: past.product,
        interactionsSince: past.interactionsSince - countAbove(taken, last),
        habit: habit(row, past.habit),
      };
    },
  };
}

/** How many of the ascending numbers are above `bound`. */
function countAbove(numbers: readonly number[], bound: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! > bound) high = middle;
    else low = middle + 1;
  }
  return numbers.length - low;
}

/** One of an event's products, with its number of units. */
interface Line {
  row: number;
  quantity: number;
}

/** A shelf shows many products at once: by far the most lines of a log. */
function countShown(
  folded: Folded,
  { productIds, at }: ShopEvent & { type: "impression" },
  catalog: Catalog,
): void {
  for (const productId of productIds) {
    const row = catalog.rowOf(productId);
    if (row !== undefined) ownProduct(folded, row, at).ignoredImpressions++;
  }
}

function applyTo(
  folded: Folded,
  line: Line,
  event: Exclude<ShopEvent, { type: "impression" }>,
): void {
  const { row, quantity } = line;
  const { at } = event;
  switch (event.type) {
    case "dwell":
      if (event.dwellMs < LONG_DWELL_MS) return;
      interactWith(folded, row, { at, strength: EVENT_STRENGTH.dwell }).acts.stays++;
      return;
    case "wishlist": {
      toggle(folded.wishlist, row, event.saved);
      const strength = event.saved ? EVENT_STRENGTH.wishlist : 0;
      const { acts } = interactWith(folded, row, { at, strength });
      if (event.saved) acts.saves++;
      return;
    }
    case "not_for_me":
      toggle(folded.hidden, row, event.hidden);
      // A hidden product must not keep drawing its neighbors onto the shelf.
      if (event.hidden) dropRecent(folded.recent, row);
      return;
    case "rate": {
      const strength = EVENT_STRENGTH.rate * (event.stars - 2.5);
      interactWith(folded, row, { at, strength }).acts.ratings++;
      return;
    }
    case "purchase":
      folded.cart.delete(row);
      buy(folded, event, line);
      return;
    case "cart":
      changeCart(folded, line, at);
      return;
    case "add_to_cart":
      changeCart(folded, line, at);
      interactWith(folded, row, { at, strength: EVENT_STRENGTH.add_to_cart }).acts.carts++;
      return;
    case "remove_from_cart":
      changeCart(folded, { row, quantity: -quantity }, at);
      interactWith(folded, row, { at, strength: EVENT_STRENGTH.remove_from_cart });
      return;
    case "view":
      interactWith(folded, row, { at, strength: EVENT_STRENGTH.view }).acts.looks++;
  }
}

function interactWith(
  folded: Folded,
  row: number,
  { at, strength }: { at: number; strength: number },
): OwnProduct {
  const product = ownProduct(folded, row, at);
  // An event that arrives late (another tab, an import) counts as much as if it had arrived on time.
  const now = Math.max(at, product.lastAt);
  product.affinity = Math.max(0, decayed(product, now) + strength * halved(now - at));
  product.lastAt = now;
  product.interactions.push(++folded.interactions);
  product.ignoredImpressions = 0;
  if (strength > 0) addRecent(folded.recent, { row, at, strength });
  return product;
}

function ownProduct({ own }: Folded, row: number, at: number): OwnProduct {
  const known = own.get(row);
  if (known !== undefined) return known;
  const product: OwnProduct = {
    affinity: 0,
    lastAt: at,
    interactions: [],
    acts: { looks: 0, stays: 0, saves: 0, carts: 0, ratings: 0, purchases: 0 },
    habit: 0,
    lastOrder: 0,
    bought: [],
    ignoredImpressions: 0,
  };
  own.set(row, product);
  return product;
}

function changeCart({ cart, cartedAt }: Folded, { row, quantity }: Line, at: number): void {
  const units = (cart.get(row) ?? 0) + quantity;
  if (units > 0) cart.set(row, units);
  else cart.delete(row);
  cartedAt.set(row, at);
}

function isInCart({ cart, cartedAt }: Folded, row: number, at: number): boolean {
  return cart.has(row) && at - cartedAt.get(row)! <= CART_MS;
}

/** Purchases may arrive late, from another tab or an import. */
function buy(
  folded: Folded,
  { orderId, at }: ShopEvent & { type: "purchase" },
  { row, quantity }: Line,
): void {
  const product = interactWith(folded, row, { at, strength: EVENT_STRENGTH.purchase });
  product.acts.purchases++;
  const bought = { at, units: quantity };
  product.bought.push(bought);
  product.bought.sort((left, right) => left.at - right.at);
  if (product.bought.length > PURCHASES_KEPT) product.bought.shift();
  addOrderLine(folded, orderId, { row, bought });
  countForHabit(product, folded.orders.length);
}

/** Returned units were not bought. @param returned the lines that the refund names; undefined: the whole order. */
function refund(folded: Folded, orderId: string, returned: readonly Line[] | undefined): void {
  const placed = folded.orders.flatMap(({ id, lines }) => (id === orderId ? lines : []));
  for (const line of placed) {
    const { row, bought } = line;
    for (const left of returned ?? [{ row, quantity: bought.units }]) {
      const units = left.row === row ? Math.min(left.quantity, bought.units) : 0;
      left.quantity -= units;
      bought.units -= units;
      if (units > 0 && bought.units === 0) takeBack(folded, line);
    }
  }
}

/** A line whose units were all returned leaves no interest and no habit behind. */
function takeBack({ own, orders }: Folded, { row, bought }: OrderLine): void {
  const product = own.get(row)!;
  product.acts.purchases--;
  product.bought = product.bought.filter((one) => one !== bought);
  const left = EVENT_STRENGTH.purchase * halved(product.lastAt - bought.at);
  product.affinity = Math.max(0, product.affinity - left);
  Object.assign(product, recountHabit(orders, row)[0]);
}

function toggle(set: Set<number>, row: number, on: boolean): void {
  if (on) set.add(row);
  else set.delete(row);
}
