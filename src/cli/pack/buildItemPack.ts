import { EVENT_STRENGTH } from "../../engine/events/foldHistory.ts";
import type { ShopEvent } from "../../engine/events/shopEvent.ts";
import { itemsOf } from "../../engine/events/shopEvent.ts";
import type { Catalog } from "../../engine/shop/catalog.ts";
import { type ItemPack, quantizeSimilarity } from "../../engine/shop/itemPack.ts";
import { countReturns, returnChancesOf } from "./countReturns.ts";
import type { CrowdSession } from "./crowdSession.ts";

export interface ItemPackOptions {
  /** Neighbors kept per product. */
  neighbors: number;
  /** k-anonymity floor: a pair seen from fewer distinct shoppers is left out. */
  minShoppers: number;
  /** Popularity of an event halves with this age. */
  popularityHalfLifeMs: number;
  /** The weight of a session's pairs halves with this age. */
  crowdHalfLifeMs: number;
}

export const DEFAULT_PACK_OPTIONS: ItemPackOptions = {
  neighbors: 40,
  minShoppers: 3,
  popularityHalfLifeMs: 7 * 86_400_000,
  crowdHalfLifeMs: 60 * 86_400_000,
};

export interface ItemPackReport {
  pack: ItemPack;
  /** Ordered pairs kept and left out by the k-anonymity floor. */
  pairsKept: number;
  pairsBelowFloor: number;
}

/** Two products further apart than this in a session are not counted as a pair. */
export const PAIR_WINDOW = 10;
/** A pair's weight per step of distance, and the factor for backward steps. */
const DISTANCE_DECAY = 0.8;
const BACKWARD = 0.8;
/** Added to a product's count, so that a single pair of rare products is not certain. */
export const SHRINKAGE = 1;
/** Longer sessions are bots and wholesalers, whose pairs carry little information. */
export const LONGEST_SESSION = 200;
/**
 * Weights are rounded to whole numbers of 1 / UNITS before they are added up. Such sums are exact up to
 * 2 ** 53, in any order, so counting in SQL (`sql/`) produces exactly the same pack.
 */
export const UNITS = 2 ** 26;

interface Pair {
  weight: number;
  shoppers: number;
  lastShopper: number;
}

/** What is counted of all sessions, by row; in `UNITS`, but for the shoppers of pairs. */
interface CrowdCounts {
  pairs: Map<number, Pair>[];
  counts: Float64Array;
  popularity: Float64Array;
}

/** The weight of a pair whose second product is `step` places after the first; negative: before it. */
export function stepWeight(step: number): number {
  return DISTANCE_DECAY ** (Math.abs(step) - 1) * (step < 0 ? BACKWARD : 1);
}

/**
 * Counts a crowd's sessions into an item pack. Deterministic for the same sessions, in memory: for
 * logs of any size `countCrowd.ts` does the same in a database.
 * Similarity of i → j = Σ pairs decay^distance · direction · recency / √((nᵢ + 1)(nⱼ + 1)).
 */
export function buildItemPack(
  sessions: readonly CrowdSession[],
  catalog: Catalog,
  options: Partial<ItemPackOptions> = {},
): ItemPackReport {
  const settings = { ...DEFAULT_PACK_OPTIONS, ...options };
  const until = sessions.reduce(
    (latest, { events }) => Math.max(latest, events.at(-1)?.at ?? 0),
    0,
  );
  const crowd: CrowdCounts = {
    pairs: Array.from({ length: catalog.size }, () => new Map()),
    counts: new Float64Array(catalog.size),
    popularity: new Float64Array(catalog.size),
  };
  const shopperIds = new Map<string, number>();
  for (const { shopper } of sessions) denseId(shopperIds, shopper);
  for (const { shopper, events } of shopperByShopper(sessions, shopperIds)) {
    const shopperId = shopperIds.get(shopper)!;
    const age = until - (events.at(-1)?.at ?? until);
    const { popularityHalfLifeMs: halfLifeMs } = settings;
    addPopularity(crowd, events, { catalog, until, halfLifeMs });
    const path = pathOf(events, catalog);
    const recency = 2 ** (-age / settings.crowdHalfLifeMs);
    addPairs(crowd, path, { recency, shopperId });
  }
  const report = pack(crowd, settings);
  const returnChances = returnChancesOf(countReturns(sessions, catalog), settings.minShoppers);
  return { ...report, pack: { ...report.pack, returnChances } };
}

/** Sessions sorted by shopper, so that a pair's distinct shoppers can be counted by changes. */
function shopperByShopper(
  sessions: readonly CrowdSession[],
  ids: ReadonlyMap<string, number>,
): CrowdSession[] {
  return [...sessions].sort((left, right) => ids.get(left.shopper)! - ids.get(right.shopper)!);
}

/** The session's distinct products in order of first appearance. */
function pathOf(events: readonly ShopEvent[], catalog: Catalog): number[] {
  const path = new Set<number>();
  for (const event of events) {
    if (EVENT_STRENGTH[event.type] <= 0) continue;
    for (const { productId } of itemsOf(event)) {
      const row = catalog.rowOf(productId);
      if (row !== undefined) path.add(row);
    }
  }
  return [...path].slice(0, LONGEST_SESSION);
}

function addPairs(
  { pairs, counts }: CrowdCounts,
  path: readonly number[],
  { recency, shopperId }: { recency: number; shopperId: number },
): void {
  path.forEach((from, position) => {
    counts[from]! += Math.round(UNITS * recency);
    const last = Math.min(path.length - 1, position + PAIR_WINDOW);
    for (let other = position + 1; other <= last; other++) {
      const step = other - position;
      const forward = Math.round(UNITS * recency * stepWeight(step));
      const backward = Math.round(UNITS * recency * stepWeight(-step));
      addPair(pairs[from]!, path[other]!, { weight: forward, shopperId });
      addPair(pairs[path[other]!]!, from, { weight: backward, shopperId });
    }
  });
}

function addPair(
  from: Map<number, Pair>,
  to: number,
  { weight, shopperId }: { weight: number; shopperId: number },
): void {
  const pair = from.get(to);
  if (pair === undefined) {
    from.set(to, { weight, shoppers: 1, lastShopper: shopperId });
    return;
  }
  pair.weight += weight;
  if (pair.lastShopper !== shopperId) pair.shoppers++;
  pair.lastShopper = shopperId;
}

function addPopularity(
  { popularity }: CrowdCounts,
  events: readonly ShopEvent[],
  { catalog, until, halfLifeMs }: { catalog: Catalog; until: number; halfLifeMs: number },
): void {
  for (const event of events) {
    const strength = EVENT_STRENGTH[event.type];
    if (strength <= 0) continue;
    const weight = Math.round(UNITS * strength * 2 ** (-(until - event.at) / halfLifeMs));
    for (const { productId } of itemsOf(event)) {
      const row = catalog.rowOf(productId);
      if (row !== undefined) popularity[row]! += weight;
    }
  }
}

function pack(
  { pairs, counts, popularity }: CrowdCounts,
  settings: ItemPackOptions,
): ItemPackReport {
  const starts = new Uint32Array(pairs.length + 1);
  const neighbors: number[] = [];
  const strengths: number[] = [];
  let pairsBelowFloor = 0;
  pairs.forEach((targets, from) => {
    const kept: { row: number; strength: number }[] = [];
    for (const [row, { weight, shoppers }] of targets) {
      if (shoppers < settings.minShoppers) pairsBelowFloor++;
      else {
        const norm = Math.sqrt(
          (counts[from]! / UNITS + SHRINKAGE) * (counts[row]! / UNITS + SHRINKAGE),
        );
        kept.push({ row, strength: quantizeSimilarity(weight / UNITS / norm) });
      }
    }
    kept.sort((left, right) => right.strength - left.strength || left.row - right.row);
    for (const { row, strength } of kept.slice(0, settings.neighbors)) {
      if (strength === 0) break;
      neighbors.push(row);
      strengths.push(strength);
    }
    starts[from + 1] = neighbors.length;
  });
  return {
    pack: {
      starts,
      neighbors: Uint32Array.from(neighbors),
      strengths: Uint8Array.from(strengths),
      popularity: scalePopularity(popularity),
      prior: undefined,
    },
    pairsKept: neighbors.length,
    pairsBelowFloor,
  };
}

/**
 * Logarithmic, the most popular product at 255: popularity spans orders of magnitude.
 * @param popularity in `UNITS`, per row.
 */
export function scalePopularity(popularity: Float64Array): Uint8Array {
  const max = popularity.reduce((highest, value) => Math.max(highest, value), 0);
  const scale = max === 0 ? 0 : 255 / Math.log1p(max / UNITS);
  return Uint8Array.from(popularity, (value) => Math.round(scale * Math.log1p(value / UNITS)));
}

function denseId(ids: Map<string, number>, key: string): number {
  const id = ids.get(key) ?? ids.size;
  ids.set(key, id);
  return id;
}
