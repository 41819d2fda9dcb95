import type { ProductPull } from "../../engine/value/visit.ts";
import type { LogRow } from "../logs/logRow.ts";

/** Smoothing: a category's rate counts as this many visits with the product, the shop's with the category. */
const CATEGORY_VISITS = 10;
const SHOP_VISITS = 20;

interface Count {
  visits: number;
  bought: number;
}

/** How often products are bought in visits in which they are viewed. */
export interface PullRates {
  /** @param own a counted visit to leave out of the counts: an example must not see its own answer. */
  of(productId: string, own?: readonly LogRow[]): ProductPull;
}

/** Counts visits: a product that was viewed and bought in the same visit counts once. */
export function countPullRates(visits: readonly (readonly LogRow[])[]): PullRates {
  const products = new Map<string, Count>();
  const categories = new Map<string, Count>();
  const categoryOf = new Map<string, string>();
  const shop = { visits: 0, bought: 0 };
  for (const visit of visits) {
    shop.visits++;
    if (visit.some(isPurchase)) shop.bought++;
    for (const row of visit) categoryOf.set(row.productId, row.category);
    countInto(products, visit, ({ productId }) => productId);
    countInto(categories, visit, ({ category }) => category);
  }
  const ids = new Map([...categories.keys()].map((category, id) => [category, id]));
  return {
    of(productId, own = []) {
      const category =
        categoryOf.get(productId) ?? own.find((row) => row.productId === productId)?.category ?? "";
      const base = (shop.bought + 1) / (shop.visits + 2);
      const ofCategory = without(categories.get(category), own, (row) => row.category === category);
      const ofProduct = without(products.get(productId), own, (row) => row.productId === productId);
      const categoryRate = shrunk(ofCategory, base, SHOP_VISITS);
      return {
        rate: shrunk(ofProduct, categoryRate, CATEGORY_VISITS),
        category: ids.get(category) ?? -1,
      };
    },
  };
}

function countInto(
  counts: Map<string, Count>,
  visit: readonly LogRow[],
  keyOf: (row: LogRow) => string,
): void {
  const bought = new Set(visit.filter(isPurchase).map(keyOf));
  for (const key of new Set(visit.map(keyOf))) {
    const count = counts.get(key) ?? { visits: 0, bought: 0 };
    count.visits++;
    if (bought.has(key)) count.bought++;
    counts.set(key, count);
  }
}

function without(
  count: Count = { visits: 0, bought: 0 },
  own: readonly LogRow[],
  isMeant: (row: LogRow) => boolean,
): Count {
  if (!own.some(isMeant)) return count;
  const hasBought = own.some((row) => isPurchase(row) && isMeant(row));
  return { visits: count.visits - 1, bought: count.bought - (hasBought ? 1 : 0) };
}

function shrunk({ visits, bought }: Count, toward: number, by: number): number {
  return (bought + by * toward) / (visits + by);
}

function isPurchase({ type }: LogRow): boolean {
  return type === "purchase";
}
