import type { HistoryView, InputHistory } from "../events/history.ts";
import { CATEGORY_LEVELS, type Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";

/**
 * A summary of the shopper's history at one time: sparse sums over the last few products, from which the
 * four inputs of any product are computed in constant time.
 */
export interface InputContext {
  readonly at: number;
  readonly history: InputHistory;
  readonly catalog: Catalog;
  readonly pack: ItemPack;
  /** The crowd's pull from the recent products towards a row, before saturation. */
  readonly coVisits: ReadonlyMap<number, number>;
  /** Share of attention per category, brand and word id; each map sums to at most 1 per level. */
  readonly categories: ReadonlyMap<number, number>;
  readonly brands: ReadonlyMap<number, number>;
  readonly words: ReadonlyMap<number, number>;
  /** Weighted mean of the recent products' log price; undefined without any. */
  readonly logPrice: number | undefined;
}

/** The context of a shelf, which can also be computed without any of its sources. */
export interface ShopperContext extends InputContext {
  readonly history: HistoryView;
}

/** The factor for each step back in the visit order. */
const RECENCY_DECAY = 0.75;
/** Older visits also fade with time, so that last month's session does not steer today's. */
const VISIT_HALF_LIFE_MS = 7 * 86_400_000;

type Shop = Pick<InputContext, "catalog" | "pack" | "at">;

export function shopperContextOf(history: HistoryView, shop: Shop): ShopperContext {
  const { catalog, pack, at } = shop;
  const visits = visitsOf(history, at);
  const coVisits = new Map<number, number>();
  for (const visit of visits) addNeighbors(coVisits, pack, visit);
  const { categories, brands, words, logPrice } = attentionOf(visits, catalog);
  return { at, history, catalog, pack, coVisits, categories, brands, words, logPrice };
}

/** A recent product with its weight. */
export interface Visit {
  row: number;
  weight: number;
}

/** The distribution of the shopper's attention. */
function attentionOf(
  visits: readonly Visit[],
  catalog: Catalog,
): Pick<InputContext, "categories" | "brands" | "words" | "logPrice"> {
  const categories = new Map<number, number>();
  const brands = new Map<number, number>();
  const words = new Map<number, number>();
  let logPrice = 0;
  for (const { row, weight } of sharesOf(visits)) {
    for (let level = 0; level < CATEGORY_LEVELS; level++) {
      add(categories, catalog.categories[row * CATEGORY_LEVELS + level]!, weight);
    }
    add(brands, catalog.brands[row]!, weight);
    for (let index = catalog.wordStarts[row]!; index < catalog.wordStarts[row + 1]!; index++) {
      add(words, catalog.words[index]!, weight);
    }
    logPrice += weight * catalog.logPrices[row]!;
  }
  return { categories, brands, words, logPrice: visits.length > 0 ? logPrice : undefined };
}

/** The visits with weights that sum to 1. */
export function sharesOf(visits: readonly Visit[]): Visit[] {
  const total = visits.reduce((sum, { weight }) => sum + weight, 0);
  return visits.map(({ row, weight }) => ({ row, weight: weight / total }));
}

/** The recent products, each with its current weight; the newest weighs the most. */
export function visitsOf(history: InputHistory, at: number): Visit[] {
  return history.recent.map(({ row, at: visitedAt, strength }, step) => {
    const fading = 2 ** (-Math.max(0, at - visitedAt) / VISIT_HALF_LIFE_MS);
    return { row, weight: RECENCY_DECAY ** step * fading * (1 + 0.25 * (strength - 1)) + 1e-6 };
  });
}

function addNeighbors(
  coVisits: Map<number, number>,
  { starts, neighbors, strengths }: ItemPack,
  { row, weight }: Visit,
): void {
  for (let index = starts[row]!; index < starts[row + 1]!; index++) {
    add(coVisits, neighbors[index]!, weight * (strengths[index]! / 255) ** 2);
  }
}

function add(sums: Map<number, number>, key: number, amount: number): void {
  if (key >= 0) sums.set(key, (sums.get(key) ?? 0) + amount);
}
