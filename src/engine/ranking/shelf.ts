import { atOnce, type Steps } from "../kit/scheduler.ts";
import type { Network } from "../network/network.ts";
import { crowdLogOdds, logOpinionPool } from "../network/opinionPool.ts";
import { score, scoring } from "../network/score.ts";
import type { Catalog } from "../shop/catalog.ts";
import { candidatesOf } from "./candidates.ts";
import { averageInputs, explain, type Recommendation } from "./explain.ts";
import { readingInputs } from "./features.ts";
import { isAllowed, type Pick, rank } from "./rank.ts";
import { REQUEST_DEFAULTS, type ShelfRequest, type Strategy } from "./shelfRequest.ts";
import { type ShopperContext, shopperContextOf } from "./shopperContext.ts";
import type { ShelfSources } from "./slatePolicy.ts";
import {
  FIRST_STRATEGIES,
  type ShelfExtras,
  type ShelfQuery,
  type StrategyRules,
} from "./strategies.ts";

export interface Shelf {
  /** Goes with its impressions, so that what comes of a shelf can be told from what comes of others. */
  id: string;
  strategy: Strategy;
  /** The network and the baseline take turns on it; see `interleaving.ts`. */
  isInterleaved: boolean;
  cards: ShelfCard[];
  /** The product that the shelf started from ("because you viewed …"), if its strategy has one. */
  because?: string;
}

export type ShelfCard = Recommendation & Omit<ShelfExtras, "reason">;

/** What a strategy does; all but the first ones are loaded now. */
export async function strategyRules(strategy: Strategy): Promise<StrategyRules> {
  if (Object.hasOwn(FIRST_STRATEGIES, strategy))
    return FIRST_STRATEGIES[strategy as keyof typeof FIRST_STRATEGIES];
  const { MORE_STRATEGIES } = await import("./moreStrategies.ts");
  return MORE_STRATEGIES[strategy as keyof typeof MORE_STRATEGIES];
}

/** From a shopper's history to explained cards: candidates → inputs → scores → rank → reasons. */
export function makeShelf(...given: Parameters<typeof makingShelf>): Shelf {
  return atOnce(makingShelf(...given));
}

/** `makeShelf` in steps, between which the history must stay as it is. */
export function* makingShelf(
  sources: ShelfSources,
  given: ShelfRequest & { at: number },
  rules: StrategyRules,
): Steps<Shelf> {
  const { catalog, pack, networks } = sources;
  const request = { ...REQUEST_DEFAULTS, ...given };
  const { strategy, at } = request;
  const query = { request, anchor: rules.anchor?.(sources, request) };
  const { seed = 1 } = sources;
  const id = `${strategy}-${seed.toString(36)}`;
  if (rules.needsAnchor && query.anchor === undefined) {
    return { id, strategy, isInterleaved: false, cards: [] };
  }

  const history = rules.history?.(sources, query) ?? sources.history;
  const context = shopperContextOf(history, { catalog, pack, at });
  yield;
  const offered = () => offersOf(sources, query, { rules, context });
  const order = rules.isOrdered && inOrder(sources, request, offered);
  const share = rules.isOrdered ? 1 : request.personalization;
  const rows = order ? order.map(({ row }) => row) : yield* gathering(offered());
  const inputs = yield* readingInputs(context, rows);
  const crowd = Float32Array.from(rows, (row) => crowdLogOdds(pack.popularity[row]!));
  const blend = (own: number, index: number) => logOpinionPool(own, crowd[index]!, share);
  const logOddsBy = (some: readonly Network[]) => score(some, inputs).map(blend);
  const logOdds = (yield* scoring(networks, inputs)).map(blend);
  yield;
  const policy = order
    ? undefined
    : sources.chooseSlatePolicy?.(sources, request, { rows, logOdds, logOddsBy });
  const picks = order
    ? order.map((pick, index) => ({ ...pick, logOdds: logOdds[index]! }))
    : rank(rows, logOdds, catalog, {
        ...placesOf(sources, request),
        diversity: request.diversity,
        chooser: policy?.chooser,
      });
  yield;
  const average = averageInputs(inputs);
  const about = {
    context,
    networks,
    average,
    candidates: candidatesOf(context, sources.popularRows).length,
    share,
    averageCrowd: mean(crowd),
  };
  const cards: ShelfCard[] = [];
  for (const pick of picks) {
    yield;
    for (const card of explain([pick], about)) {
      cards.push({ ...card, ...rules.extras?.(sources, pick.row) });
    }
  }
  return {
    id,
    strategy,
    isInterleaved: policy?.isInterleaved ?? false,
    cards,
    ...(query.anchor === undefined ? {} : { because: catalog.products[query.anchor]!.id }),
  };
}

/** The first of the rows offered; the network will only say how they would fare. */
function inOrder(
  sources: ShelfSources,
  request: ShelfRequest,
  offered: () => Iterable<number>,
): Pick[] {
  const { catalog, shopRules } = sources;
  const places = placesOf(sources, request);
  // Rules may bring up what is far down the list; without them its head is nearly always enough.
  for (let depth = shopRules ? Number.POSITIVE_INFINITY : request.limit; ; depth *= 8) {
    const rows = take(offered(), depth);
    // Above −1, so that a boost of 1 lifts to the front.
    const order = rows.map((_, index) => -index / rows.length);
    const picks = rank(rows, order, catalog, { ...places, diversity: 0 });
    if (picks.length === request.limit || rows.length < depth) return picks;
  }
}

function placesOf({ catalog, shopRules }: ShelfSources, { limit, kept = [] }: ShelfRequest) {
  return { limit, rules: shopRules, kept: kept.flatMap((id) => catalog.rowOf(id) ?? []) };
}

/**
 * The distinct rows a shelf may choose from: what the shop pinned, what stands there already, and the
 * strategy's own. Only those allowed, so that no rule, pin or chance behind this can bring back what
 * must not be shown.
 */
function* offersOf(
  sources: ShelfSources,
  query: ShelfQuery,
  { rules, context }: { rules: StrategyRules; context: ShopperContext },
): Generator<number> {
  const { request } = query;
  const { catalog, history, shopRules } = sources;
  // A shelf does not lead back to what it starts from.
  const starts = query.anchor === undefined ? [] : [catalog.products[query.anchor]!.id];
  const isTaken = takenBy(
    [request.productId ?? "", ...starts, ...(request.exclude ?? [])],
    catalog,
  );
  const wanted = request.among && new Set(request.among.map((id) => catalog.rowOf(id)));
  const given = [shopRules?.pinned ?? [], placesOf(sources, request).kept];
  const seen = new Set<number>();
  const own = rules.rows(sources, query, context);
  for (const rows of rules.isStrict ? [own] : [...given, own]) {
    for (const row of rows) {
      if (seen.has(row)) continue;
      seen.add(row);
      if (isTaken(row) || !(wanted?.has(row) ?? true)) continue;
      if (isAllowed(catalog, history, row, request.at)) yield row;
    }
  }
}

/** Whether a product, or a variant of it, is among these. */
function takenBy(ids: readonly string[], catalog: Catalog): (row: number) => boolean {
  const rows = new Set(ids.map((id) => catalog.rowOf(id)));
  const groups = new Set([...rows].map((row) => catalog.groups[row ?? -1] ?? -1));
  return (row) => rows.has(row) || (catalog.groups[row]! >= 0 && groups.has(catalog.groups[row]!));
}

function* gathering(rows: Iterable<number>): Steps<number[]> {
  const gathered: number[] = [];
  for (const row of rows) {
    yield;
    gathered.push(row);
  }
  return gathered;
}

function take(rows: Iterable<number>, max: number): number[] {
  const taken: number[] = [];
  for (const row of rows) {
    if (taken.length === max) break;
    taken.push(row);
  }
  return taken;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
