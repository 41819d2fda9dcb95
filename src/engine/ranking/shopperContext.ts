import type { HistoryView, InputHistory, Source } from "../events/history.ts";
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
  readonly coVisits: { get(row: number): number | undefined };
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
  /** By row, for all rows with any pull. */
  readonly coVisits: ReadonlyMap<number, number>;
}

/** The factor for each step back in the visit order. */
const RECENCY_DECAY = 0.75;
/** Older visits also fade with time, so that last month's session does not steer today's. */
const VISIT_HALF_LIFE_MS = 7 * 86_400_000;

type Shop = Pick<InputContext, "catalog" | "pack" | "at">;

export function shopperContextOf(history: HistoryView, shop: Shop): ShopperContext {
  const recent = recencyWeights(history, shop.at);
  const coVisits = new Map<number, number>();
  for (const visit of recent) addNeighbors(coVisits, shop.pack, visit);
  const { catalog, pack, at } = shop;
  return { ...attentionOf(recent, shop), catalog, pack, at, history, coVisits };
}

/** The crowd's similarity of two products, 0 to 1: see `ItemPack.strengths`. */
export type Similarity = (from: number, to: number) => number;

/** The context without the source. Only a few rows will be requested, so their pulls are not stored. */
export function contextWithout(
  context: ShopperContext,
  source: Source,
  similarity: Similarity,
): InputContext {
  const { catalog, pack, at } = context;
  const left = context.history.without(source);
  if (left.recent === context.history.recent) return { ...context, history: left };
  const recent = recencyWeights(left, at);
  const coVisits = {
    get: (to: number) =>
      recent.reduce((sum, { row, weight }) => sum + weight * similarity(row, to), 0),
  };
  return { ...attentionOf(recent, { catalog }), catalog, pack, at, history: left, coVisits };
}

/** The pack's similarity; repeated queries for the same product `to` are not looked up again. */
export function similarityIn({ starts, neighbors, strengths }: ItemPack): Similarity {
  const known = new Map<number, number>();
  let about = -1;
  return (from, to) => {
    if (to !== about) known.clear();
    about = to;
    let sum = known.get(from);
    if (sum !== undefined) return sum;
    sum = 0;
    for (let index = starts[from]!; index < starts[from + 1]!; index++) {
      if (neighbors[index] === to) sum += (strengths[index]! / 255) ** 2;
    }
    known.set(from, sum);
    return sum;
  };
}

/** A recent product with its weight. */
interface WeightedVisit {
  row: number;
  weight: number;
}

/** The distribution of the shopper's attention. */
function attentionOf(
  recent: readonly WeightedVisit[],
  { catalog }: Pick<Shop, "catalog">,
): Pick<InputContext, "categories" | "brands" | "words" | "logPrice"> {
  const categories = new Map<number, number>();
  const brands = new Map<number, number>();
  const words = new Map<number, number>();
  const total = recent.reduce((sum, { weight }) => sum + weight, 0);
  let logPrice = 0;
  for (const { row, weight } of recent) {
    const share = weight / total;
    for (let level = 0; level < CATEGORY_LEVELS; level++) {
      add(categories, catalog.categories[row * CATEGORY_LEVELS + level]!, share);
    }
    add(brands, catalog.brands[row]!, share);
    for (let index = catalog.wordStarts[row]!; index < catalog.wordStarts[row + 1]!; index++) {
      add(words, catalog.words[index]!, share);
    }
    logPrice += share * catalog.logPrices[row]!;
  }
  return { categories, brands, words, logPrice: recent.length > 0 ? logPrice : undefined };
}

/** The recent products, each with its current weight; the newest weighs the most. */
function recencyWeights(history: InputHistory, at: number): WeightedVisit[] {
  return history.recent.map(({ row, at: visitedAt, strength }, step) => {
    const fading = 2 ** (-Math.max(0, at - visitedAt) / VISIT_HALF_LIFE_MS);
    return { row, weight: RECENCY_DECAY ** step * fading * (1 + 0.25 * (strength - 1)) + 1e-6 };
  });
}

function addNeighbors(
  coVisits: Map<number, number>,
  { starts, neighbors, strengths }: ItemPack,
  { row, weight }: WeightedVisit,
): void {
  for (let index = starts[row]!; index < starts[row + 1]!; index++) {
    add(coVisits, neighbors[index]!, weight * (strengths[index]! / 255) ** 2);
  }
}

function add(sums: Map<number, number>, key: number, amount: number): void {
  if (key >= 0) sums.set(key, (sums.get(key) ?? 0) + amount);
}
