import { type Catalog, closestCategory } from "./catalog.ts";
import type { ShopperHistory } from "./history.ts";

/** A product chosen for a shelf. */
export interface Pick {
  row: number;
  /** See `logOddsOf`; before any diversity penalty. */
  logOdds: number;
}

export interface RankOptions {
  limit: number;
  /** Log-odds lost by a product as like an already chosen one as can be; 0 ranks by score alone. */
  diversity: number;
  /** Added to each product's log-odds for the ranking only, [n]. */
  bonus?: Float32Array | undefined;
}

/** Candidates beyond this many times the limit cannot reach the shelf through diversity. */
const DIVERSITY_DEPTH = 4;

/**
 * Whether the shop and the shopper allow a product on a shelf at all. These rules come last and
 * always hold: sold out, hidden by the shopper, in the cart, bought and not for buying again.
 */
export function isAllowed(catalog: Catalog, history: ShopperHistory, row: number): boolean {
  const { stock } = catalog.products[row]!;
  if (stock === 0 || history.hidden.has(row) || history.cart.has(row)) return false;
  return !isBoughtForGood(catalog, history, row);
}

/** Bought, and nothing that people buy again. */
export function isBoughtForGood(catalog: Catalog, history: ShopperHistory, row: number): boolean {
  const isBought = (history.own.get(row)?.purchases ?? 0) > 0;
  return isBought && catalog.products[row]!.rebuyable === false;
}

/** Best first: the `limit` products with the highest log-odds, thinned out by likeness. */
export function rank(
  rows: ArrayLike<number>,
  logOdds: ArrayLike<number>,
  catalog: Catalog,
  { limit, diversity, bonus }: RankOptions,
): Pick[] {
  if (bonus !== undefined)
    return rankWithBonus(rows, logOdds, catalog, { limit, diversity, bonus });
  if (diversity === 0) return topPicks(rows, logOdds, limit);
  const pool = topPicks(rows, logOdds, limit * DIVERSITY_DEPTH);
  const chosen: Pick[] = [];
  const crowding = new Float64Array(pool.length);
  while (chosen.length < limit && chosen.length < pool.length) {
    let best = -1;
    for (let index = 0; index < pool.length; index++) {
      if (chosen.includes(pool[index]!)) continue;
      if (best < 0 || valueAt(index) > valueAt(best)) best = index;
    }
    const pick = pool[best]!;
    chosen.push(pick);
    pool.forEach((other, index) => {
      crowding[index]! += likeness(catalog, pick.row, other.row);
    });
  }
  return chosen;

  function valueAt(index: number): number {
    return pool[index]!.logOdds - diversity * crowding[index]!;
  }
}

/** The bonus decides about places; picks keep the log-odds they have without it. */
function rankWithBonus(
  rows: ArrayLike<number>,
  logOdds: ArrayLike<number>,
  catalog: Catalog,
  { bonus, ...options }: RankOptions & { bonus: Float32Array },
): Pick[] {
  const places = new Map(Array.from(rows, (row, index) => [row, index]));
  const raised = bonus.map((gain, index) => logOdds[index]! + gain);
  const picks = rank(rows, raised, catalog, options);
  return picks.map(({ row }) => ({ row, logOdds: logOdds[places.get(row)!]! }));
}

/** Same closest category counts half, same brand within it the other half. */
function likeness(catalog: Catalog, left: number, right: number): number {
  if (closestCategory(catalog, left) !== closestCategory(catalog, right)) return 0;
  return catalog.brands[left] === catalog.brands[right] ? 1 : 0.5;
}

/** The `limit` highest, best first, through a heap of that size: no full sort. Ties: lower row. */
export function topPicks(
  rows: ArrayLike<number>,
  logOdds: ArrayLike<number>,
  limit: number,
): Pick[] {
  const heap: Pick[] = [];
  for (let index = 0; index < rows.length; index++) {
    const pick = { row: rows[index]!, logOdds: logOdds[index]! };
    if (heap.length < limit) {
      heap.push(pick);
      siftUp(heap);
    } else if (limit > 0 && isBetter(pick, heap[0]!)) {
      heap[0] = pick;
      siftDown(heap);
    }
  }
  return heap.sort((left, right) => (isBetter(left, right) ? -1 : 1));
}

function isBetter(left: Pick, right: Pick): boolean {
  return left.logOdds > right.logOdds || (left.logOdds === right.logOdds && left.row < right.row);
}

/** The worst pick stands at the root. */
function siftUp(heap: Pick[]): void {
  let child = heap.length - 1;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!isBetter(heap[parent]!, heap[child]!)) return;
    swap(heap, parent, child);
    child = parent;
  }
}

function siftDown(heap: Pick[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    if (left >= heap.length) return;
    const right = left + 1;
    const worse = right < heap.length && isBetter(heap[left]!, heap[right]!) ? right : left;
    if (!isBetter(heap[parent]!, heap[worse]!)) return;
    swap(heap, parent, worse);
    parent = worse;
  }
}

function swap(heap: Pick[], left: number, right: number): void {
  const kept = heap[left]!;
  heap[left] = heap[right]!;
  heap[right] = kept;
}
