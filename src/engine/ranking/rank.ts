import type { ShopperHistory } from "../events/history.ts";
import type { Team } from "../events/shopEvent.ts";
import { type Catalog, closestCategory, isWantedAgain } from "../shop/catalog.ts";
import { topPicks } from "./topK.ts";

/** A product chosen for a shelf. */
export interface Pick {
  row: number;
  /** See `logOddsOf`; before rules and any diversity penalty. */
  logOdds: number;
  /** Chance, in (0, 1], that it came to this place, given the cards before it; 1: no chance in it. */
  propensity: number;
  /** Whose choice it was, where the baseline had a say; see `interleaving.ts`. */
  team?: Team;
  /** The shop gave it its place. */
  pinned?: true;
}

/** What the shop wants of a shelf, by row; see `rules.ts`. */
export interface ShelfRules {
  /** Rows that take the first places, in this order. */
  pinned: readonly number[];
  /** Added to a product's log-odds. */
  liftOf(row: number): number;
  caps: readonly Cap[];
}

/** At most `most` products of one key; a negative key is not counted. */
export interface Cap {
  keyOf(row: number): number;
  max: number;
}

export interface RankOptions {
  limit: number;
  /** Log-odds lost by a product as like an already chosen one as can be; 0 ranks by score alone. */
  diversity: number;
  rules?: ShelfRules | undefined;
  /** Rows that already stand on the shelf, and keep their order, behind the pinned ones. */
  kept?: readonly number[] | undefined;
  /** Who fills the places; by default the highest log-odds. */
  chooser?: Chooser | undefined;
}

/** Fills a shelf place by place. */
export interface Chooser {
  /** The rankings it chooses by, each [n]: only what is high in one of them can be chosen. */
  rankings: readonly ArrayLike<number>[];
  /** Who comes next; undefined when nobody may. */
  choose(shelf: OpenShelf): Choice | undefined;
}

export interface Choice extends Omit<Pick, "row" | "logOdds" | "pinned"> {
  /** Which candidate, from 0. */
  index: number;
}

/** A shelf being filled. */
export interface OpenShelf {
  readonly picks: readonly Pick[];
  /**
   * The candidate that `values` [n] puts highest among those that may still be chosen, less
   * `diversity` (by default the shelf's) for likeness; −1 when there is none.
   */
  best(values: ArrayLike<number>, diversity?: number): number;
}

/** Candidates beyond this many times the limit cannot reach the shelf through diversity. */
const DEPTH = 4;

/**
 * Whether the shop and the shopper allow a product on a shelf at all. These rules always hold,
 * whatever else a shop rules: sold out, hidden by the shopper, in the cart, just bought, bought and not
 * for buying again.
 */
export function isAllowed(
  catalog: Catalog,
  history: ShopperHistory,
  row: number,
  at: number,
): boolean {
  const product = catalog.products[row]!;
  if (product.stock === 0 || history.hidden.has(row) || history.isInCart(row, at)) return false;
  const last = history.own.get(row)?.bought.at(-1);
  return last === undefined || isWantedAgain(product, last.at, at);
}

/**
 * Fills a shelf from candidates (`rows` [n] with their `logOdds` [n], all of them allowed): first what
 * the shop pinned, then what stood there already, then what the chooser takes. At most one product of
 * a variant group, and never more of a brand or category than a cap allows.
 *
 * Diversity is greedy, as in maximal marginal relevance (Carbonell and Goldstein, 1998), but a
 * product loses by the sum of its likenesses to the chosen ones, not by the largest: likeness here has
 * three levels only, and a maximum would no longer tell the second product of a category from the
 * tenth.
 */
export function rank(
  rows: ArrayLike<number>,
  logOdds: ArrayLike<number>,
  catalog: Catalog,
  options: RankOptions,
): Pick[] {
  const { limit, chooser = bestFirst(logOdds) } = options;
  const all = { rows, logOdds, catalog, chooser };
  const picks = fill(all, poolOf(all, options), options);
  // Caps and groups can empty a pool before the shelf is full.
  const mayBeShort = picks.length < limit && rows.length > limit * DEPTH;
  return mayBeShort ? fill(all, [...Array(rows.length).keys()], options) : picks;
}

/** The ranking by these values [n], less the shelf's diversity or this one. */
export function bestFirst(values: ArrayLike<number>, diversity?: number): Chooser {
  return {
    rankings: [values],
    choose(shelf) {
      const index = shelf.best(values, diversity);
      return index < 0 ? undefined : { index, propensity: 1 };
    },
  };
}

interface Candidates {
  rows: ArrayLike<number>;
  logOdds: ArrayLike<number>;
  catalog: Catalog;
  chooser: Chooser;
}

/** Indices of the candidates that can reach the shelf: given places, or high in one of the rankings. */
function poolOf({ rows, chooser }: Candidates, options: RankOptions): number[] {
  const { limit, rules } = options;
  const indices = [...Array(rows.length).keys()];
  const depth = limit * DEPTH;
  if (rows.length <= depth) return indices;
  const given = new Set(givenPlaces(options).map(({ row }) => row));
  const pool = new Set(given.size === 0 ? [] : indices.filter((index) => given.has(rows[index]!)));
  for (const values of chooser.rankings) {
    const lifted = rules ? indices.map((at) => values[at]! + rules.liftOf(rows[at]!)) : values;
    for (const { row: index } of topPicks(indices, lifted, depth)) pool.add(index);
  }
  return [...pool];
}

function givenPlaces({ rules, kept = [] }: RankOptions): { row: number; pinned?: true }[] {
  const pinned = (rules?.pinned ?? []).map((row) => ({ row, pinned: true as const }));
  return [...pinned, ...kept.map((row) => ({ row }))];
}

function fill(candidates: Candidates, pool: number[], options: RankOptions): Pick[] {
  const { rows, logOdds, catalog, chooser } = candidates;
  const { limit, diversity, rules } = options;
  const picks: Pick[] = [];
  // Ties go to the lower row, in whatever order the candidates came.
  const open = pool
    .sort((left, right) => rows[left]! - rows[right]!)
    .map((index) => ({ index, row: rows[index]!, crowding: 0, isClosed: false }));
  const lifts = rules && open.map(({ row }) => rules.liftOf(row));
  const variants: Cap = { keyOf: (row) => catalog.groups[row]!, max: 1 };
  const caps = [variants, ...(rules?.caps ?? [])];

  function best(values: ArrayLike<number>, penalty = diversity): number {
    let found = -1;
    let max = Number.NEGATIVE_INFINITY;
    open.forEach(({ index, crowding, isClosed }, at) => {
      const value = values[index]! + (lifts?.[at] ?? 0) - penalty * crowding;
      if (!isClosed && (found < 0 || value > max)) [found, max] = [index, value];
    });
    return found;
  }

  function place({ index, ...how }: Choice & { pinned?: true }): void {
    const row = rows[index]!;
    picks.push({ row, logOdds: logOdds[index]!, ...how });
    for (const other of open) {
      if (other.row === row) other.isClosed = true;
      if (diversity > 0) other.crowding += likeness(catalog, row, other.row);
    }
    for (const cap of caps) closeFull(cap, row);
  }

  function closeFull({ keyOf, max }: Cap, row: number): void {
    const key = keyOf(row);
    if (key < 0 || picks.filter((pick) => keyOf(pick.row) === key).length < max) return;
    for (const other of open) if (keyOf(other.row) === key) other.isClosed = true;
  }

  for (const { row, ...how } of givenPlaces(options)) {
    const index = open.find((candidate) => candidate.row === row)?.index;
    const isThere = picks.some((pick) => pick.row === row || areVariants(catalog, pick.row, row));
    if (index !== undefined && !isThere && picks.length < limit)
      place({ index, propensity: 1, ...how });
  }
  while (picks.length < limit) {
    const choice = chooser.choose({ picks, best });
    if (choice === undefined) break;
    place(choice);
  }
  return picks;
}

/** One thing in several sizes or colors. */
function areVariants({ groups }: Catalog, left: number, right: number): boolean {
  return groups[left]! >= 0 && groups[left] === groups[right];
}

/** Same closest category counts half, same brand within it the other half. */
function likeness(catalog: Catalog, left: number, right: number): number {
  if (closestCategory(catalog, left) !== closestCategory(catalog, right)) return 0;
  return catalog.brands[left] === catalog.brands[right] ? 1 : 0.5;
}
