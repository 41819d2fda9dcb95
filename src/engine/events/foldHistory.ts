import type { Catalog } from "../shop/catalog.ts";
import { addAct, createOwnProduct, takeBack } from "./acts.ts";
import { createExperiment } from "./experiment.ts";
import type {
  Act,
  Habit,
  InputHistory,
  OwnProduct,
  PastWithProduct,
  RecentProduct,
  ShopperHistory,
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
import { countAbove, lastRows, move, type Places } from "./recentProducts.ts";
import { NO_RETURNS, type Returning, withInteraction } from "./returning.ts";
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
  remove_from_cart: 0,
  wishlist: 2,
  purchase: 4,
  refund: 0,
  cart: 0,
  /** For each star above the middle, and against it for each one below. */
  rate: 1,
  not_for_me: -4,
};
const MIDDLE_STARS = 2.5;

/** The mutable state behind a history. */
interface Folded {
  /** Counts of the orders that contain only one product, by its row. */
  loneOrders: Map<number, number>;
  own: Map<number, OwnProduct>;
  /** The products that an act spoke for, and those that one spoke against. */
  liked: Places;
  disliked: Places;
  /** Those that count of either; undefined until they are read. */
  lists: Pick<InputHistory, "recent" | "disliked"> | undefined;
  cart: Map<number, number>;
  /** When the units in the cart last changed, by row. */
  cartedAt: Map<number, number>;
  wishlist: Set<number>;
  hidden: Set<number>;
  /** The number of the last act. */
  lastNumber: number;
  /** The numbers of acts that are no interactions, or no longer, ascending. */
  gaps: number[];
  returning: Returning;
  orders: Order[];
}

/** An empty history; `apply` folds events into it. */
export function createHistory(catalog: Catalog): ShopperHistory {
  const folded: Folded = {
    loneOrders: new Map(),
    own: new Map(),
    liked: [],
    disliked: [],
    lists: undefined,
    cart: new Map(),
    cartedAt: new Map(),
    wishlist: new Set(),
    hidden: new Set(),
    lastNumber: 0,
    gaps: [],
    returning: NO_RETURNS,
    orders: [],
  };
  const { own, cart, wishlist, hidden, orders } = folded;
  const experiment = createExperiment((productId) => {
    const row = catalog.rowOf(productId);
    return row !== undefined && pastWith(folded, row) !== undefined;
  });
  return {
    get recent() {
      return listsOf(folded).recent;
    },
    get disliked() {
      return listsOf(folded).disliked;
    },
    own,
    cart,
    wishlist,
    isInCart: (row, at) => isInCart(folded, row, at),
    hidden,
    experiment,
    get interactions() {
      return folded.lastNumber - folded.gaps.length;
    },
    get returning() {
      return folded.returning;
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
      const lines = itemsOf(event).flatMap(({ productId, quantity }) => {
        const row = catalog.rowOf(productId);
        return row === undefined ? [] : { row, quantity };
      });
      if (event.type === "refund") refund(folded, event.orderId, event.items && lines);
      else if (event.type === "cart") showCart(folded, lines, event.at);
      else for (const line of lines) applyTo(folded, line, event);
    },
  };
}

function listsOf(folded: Folded) {
  folded.lists ??= {
    recent: recentOf(folded, lastRows(folded.liked)),
    disliked: dislikedOf(folded, lastRows(folded.disliked)),
  };
  return folded.lists;
}

/** A product that is no longer liked keeps its place, so that no other moves up for it. */
function recentOf({ own }: Folded, rows: readonly number[]): RecentProduct[] {
  return rows.flatMap((row, step) => {
    const { taste, liked } = own.get(row)!;
    return taste > 0 ? [{ row, step, at: liked!.at, strength: taste }] : [];
  });
}

function dislikedOf({ own }: Folded, rows: readonly number[]): RecentProduct[] {
  return rows.flatMap((row, step) => {
    const { taste, lastAt } = own.get(row)!;
    return taste < 0 ? [{ row, step, at: lastAt, strength: taste }] : [];
  });
}

function pastWith(folded: Folded, row: number): PastWithProduct | undefined {
  const product = folded.own.get(row);
  const last = product?.interactions.at(-1);
  if (product === undefined || last === undefined) return undefined;
  const { lastNumber, gaps, orders } = folded;
  const interactionsSince = lastNumber - last - countAbove(gaps, last, itself);
  return { product, interactionsSince, habit: habitOf(product, orders.length) };
}

const itself = (number: number) => number;

function withoutProduct(folded: Folded, without: number): InputHistory {
  const { own, orders } = folded;
  const taken = own.get(without)?.interactions ?? [];
  const areOrdersOther = hasOrderOfOne(folded, without);
  const habit = (row: number, known: Habit) =>
    areOrdersOther ? habitWithout(orders, row, without) : known;
  return {
    ...listsWithout(folded, without),
    pastWith(row) {
      const past = row === without ? undefined : pastWith(folded, row);
      if (past === undefined) return undefined;
      const last = past.product.interactions.at(-1) ?? 0;
      return {
        product: past.product,
        interactionsSince: past.interactionsSince - countAbove(taken, last, itself),
        habit: habit(row, past.habit),
      };
    },
  };
}

/** The same lists where the product has no part in them. */
function listsWithout(folded: Folded, without: number) {
  const { recent, disliked } = listsOf(folded);
  const isAmong = (places: Places) => lastRows(places).includes(without);
  return {
    recent: isAmong(folded.liked) ? recentOf(folded, lastRows(folded.liked, without)) : recent,
    disliked: isAmong(folded.disliked)
      ? dislikedOf(folded, lastRows(folded.disliked, without))
      : disliked,
  };
}

/** One of an event's products, with its number of units. */
interface Line {
  row: number;
  quantity: number;
}

/** A shelf shows many products at once: by far the most lines of a log. */
function countShown(
  { own }: Folded,
  { productIds }: ShopEvent & { type: "impression" },
  catalog: Catalog,
): void {
  for (const productId of productIds) {
    const row = catalog.rowOf(productId);
    if (row === undefined) continue;
    const product = ownProduct(own, row);
    product.shown++;
    product.ignoredImpressions++;
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
    case "view":
      act(folded, row, { kind: "looks", at, strength: EVENT_STRENGTH.view });
      return;
    case "dwell":
      if (event.dwellMs < LONG_DWELL_MS) return;
      act(folded, row, { kind: "stays", at, strength: EVENT_STRENGTH.dwell });
      return;
    case "wishlist":
      toggle(folded, row, { list: "wishlist", kind: "saves", isOn: event.saved, event });
      return;
    case "not_for_me":
      toggle(folded, row, { list: "hidden", kind: "hides", isOn: event.hidden, event });
      return;
    case "rate":
      rate(folded, row, event);
      return;
    case "purchase":
      folded.cart.delete(row);
      buy(folded, event, line);
      return;
    case "add_to_cart":
      changeCart(folded, line, at);
      act(folded, row, {
        kind: "carts",
        at,
        strength: EVENT_STRENGTH.add_to_cart,
        units: quantity,
      });
      return;
    case "remove_from_cart":
      changeCart(folded, { row, quantity: -quantity }, at);
      takeFromCart(folded, line);
  }
}

/** An act happens: the product's place may change with it. */
function act(folded: Folded, row: number, done: Omit<Act, "number" | "shown">): void {
  const number = ++folded.lastNumber;
  if (done.kind === "hides") folded.gaps.push(number);
  else
    folded.returning = withInteraction(folded.returning, {
      isStep: done.strength > 0 && folded.liked.at(-1)?.row !== row,
      isKnown: (folded.own.get(row)?.interactions.length ?? 0) > 0,
    });
  changeProduct(folded, row, (product) =>
    addAct(product, { ...done, number, shown: product.shown }),
  );
}

/** An act is taken back; its number stays unused. */
function undo(folded: Folded, row: number, done: Act): void {
  const { gaps } = folded;
  if (done.kind !== "hides")
    gaps.splice(gaps.length - countAbove(gaps, done.number, itself), 0, done.number);
  changeProduct(folded, row, (product) => takeBack(product, done));
}

function changeProduct(folded: Folded, row: number, change: (product: OwnProduct) => void): void {
  const product = ownProduct(folded.own, row);
  const { liked, dislikedNumber } = product;
  change(product);
  move(folded.liked, row, { from: liked?.number, to: product.liked?.number });
  move(folded.disliked, row, { from: dislikedNumber, to: product.dislikedNumber });
  if (product.inForce.length + product.shown === 0) folded.own.delete(row);
  folded.lists = undefined;
}

function ownProduct(own: Folded["own"], row: number): OwnProduct {
  const known = own.get(row);
  if (known !== undefined) return known;
  const product = createOwnProduct();
  own.set(row, product);
  return product;
}

interface Toggle {
  list: "wishlist" | "hidden";
  kind: Act["kind"];
  isOn: boolean;
  event: ShopEvent;
}

/** What is saved or hidden already is not saved or hidden again. */
function toggle(folded: Folded, row: number, { list, kind, isOn, event }: Toggle): void {
  const rows = folded[list];
  if (rows.has(row) === isOn) return;
  if (isOn) {
    rows.add(row);
    act(folded, row, { kind, at: event.at, strength: EVENT_STRENGTH[event.type] });
  } else {
    rows.delete(row);
    undo(folded, row, lastOf(folded, row, kind)!);
  }
}

/** The last rating counts; one that arrives late does not replace a newer one. */
function rate(folded: Folded, row: number, { stars, at }: ShopEvent & { type: "rate" }): void {
  const earlier = lastOf(folded, row, "ratings");
  if (earlier !== undefined && earlier.at > at) return;
  if (earlier !== undefined) undo(folded, row, earlier);
  const strength = EVENT_STRENGTH.rate * (stars - MIDDLE_STARS);
  act(folded, row, { kind: "ratings", at, strength });
}

function lastOf({ own }: Folded, row: number, kind: Act["kind"]): Act | undefined {
  return own.get(row)?.inForce.findLast((done) => done.kind === kind);
}

function changeCart({ cart, cartedAt }: Folded, { row, quantity }: Line, at: number): void {
  const units = (cart.get(row) ?? 0) + quantity;
  if (units > 0) cart.set(row, units);
  else cart.delete(row);
  cartedAt.set(row, at);
}

/** What the cart no longer holds was removed from it. */
function showCart(folded: Folded, lines: readonly Line[], at: number): void {
  const before = [...folded.cart];
  folded.cart.clear();
  for (const line of lines) changeCart(folded, line, at);
  for (const [row, units] of before)
    takeFromCart(folded, { row, quantity: units - (folded.cart.get(row) ?? 0) });
}

/** Removed units take back the acts that added them, the last one first. */
function takeFromCart(folded: Folded, { row, quantity }: Line): void {
  let left = quantity;
  for (const done of cartedIn(folded, row).reverse()) {
    const units = Math.min(left, done.units);
    if (units <= 0) return;
    done.units -= units;
    left -= units;
    if (done.units === 0) undo(folded, row, done);
  }
}

/** The acts whose units are still in the cart. */
function cartedIn({ own }: Folded, row: number) {
  const inForce = own.get(row)?.inForce ?? [];
  return inForce.filter((done): done is Act & { units: number } => (done.units ?? 0) > 0);
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
  // What was bought is no longer in the cart, and cannot be removed from it.
  for (const done of cartedIn(folded, row)) done.units = 0;
  const bought = { at, units: quantity };
  act(folded, row, { kind: "purchases", at, strength: EVENT_STRENGTH.purchase, bought });
  const product = folded.own.get(row)!;
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
      if (units > 0 && bought.units === 0) takeBackOrder(folded, line);
    }
  }
}

/** A line whose units were all returned leaves no interest and no habit behind. */
function takeBackOrder(folded: Folded, { row, bought }: OrderLine): void {
  const product = folded.own.get(row)!;
  product.bought = product.bought.filter((one) => one !== bought);
  Object.assign(product, recountHabit(folded.orders, row)[0]);
  undo(folded, row, product.inForce.find((done) => done.bought === bought)!);
}
