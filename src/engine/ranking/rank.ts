import type { ShopperHistory } from "../events/history.ts";
import type { Team } from "../events/shopEvent.ts";
import { type Catalog, closestCategory, isWantedAgain } from "../shop/catalog.ts";
import { mayFollow, type ShelfMix } from "./shelfMix.ts";
import { topPicks } from "./topK.ts";

/** A product chosen for a shelf. */
export interface Pick {
  row: number;
  /** The index of its candidate, from 0, to look up other facts about it. */
  index: number;
  /** See `logOddsOf`; before rules and any diversity penalty. */
  logOdds: number;
  /** Probability, in (0, 1], that it got this place, given the cards before it; 1 if nothing was random. */
  propensity: number;
  /** The side that chose it, if the baseline took part; see `interleaving.ts`. */
  team?: Team;
  /** Whether the shop pinned it to its place. */
  pinned?: true;
}

/** The shop's rules for a shelf, by row; see `rules.ts`. */
export interface ShelfRules {
  /** Rows for the first places, in this order. */
  pinned: readonly number[];
  /** Added to a product's log-odds. */
  liftOf(row: number): number;
  caps: readonly Cap[];
}

/** At most `max` products with one key; a negative key is not limited. */
export interface Cap {
  keyOf(row: number): number;
  max: number;
}

export interface RankOptions {
  limit: number;
  /** Log-odds lost by a product that is maximally similar to a chosen one; 0 ranks by score alone. */
  diversity: number;
  rules?: ShelfRules | undefined;
  /** How many products that the shopper knows; by default as many as rank high. */
  mix?: ShelfMix | undefined;
  /** Rows that are already on the shelf; they keep their order, after the pinned ones. */
  kept?: readonly number[] | undefined;
  /** Chooses for each place; by default the highest log-odds. */
  chooser?: Chooser | undefined;
}

/** Fills a shelf place by place. */
export interface Chooser {
  /** The rankings that it uses, each [n]: only candidates that are high in one of them can be chosen. */
  rankings: readonly ArrayLike<number>[];
  /** The next choice; undefined if none is allowed. */
  choose(shelf: OpenShelf): Choice | undefined;
}

export type Choice = Omit<Pick, "row" | "logOdds" | "pinned">;

/** A shelf being filled. */
export interface OpenShelf {
  readonly picks: readonly Pick[];
  /**
   * The open candidate with the highest of `values` [n], above −∞, after the penalty for similarity, as the shelf's
   * mix allows if any does; −1 if there is none.
   * @param isPlain without penalty and mix.
   */
  best(values: ArrayLike<number>, isPlain?: boolean): number;
}

/** Candidates beyond this many times the limit cannot reach the shelf through diversity. */
const DEPTH = 4;

/**
 * Whether a product may be on a shelf at all. A shop's own rules cannot override this: excluded are
 * products that are sold out, hidden by the shopper, in the cart, just bought, or bought and not for
 * buying again.
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

/** The candidates of a shelf, all of them allowed. */
export interface Candidates {
  /** [n] */
  rows: ArrayLike<number>;
  /** [n] */
  logOdds: ArrayLike<number>;
  catalog: Catalog;
}

/**
 * Fills a shelf from candidates: first the pinned ones, then those already on the shelf, then the
 * chooser's picks. It takes at most one product of a variant group, and no more of a brand or category
 * than a cap allows.
 *
 * Diversity is greedy, as in maximal marginal relevance (Carbonell and Goldstein, 1998), but a product is
 * penalized by the sum of its similarities to the chosen ones, not by the largest: similarity has only
 * three levels here, and a maximum would not distinguish the second product of a category from the tenth.
 */
export function rank(candidates: Candidates, options: RankOptions): Pick[] {
  const { rows, logOdds } = candidates;
  const { limit, chooser = bestFirst(logOdds) } = options;
  const filling = { ...candidates, ...options, chooser };
  const picks = fill(filling, poolOf(filling));
  // Caps and groups can empty a pool before the shelf is full.
  const mayBeShort = picks.length < limit && rows.length > limit * DEPTH;
  return mayBeShort ? fill(filling, indicesOf(rows)) : picks;
}

/** Ranks by these values [n]. @param isPlain without penalty for similarity, and without mix. */
export function bestFirst(values: ArrayLike<number>, isPlain = false): Chooser {
  return {
    rankings: [values],
    choose(shelf) {
      const index = shelf.best(values, isPlain);
      return index < 0 ? undefined : { index, propensity: 1 };
    },
  };
}

type Given = { rules?: RankOptions["rules"]; kept?: RankOptions["kept"] };

/** The inputs for filling a shelf. */
type Filling = Candidates & RankOptions & { chooser: Chooser };

/** Indices of the candidates that can reach the shelf: those with fixed places or high in a ranking. */
function poolOf({ rows, chooser, limit, rules, kept, mix }: Filling): number[] {
  const indices = indicesOf(rows);
  const depth = limit * DEPTH;
  if (rows.length <= depth) return indices;
  const given = new Set(givenPlaces({ rules, kept }).map(({ row }) => row));
  const pool = new Set(given.size === 0 ? [] : indices.filter((index) => given.has(rows[index]!)));
  for (const values of chooser.rankings) {
    const lifted = rules ? indices.map((at) => values[at]! + rules.liftOf(rows[at]!)) : values;
    for (const kind of kindsOf(indices, rows, mix)) {
      const liftedOf = kind.map((index) => lifted[index]!);
      for (const { row: index } of topPicks(kind, liftedOf, depth)) pool.add(index);
    }
  }
  return [...pool];
}

/** A mix may pass over any number of products of one kind. */
function kindsOf(indices: number[], rows: ArrayLike<number>, mix: ShelfMix | undefined) {
  if (mix === undefined) return [indices];
  return [true, false].map((kind) => indices.filter((index) => mix.isKnown(rows[index]!) === kind));
}

function indicesOf({ length }: ArrayLike<number>): number[] {
  const indices: number[] = [];
  for (let index = 0; index < length; index++) indices.push(index);
  return indices;
}

function givenPlaces({ rules, kept = [] }: Given) {
  const pinned = (rules?.pinned ?? []).map((row) => ({ row, pinned: true as const }));
  return [...pinned, ...kept.map((row) => ({ row }))];
}

/** A candidate and whether it may still be chosen. */
interface OpenCandidate {
  index: number;
  row: number;
  /** The shop's addition to its log-odds. */
  lift: number;
  isKnown: boolean;
  /** Sum of its similarities to the chosen ones. */
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
  const best = (values: ArrayLike<number>, isPlain = false) => {
    if (isPlain) return bestOf(open, values, 0);
    const mixed = bestOf(ofMix(filling, picks, open), values, diversity);
    return mixed < 0 ? bestOf(open, values, diversity) : mixed;
  };
  while (picks.length < limit) {
    const choice = chooser.choose({ picks, best });
    if (choice === undefined) break;
    place(filling, { picks, open }, choice);
  }
  return picks;
}

/** The candidates that the mix allows for the next place. */
function ofMix(
  { mix }: Filling,
  picks: readonly Pick[],
  open: readonly OpenCandidate[],
): readonly OpenCandidate[] {
  if (mix === undefined) return open;
  const may = mayFollow(mix, picks);
  return open.filter(({ isKnown }) => may(isKnown));
}

/** Ties go to the lower row, whatever the order of the candidates. */
function openCandidates({ rows, rules, mix }: Filling, pool: number[]): OpenCandidate[] {
  return pool
    .sort((left, right) => rows[left]! - rows[right]!)
    .map((index) => {
      const row = rows[index]!;
      const isKnown = mix?.isKnown(row) ?? false;
      const lift = rules?.liftOf(row) ?? 0;
      return { index, row, lift, isKnown, crowding: 0, isClosed: false };
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
    if (!isClosed && value > max) [found, max] = [index, value];
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

/** Whether two products are variants of one. */
function areVariants({ groups }: Catalog, left: number, right: number): boolean {
  return groups[left]! >= 0 && groups[left] === groups[right];
}

/** The same closest category counts one half, the same brand within it the other half. */
function likeness(catalog: Catalog, left: number, right: number): number {
  if (closestCategory(catalog, left) !== closestCategory(catalog, right)) return 0;
  return catalog.brands[left] === catalog.brands[right] ? 1 : 0.5;
}
