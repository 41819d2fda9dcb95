import type { PurchasedItem, ShopEvent } from "../events/shopEvent.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { OrderTimes } from "./bgNbd.ts";
import type { OrderValues } from "./gammaGamma.ts";

export const DAY_MS = 86_400_000;
const DAYS_A_WEEK = 7;
/** Orders older than the log may be kept do not count, so that a longer log gives no other answer. */
export const RETENTION_DAYS = 400;
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

/** A shopper's order days, folded event by event; each costs the same, however many came before. */
export interface OrderLedger {
  apply(event: ShopEvent): void;
  /** Undefined before the first order. @param at milliseconds since 1970. */
  summary(at: number): OrderSummary | undefined;
}

/** What is paid for one unit, where the page reported it. */
type PricedItem = PurchasedItem & { priceMinor?: number };

/**
 * An empty ledger. Orders of one UTC day are one order. An item without a price counts with what the
 * catalog asks for it today; one that the catalog does not know counts for nothing.
 */
export function createOrderLedger(catalog: Pick<Catalog, "products" | "rowOf">): OrderLedger {
  const valueOnDay = new Map<number, number>();
  const priceOf = ({ productId, priceMinor }: PricedItem): number => {
    const row = catalog.rowOf(productId);
    return priceMinor ?? (row === undefined ? 0 : catalog.products[row]!.priceMinor);
  };
  return {
    apply(event) {
      if (event.type !== "purchase") return;
      const day = Math.floor(event.at / DAY_MS);
      const minor = event.items.reduce((sum, item) => sum + item.quantity * priceOf(item), 0);
      valueOnDay.set(day, (valueOnDay.get(day) ?? 0) + minor / MINOR_UNITS);
      if (valueOnDay.size > 2 * RETENTION_DAYS) forgetOldest(valueOnDay);
    },
    summary: (at) => summarize([...valueOnDay], Math.floor(at / DAY_MS)),
  };
}

/** Events may come late, so the oldest day is looked for; that is needed once in many days only. */
function forgetOldest(valueOnDay: Map<number, number>): void {
  const from = Math.max(...valueOnDay.keys()) - RETENTION_DAYS;
  for (const day of valueOnDay.keys()) if (day < from) valueOnDay.delete(day);
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
