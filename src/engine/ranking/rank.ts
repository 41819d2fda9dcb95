import type { ShopperHistory } from "../events/history.ts";
import type { Team } from "../events/shopEvent.ts";
import { type Catalog, closestCategory, isWantedAgain } from "../shop/catalog.ts";
import { topPicks } from "./topK.ts";

/** A product chosen for a shelf. */
export interface Pick {
  row: number;
  /** Which candidate it was, from 0: what else is known of that one goes with the pick. */
  index: number;
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

/** At most `max` products of one key; a negative key is not counted. */
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
  /** What fills the places; by default the highest log-odds. */
  chooser?: Chooser | undefined;
}

/** Fills a shelf place by place. */
export interface Chooser {
  /** The rankings it chooses by, each [n]: only what is high in one of them can be chosen. */
  rankings: readonly ArrayLike<number>[];
  /** What comes next; undefined when nothing may. */
  choose(shelf: OpenShelf): Choice | undefined;
}

export type Choice = Omit<Pick, "row" | "logOdds" | "pinned">;

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
  row: number,
  { catalog, history, at }: { catalog: Catalog; history: ShopperHistory; at: number },
): boolean {
  const product = catalog.products[row]!;
  if (product.stock === 0 || history.hidden.has(row) || history.isInCart(row, at)) return false;
  const last = history.own.get(row)?.bought.at(-1);
  return last === undefined || isWantedAgain(product, last.at, at);
}

/** What a shelf may choose from, all of them allowed. */
export interface Candidates {
  /** [n] */
  rows: ArrayLike<number>;
  /** [n] */
  logOdds: ArrayLike<number>;
  catalog: Catalog;
}

/**
 * Fills a shelf from candidates: first what the shop pinned, then what stood there already, then what the chooser takes. At most one product of
 * a variant group, and never more of a brand or category than a cap allows.
 *
 * Diversity is greedy, as in maximal marginal relevance (Carbonell and Goldstein, 1998), but a
 * product loses by the sum of its likenesses to the chosen ones, not by the largest: likeness here has
 * three levels only, and a maximum would no longer tell the second product of a category from the
 * tenth.
 */
export function rank(candidates: Candidates, options: RankOptions): Pick[] {
  const { rows, logOdds } = candidates;
  const { limit, chooser = bestFirst(logOdds) } = options;
  const filling = { ...candidates, ...options, chooser };
  const picks = fill(filling, poolOf(filling));
  // Caps and groups can empty a pool before the shelf is full.
  const mayBeShort = picks.length < limit && rows.length > limit * DEPTH;
  return mayBeShort ? fill(filling, [...Array(rows.length).keys()]) : picks;
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

type Given = { rules?: RankOptions["rules"]; kept?: RankOptions["kept"] };

/** All that filling a shelf takes. */
type Filling = Candidates & RankOptions & { chooser: Chooser };

/** Indices of the candidates that can reach the shelf: given places, or high in one of the rankings. */
function poolOf({ rows, chooser, limit, rules, kept }: Filling): number[] {
  const indices = [...Array(rows.length).keys()];
  const depth = limit * DEPTH;
  if (rows.length <= depth) return indices;
  const given = new Set(givenPlaces({ rules, kept }).map(({ row }) => row));
  const pool = new Set(given.size === 0 ? [] : indices.filter((index) => given.has(rows[index]!)));
  for (const values of chooser.rankings) {
    const lifted = rules ? indices.map((at) => values[at]! + rules.liftOf(rows[at]!)) : values;
    for (const { row: index } of topPicks(indices, lifted, depth)) pool.add(index);
  }
  return [...pool];
}

function givenPlaces({ rules, kept = [] }: Given) {
  const pinned = (rules?.pinned ?? []).map((row) => ({ row, pinned: true as const }));
  return [...pinned, ...kept.map((row) => ({ row }))];
}

/** A candidate that may still be chosen, or no longer. */
interface OpenCandidate {
  index: number;
  row: number;
  /** What the shop's rules add to its log-odds. */
  lift: number;
  /** Sum of its likenesses to the chosen ones. */
  crowding: number;
  isClosed: boolean;
}

function fill(filling: Filling, pool: number[]): Pick[] {
  const { limit, chooser, diversity, catalog } = filling;
  const picks: Pick[] = [];
  const open = openCandidates(filling, pool);
  for (const { row, ...how } of givenPlaces(filling)) {
    const index = open.find((candidate) => candidate.row === row)?.index;
    const isThere = picks.some((pick) => pick.row === row || areVariants(catalog, pick.row, row));
    if (index !== undefined && !isThere && picks.length < limit)
      place(filling, { picks, open }, { index, propensity: 1, ...how });
  }
  const best = (values: ArrayLike<number>, penalty = diversity) => bestOf(open, values, penalty);
  while (picks.length < limit) {
    const choice = chooser.choose({ picks, best });
    if (choice === undefined) break;
    place(filling, { picks, open }, choice);
  }
  return picks;
}

/** Ties go to the lower row, in whatever order the candidates came. */
function openCandidates({ rows, rules }: Filling, pool: number[]): OpenCandidate[] {
  return pool
    .sort((left, right) => rows[left]! - rows[right]!)
    .map((index) => {
      const row = rows[index]!;
      return { index, row, lift: rules?.liftOf(row) ?? 0, crowding: 0, isClosed: false };
    });
}

/** The index of the open candidate with the highest value; −1 when there is none. */
function bestOf(
  open: readonly OpenCandidate[],
  values: ArrayLike<number>,
  penalty: number,
): number {
  let found = -1;
  let max = Number.NEGATIVE_INFINITY;
  for (const { index, lift, crowding, isClosed } of open) {
    const value = values[index]! + lift - penalty * crowding;
    if (!isClosed && (found < 0 || value > max)) [found, max] = [index, value];
  }
  return found;
}

function place(
  { rows, logOdds, catalog, diversity, rules }: Filling,
  { picks, open }: { picks: Pick[]; open: readonly OpenCandidate[] },
  choice: Choice & { pinned?: true },
): void {
  const row = rows[choice.index]!;
  picks.push({ row, logOdds: logOdds[choice.index]!, ...choice });
  for (const other of open) {
    if (other.row === row) other.isClosed = true;
    if (diversity > 0) other.crowding += likeness(catalog, row, other.row);
  }
  const variants: Cap = { keyOf: (one) => catalog.groups[one]!, max: 1 };
  for (const { keyOf, max } of [variants, ...(rules?.caps ?? [])]) {
    const key = keyOf(row);
    if (key < 0 || picks.filter((pick) => keyOf(pick.row) === key).length < max) continue;
    for (const other of open) if (keyOf(other.row) === key) other.isClosed = true;
  }
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
