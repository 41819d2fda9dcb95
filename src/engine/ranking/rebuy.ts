import type { Bought, OwnProduct, ShopperHistory } from "../events/history.ts";
import { type Catalog, closestCategory } from "../shop/catalog.ts";

/** When this shopper is likely to need a product again, based on their own purchases of it. */
export interface Rebuy {
  /** Number of purchases; those within a day of one another count as one. */
  purchases: number;
  lastBoughtAt: number;
  /** How long one purchase usually lasts this shopper, milliseconds. */
  intervalMs: number;
  /** When the last purchase is likely used up; may be long past. */
  dueAt: number;
}

const DAY_MS = 86_400_000;
/** The default interval: about a month. */
const USUAL_INTERVAL_MS = 30 * DAY_MS;
/** The prior counts as much as one observed interval. */
const PRIOR_INTERVALS = 1;

/**
 * Undefined unless the shop marks the product as rebuyable or the shopper bought it twice.
 *
 * The time one unit lasts is the median of the shopper's own intervals (time to the next purchase, per
 * unit bought), shrunk towards their usual interval in the product's category, or a month: in logarithms,
 * (n · ln median + ln usual) / (n + 1) for n intervals, since intervals are skewed and few.
 */
export function rebuyOf(history: ShopperHistory, catalog: Catalog, row: number): Rebuy | undefined {
  const purchases = purchasesOf(history.own.get(row));
  const last = purchases.at(-1);
  if (last === undefined || !isRebuyable(catalog, row, purchases.length)) return undefined;
  const own = unitIntervals(purchases);
  const usual = median(othersInCategory(history, catalog, row)) ?? USUAL_INTERVAL_MS;
  const seen = own.length * Math.log(median(own) ?? usual);
  const logUnit = (seen + PRIOR_INTERVALS * Math.log(usual)) / (own.length + PRIOR_INTERVALS);
  const intervalMs = last.units * Math.exp(logUnit);
  return {
    purchases: purchases.length,
    lastBoughtAt: last.at,
    intervalMs,
    dueAt: last.at + intervalMs,
  };
}

/** In (0, 1]: 1 when a product is due, less before, and less again when long overdue (abandoned). */
export function urgency({ lastBoughtAt, intervalMs }: Rebuy, at: number): number {
  const elapsed = Math.max(0, at - lastBoughtAt) / intervalMs;
  return elapsed <= 1 ? elapsed : 1 / elapsed;
}

function isRebuyable(catalog: Catalog, row: number, purchases: number): boolean {
  const { rebuyable } = catalog.products[row]!;
  return rebuyable ?? purchases > 1;
}

/** Purchases in chronological order, merged within a day. */
function purchasesOf(product: OwnProduct | undefined): Bought[] {
  const purchases: Bought[] = [];
  for (const { at, units } of product?.bought ?? []) {
    const last = purchases.at(-1);
    if (last !== undefined && at - last.at < DAY_MS) last.units += units;
    else purchases.push({ at, units });
  }
  return purchases;
}

/** How long one unit lasted, per purchase that was followed by another. */
function unitIntervals(purchases: readonly Bought[]): number[] {
  return purchases
    .slice(1)
    .map(({ at }, index) => (at - purchases[index]!.at) / purchases[index]!.units);
}

function othersInCategory(history: ShopperHistory, catalog: Catalog, row: number): number[] {
  const category = closestCategory(catalog, row);
  return [...history.own].flatMap(([other, product]) =>
    other !== row && closestCategory(catalog, other) === category
      ? unitIntervals(purchasesOf(product))
      : [],
  );
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  return sorted.length === 0 ? undefined : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
