import { type HistoryView, halved, type InputHistory } from "../events/history.ts";
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
  /** What the recent products have in common: each map sums to at most 1 per level. */
  readonly attention: Traits;
  /** Traits of the disliked products, by how much each counts; undefined without any. */
  readonly aversion: Traits | undefined;
  /** Weighted mean of the recent products' log price; undefined without any. */
  readonly logPrice: number | undefined;
}

/** Sums of weights per category, brand and word id. */
export interface Traits {
  readonly categories: ReadonlyMap<number, number>;
  readonly brands: ReadonlyMap<number, number>;
  readonly words: ReadonlyMap<number, number>;
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
  const shares = sharesOf(visits);
  return {
    at,
    history,
    catalog,
    pack,
    coVisits,
    attention: traitsOf(shares, catalog),
    aversion: aversionOf(history, shop),
    logPrice: meanLogPrice(shares, catalog),
  };
}

/** A recent product with its weight. */
export interface Visit {
  row: number;
  weight: number;
}

/** Sums the weights of products by what they have in common. */
function traitsOf(visits: readonly Visit[], catalog: Catalog): Traits {
  const categories = new Map<number, number>();
  const brands = new Map<number, number>();
  const words = new Map<number, number>();
  for (const { row, weight } of visits) {
    for (let level = 0; level < CATEGORY_LEVELS; level++) {
      add(categories, catalog.categories[row * CATEGORY_LEVELS + level]!, weight);
    }
    add(brands, catalog.brands[row]!, weight);
    for (let index = catalog.wordStarts[row]!; index < catalog.wordStarts[row + 1]!; index++) {
      add(words, catalog.words[index]!, weight);
    }
  }
  return { categories, brands, words };
}

/** How much a disliked product counts against its kind, for each unit of strength: hidden, a quarter. */
const AVERSION = 1 / 16;

/** An explicit no fades with `OWN_HALF_LIFE_MS`, not with the next few visits. */
export function aversionOf(
  { disliked }: InputHistory,
  { catalog, at }: Pick<Shop, "catalog" | "at">,
): Traits | undefined {
  if (disliked.length === 0) return undefined;
  const visits = disliked.map(({ row, strength, at: lastAt }) => ({
    row,
    weight: -AVERSION * strength * halved(Math.max(0, at - lastAt)),
  }));
  return traitsOf(visits, catalog);
}

export function meanLogPrice(shares: readonly Visit[], { logPrices }: Catalog): number | undefined {
  if (shares.length === 0) return undefined;
  return shares.reduce((sum, { row, weight }) => sum + weight * logPrices[row]!, 0);
}

/** The visits with weights that sum to 1. */
export function sharesOf(visits: readonly Visit[]): Visit[] {
  const total = visits.reduce((sum, { weight }) => sum + weight, 0);
  return visits.map(({ row, weight }) => ({ row, weight: weight / total }));
}

/**
 * The recent products, each with its current weight; the newest weighs the most. Acts add up, but the tenth
 * look says less than the second: the weight grows with the square root of their strength.
 */
export function visitsOf(history: InputHistory, at: number): Visit[] {
  return history.recent.map(({ row, step, at: visitedAt, strength }) => {
    const fading = 2 ** (-Math.max(0, at - visitedAt) / VISIT_HALF_LIFE_MS);
    return {
      row,
      weight: RECENCY_DECAY ** step * fading * (0.5 + 0.5 * Math.sqrt(strength)) + 1e-6,
    };
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
