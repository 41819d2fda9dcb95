import { RETENTION_DAYS as KEPT_DAYS } from "../events/consent.ts";
import type { PurchasedItem, ShopEvent } from "../events/shopEvent.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { OrderTimes } from "./bgNbd.ts";
import type { OrderValues } from "./gammaGamma.ts";

export const DAY_MS = 86_400_000;
const DAYS_A_WEEK = 7;
/** Orders older than the log may be kept do not count, so that a longer log gives no other answer. */
export const RETENTION_DAYS = KEPT_DAYS.max;
/** Minor units a major one, as in `Catalog.logPrices`. */
const MINOR_UNITS = 100;
/** A year has 13 periods of 28 days, less a day. */
export const PERIOD_DAYS = 28;
export const PERIODS = 13;

/** One shopper's orders, summed up for a day. Money is in major units, as a shop's log has it. */
export interface OrderSummary extends OrderTimes {
  /** Value of the repeat orders. */
  repeatValues: OrderValues;
  /** Value of all orders, the first one too. */
  allValues: OrderValues;
  /** Orders in each of the last 13 periods of 28 days, the latest first. */
  periods: readonly number[];
}

/** A shopper's orders, folded event by event; each costs the same, however many came before. */
export interface OrderLedger {
  apply(event: ShopEvent): void;
  /** Undefined without an order. @param at milliseconds since 1970. */
  summary(at: number): OrderSummary | undefined;
}

interface OrderLine extends PurchasedItem {
  /** Milliseconds since 1970. */
  at: number;
}

/** What was bought under one number, and what of it was returned; events may arrive in any order. */
interface Order {
  lines: OrderLine[];
  /** Units returned, by product. */
  returned: Map<string, number>;
  isReturned: boolean;
  /** Milliseconds since 1970, of its latest event. */
  lastAt: number;
}

/** So many orders are kept before old ones are looked for. */
const FEWEST_KEPT = 2 * RETENTION_DAYS;

/**
 * An empty ledger. Orders of one UTC day are one order; units that a refund names, or all of an order, were
 * not bought. An item without a price counts with what the catalog asks for it today; one that the catalog
 * does not know counts for nothing.
 */
export function createOrderLedger(catalog: Pick<Catalog, "products" | "rowOf">): OrderLedger {
  const orders = new Map<string, Order>();
  let keptAtMost = FEWEST_KEPT;

  function orderOf({ orderId, at }: { orderId: string; at: number }): Order {
    const known = orders.get(orderId);
    const order = known ?? { lines: [], returned: new Map(), isReturned: false, lastAt: at };
    order.lastAt = Math.max(order.lastAt, at);
    orders.set(orderId, order);
    return order;
  }

  function priceOf({ productId, priceMinor }: PurchasedItem): number {
    const row = catalog.rowOf(productId);
    return priceMinor ?? (row === undefined ? 0 : catalog.products[row]!.priceMinor);
  }

  return {
    apply(event) {
      if (event.type !== "purchase" && event.type !== "refund") return;
      const order = orderOf(event);
      if (event.type === "purchase") {
        for (const item of event.items) order.lines.push({ ...item, at: event.at });
      } else addReturn(order, event.items);
      if (orders.size <= keptAtMost) return;
      forgetOldest(orders);
      keptAtMost = Math.max(FEWEST_KEPT, 2 * orders.size);
    },
    summary(at) {
      const valueOnDay = new Map<number, number>();
      for (const line of [...orders.values()].flatMap(keptLines)) {
        const day = Math.floor(line.at / DAY_MS);
        const value = (line.quantity * priceOf(line)) / MINOR_UNITS;
        valueOnDay.set(day, (valueOnDay.get(day) ?? 0) + value);
      }
      return summarize([...valueOnDay], Math.floor(at / DAY_MS));
    },
  };
}

/** @param items undefined: all of the order. */
function addReturn(order: Order, items: readonly PurchasedItem[] | undefined): void {
  if (items === undefined) order.isReturned = true;
  for (const { productId, quantity } of items ?? []) {
    order.returned.set(productId, (order.returned.get(productId) ?? 0) + quantity);
  }
}

/** The lines that were not returned, the earliest being returned first. */
function keptLines({ lines, returned, isReturned }: Order): OrderLine[] {
  if (isReturned) return [];
  const toReturn = new Map(returned);
  return lines
    .toSorted((left, right) => left.at - right.at)
    .map((line) => {
      const units = Math.min(line.quantity, toReturn.get(line.productId) ?? 0);
      if (units > 0) toReturn.set(line.productId, toReturn.get(line.productId)! - units);
      return { ...line, quantity: line.quantity - units };
    })
    .filter(({ quantity }) => quantity > 0);
}

/** Events may come late, so the oldest orders are looked for; that is needed once in many orders only. */
function forgetOldest(orders: Map<string, Order>): void {
  let latest = Number.NEGATIVE_INFINITY;
  for (const { lastAt } of orders.values()) latest = Math.max(latest, lastAt);
  for (const [id, { lastAt }] of orders) {
    if (lastAt <= latest - RETENTION_DAYS * DAY_MS) orders.delete(id);
  }
}

/**
 * Sums up order days.
 * @param orders day since 1970 and value of each; every day once, in any order.
 * @param today orders after it, and those `RETENTION_DAYS` or more before it, do not count.
 */
export function summarize(
  orders: readonly (readonly [day: number, value: number])[],
  today: number,
  retentionDays = RETENTION_DAYS,
): OrderSummary | undefined {
  const periods = new Array<number>(PERIODS).fill(0);
  let first: readonly [number, number] | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let count = 0;
  let total = 0;
  for (const order of orders) {
    const [day, value] = order;
    const age = today - day;
    if (age < 0 || age >= retentionDays) continue;
    if (first === undefined || day < first[0]) first = order;
    last = Math.max(last, day);
    count++;
    total += value;
    const period = Math.floor(age / PERIOD_DAYS);
    if (period < PERIODS) periods[period]!++;
  }
  if (first === undefined) return undefined;
  const repeats = count - 1;
  return {
    repeats,
    lastWeek: (last - first[0]) / DAYS_A_WEEK,
    weeks: (today - first[0]) / DAYS_A_WEEK,
    repeatValues: { orders: repeats, mean: repeats === 0 ? 0 : (total - first[1]) / repeats },
    allValues: { orders: count, mean: total / count },
    periods,
  };
}
