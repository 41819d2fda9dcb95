import { INPUTS } from "../network/network.ts";
import { firstTimeOnly } from "../shop/firstTimeOnly.ts";
import { candidatesOf } from "./candidates.ts";
import { averageInputs, type ExplainSources, explain, type Recommendation } from "./explain.ts";
import { partsOf } from "./parts.ts";
import { isAllowed, type Pick, rank } from "./rank.ts";
import { beginScoring, logOddsBy, type Scoring, scoreRows } from "./scoring.ts";
import { REQUEST_DEFAULTS, type ShelfRequest, type Strategy } from "./shelfRequest.ts";
import { shopperContextOf } from "./shopperContext.ts";
import type { FullRequest, ShelfSources } from "./slatePolicy.ts";
import {
  FIRST_STRATEGIES,
  type ShelfContext,
  type ShelfExtras,
  type ShelfQuery,
  type StrategyRules,
  type StrategySources,
} from "./strategies.ts";

export interface Shelf {
  /** Reported with its impressions, so that events can be attributed to this shelf. */
  id: string;
  strategy: Strategy;
  /** Whether the network and the baseline take turns on it; see `interleaving.ts`. */
  isInterleaved: boolean;
  cards: ShelfCard[];
  /** The product that the shelf starts from ("because you viewed …"), if its strategy has one. */
  because?: string;
}

export type ShelfCard = Recommendation & Omit<ShelfExtras, "reason">;

/** A strategy's rules; all but the first strategies are loaded on demand. */
export async function strategyRules(strategy: Strategy): Promise<StrategyRules> {
  if (Object.hasOwn(FIRST_STRATEGIES, strategy))
    return FIRST_STRATEGIES[strategy as keyof typeof FIRST_STRATEGIES];
  const { MORE_STRATEGIES } = await import("./moreStrategies.ts");
  return MORE_STRATEGIES[strategy as keyof typeof MORE_STRATEGIES];
}

/** The number of rows scored before the thread may yield: a fraction of a slice on a slow device. */
const ROWS_A_STEP = 128;

/** A shelf in progress: synchronous work in short pieces, to run in order. */
export interface ShelfDraft {
  /** Each one scores a part of the candidates. */
  scorings: readonly (() => void)[];
  /** Call it when all candidates are scored. */
  place(): PlacedShelf;
}

/** A shelf whose places are filled. */
export interface PlacedShelf extends Omit<Shelf, "cards"> {
  /** Each one explains a card, in the order of the shelf. */
  explanations: readonly (() => ShelfCard)[];
}

/** From a shopper's history to explained cards, in one go. */
export function makeShelf(...given: Parameters<typeof beginShelf>): Shelf {
  const { scorings, place } = beginShelf(...given);
  for (const score of scorings) score();
  const { explanations, ...shelf } = place();
  return { ...shelf, cards: explanations.map((explained) => explained()) };
}

/**
 * Begins a shelf: context → candidates → inputs and scores by parts → rank → cards. The thread may yield
 * between its pieces, but the history must not change.
 */
export function beginShelf(
  sources: ShelfSources,
  given: ShelfRequest & { at: number },
  rules: StrategyRules,
): ShelfDraft {
  const query = shelfQueryOf(sources, given, rules);
  const { request } = query;
  const shelf = namedShelf(sources, query);
  if (rules.needsAnchor && query.anchor === undefined)
    return { scorings: [], place: () => ({ ...shelf, explanations: [] }) };
  const now = shelfContextOf(sources, query, rules);
  const offers = offersOf(sources, query, { rules, now });
  const order = rules.isOrdered && inOrder(sources, request, offers);
  const rows = order ? order.map(({ row }) => row) : [...offers];
  const share = order ? 1 : request.personalization;
  const scoring = beginScoring({ context: now.context, networks: sources.networks, rows, share });
  return {
    scorings: scoringsOf(scoring),
    place() {
      const { picks, isInterleaved } = order
        ? { picks: order, isInterleaved: false }
        : placed(sources, request, scoring);
      const about = explainSourcesOf(scoring, now);
      const explanations = picks.map((pick) => () => {
        const extras = rules.extras?.(sources, pick.row);
        return cardOf(pick, about, { scoring, extras });
      });
      return { ...shelf, isInterleaved, explanations };
    },
  };
}

function scoringsOf(scoring: Scoring): (() => void)[] {
  const count = Math.ceil(scoring.rows.length / ROWS_A_STEP);
  return Array.from({ length: count }, (_, step) => () => {
    scoreRows(scoring, step * ROWS_A_STEP, (step + 1) * ROWS_A_STEP);
  });
}

function namedShelf({ catalog, seed = 1 }: ShelfSources, { request, anchor }: ShelfQuery) {
  const { strategy } = request;
  return {
    id: `${strategy}-${seed.toString(36)}`,
    strategy,
    isInterleaved: false,
    ...(anchor === undefined ? {} : { because: catalog.products[anchor]!.id }),
  };
}

/** A request with its defaults, and the product that its shelf starts from. */
export function shelfQueryOf(
  sources: StrategySources,
  given: ShelfRequest & { at: number },
  rules: StrategyRules,
) {
  const request = { ...REQUEST_DEFAULTS, ...given };
  return { request, anchor: rules.anchor?.(sources, request) };
}

/** The context for a shelf of this strategy. */
export function shelfContextOf(
  sources: StrategySources,
  query: ShelfQuery,
  rules: StrategyRules,
): ShelfContext {
  const history = rules.history?.(sources, query) ?? sources.history;
  const context = shopperContextOf(history, { ...sources, at: query.request.at });
  return { context, candidates: candidatesOf(context, sources.popularRows) };
}

/** Ranks the scored candidates, by the network or by the chooser of the shelf's policy. */
function placed(sources: ShelfSources, request: FullRequest, scoring: Scoring) {
  const { rows, logOdds } = scoring;
  const policy = sources.chooseSlatePolicy?.(sources, request, {
    rows,
    logOdds,
    logOddsBy: (networks) => logOddsBy(scoring, networks),
  });
  const picks = rank(
    { rows, logOdds, catalog: sources.catalog },
    { ...placesOf(sources, request), diversity: request.diversity, chooser: policy?.chooser },
  );
  return { picks, isInterleaved: policy?.isInterleaved ?? false };
}

/** The first of the strategy's rows, in its order; the network only scores them. */
function inOrder(sources: ShelfSources, request: ShelfRequest, offers: Iterable<number>): Pick[] {
  const { catalog, shopRules } = sources;
  const places = placesOf(sources, request);
  const offered = offers[Symbol.iterator]();
  const rows: number[] = [];
  // Rules may raise rows from far down the list; without rules its head is nearly always enough.
  for (let depth = shopRules ? Number.POSITIVE_INFINITY : request.limit; ; depth *= 8) {
    take(offered, depth, rows);
    // Above −1, so that a boost of 1 moves a row to the front.
    const logOdds = rows.map((_, index) => -index / rows.length);
    const picks = rank({ rows, logOdds, catalog }, { ...places, diversity: 0 });
    if (picks.length === request.limit || rows.length < depth)
      return picks.map((pick, index) => ({ ...pick, index }));
  }
}

/** The inputs for explaining cards, apart from the pick itself. */
function explainSourcesOf(
  { context: _, ...scoring }: Scoring,
  { context, candidates }: ShelfContext,
): ExplainSources {
  const { networks, share, inputs, crowd } = scoring;
  return {
    context,
    networks,
    share,
    average: averageInputs(inputs),
    averageCrowd: mean(crowd),
    candidates: candidates.length,
    parts: partsOf(context),
  };
}

function cardOf(
  pick: Pick,
  about: ExplainSources,
  { scoring, extras }: { scoring: Scoring; extras: ShelfExtras | undefined },
): ShelfCard {
  const inputs = scoring.inputs.slice(pick.index * INPUTS, (pick.index + 1) * INPUTS);
  const card = explain({ pick, inputs }, about);
  const { pinned } = card.reason;
  const reason = { ...(extras?.reason ?? card.reason), ...(pinned && { pinned }) };
  return { ...card, ...extras, reason };
}

function placesOf({ catalog, shopRules }: ShelfSources, { limit, kept = [] }: ShelfRequest) {
  return { limit, rules: shopRules, kept: kept.flatMap((id) => catalog.rowOf(id) ?? []) };
}

/**
 * The distinct rows a shelf may choose from: those the shop pinned, those already there, and the
 * strategy's own. Only allowed rows are included, so that no later rule, pin or random choice can show a
 * forbidden product.
 */
function* offersOf(
  sources: ShelfSources,
  query: ShelfQuery,
  { rules, now }: { rules: StrategyRules; now: ShelfContext },
): Generator<number, void> {
  const { request } = query;
  const { at } = request;
  const { catalog, history, shopRules } = sources;
  const isTaken = takenBy(sources, query);
  const wanted = request.among && new Set(request.among.map((id) => catalog.rowOf(id)));
  const given = [shopRules?.pinned ?? [], placesOf(sources, request).kept];
  const isNew = firstTimeOnly(catalog.size);
  const own = rules.rows(sources, query, now);
  for (const rows of rules.isStrict ? [own] : [...given, own]) {
    for (const row of rows) {
      if (!isNew(row) || isTaken(row) || !(wanted?.has(row) ?? true)) continue;
      if (isAllowed(row, { catalog, history, at })) yield row;
    }
  }
}

/** Whether a product or a variant of it is already on the page: a shelf does not lead back there. */
function takenBy({ catalog }: ShelfSources, { request, anchor }: ShelfQuery) {
  const named = [request.productId ?? "", ...(request.exclude ?? [])];
  const rows = new Set([anchor, ...named.map((id) => catalog.rowOf(id))]);
  const groups = new Set([...rows].map((row) => catalog.groups[row ?? -1] ?? -1));
  return (row: number) =>
    rows.has(row) || (catalog.groups[row]! >= 0 && groups.has(catalog.groups[row]!));
}

/** Adds offered rows until there are this many. */
function take(offered: Iterator<number, void>, max: number, rows: number[]): void {
  while (rows.length < max) {
    const { value, done } = offered.next();
    if (done) return;
    rows.push(value);
  }
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
