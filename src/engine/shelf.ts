import { averageInputs, explain, type Recommendation } from "./explain.ts";
import { inputsOf } from "./features.ts";
import { momentOf } from "./moment.ts";
import type { Network } from "./network.ts";
import { crowdLogOdds, pooled } from "./personalisation.ts";
import { createRandom } from "./random.ts";
import { isAllowed, type Pick, rank } from "./rank.ts";
import { type Rebuy, rebuyOf } from "./rebuy.ts";
import { score, uncertainty } from "./score.ts";
import { REQUEST_DEFAULTS, type ShelfRequest, type Strategy } from "./shelfRequest.ts";
import { STRATEGY_RULES, type StrategyRules, type StrategySources } from "./strategy.ts";

export interface Shelf {
  strategy: Strategy;
  cards: ShelfCard[];
  /** The product that the shelf started from ("because you viewed …"), if its strategy has one. */
  because?: string;
}

export interface ShelfCard extends Recommendation {
  /** On `buy-again`: when the shopper is likely to need it again. */
  rebuy?: Rebuy;
}

/** All that a shelf is made from. */
export interface ShelfSources extends StrategySources {
  /** Their mean scores count. */
  networks: readonly Network[];
}

/** From a shopper's history to explained cards: candidates → inputs → scores → rank → reasons. */
export function makeShelf(sources: ShelfSources, given: ShelfRequest & { at: number }): Shelf {
  const { catalog, pack, networks } = sources;
  const request = { ...REQUEST_DEFAULTS, ...given };
  const { strategy, at } = request;
  const rules = STRATEGY_RULES[strategy];
  const query = { request, anchor: rules.anchor?.(sources, request) };
  if (rules.needsAnchor && query.anchor === undefined) return { strategy, cards: [] };

  const history = rules.history?.(sources, query) ?? sources.history;
  const moment = momentOf(history, { catalog, pack, at });
  const most = rules.isOrdered ? request.limit : Number.POSITIVE_INFINITY;
  const rows = take(rules.rows(sources, query, moment), isFree(sources, request, rules), most);
  const inputs = inputsOf(moment, rows);
  const share = rules.isOrdered ? 1 : request.personalisation;
  const crowd = Float32Array.from(rows, (row) => crowdLogOdds(pack.popularity[row]!));
  const logOdds = score(networks, inputs).map((own, index) => pooled(own, crowd[index]!, share));
  const picks = rules.isOrdered
    ? rows.map((row, index): Pick => ({ row, logOdds: logOdds[index]! }))
    : rank(rows, logOdds, catalog, {
        ...request,
        bonus: bonusFor(request, networks, { rows, inputs }),
      });
  const average = averageInputs(inputs);
  const cards = explain(picks, { moment, networks, average, share, averageCrowd: mean(crowd) });
  return {
    strategy,
    cards: strategy === "buy-again" ? cards.map((card) => withRebuy(card, sources)) : cards,
    ...(query.anchor === undefined ? {} : { because: catalog.products[query.anchor]!.id }),
  };
}

function withRebuy(card: Recommendation, { history, catalog }: ShelfSources): ShelfCard {
  const rebuy = rebuyOf(history, catalog, catalog.rowOf(card.productId)!);
  return rebuy === undefined ? card : { ...card, rebuy };
}

/** What moves products beside their score: chance, when re-rolled, and doubt worth a try. */
function bonusFor(
  { exploration, reroll }: typeof REQUEST_DEFAULTS,
  networks: readonly Network[],
  { rows, inputs }: { rows: readonly number[]; inputs: Float32Array },
): Float32Array | undefined {
  if (exploration === 0 && reroll === 0) return undefined;
  const lifts = rows.map((row) => (reroll === 0 ? 0 : lift(reroll, row)));
  if (exploration === 0) return Float32Array.from(lifts);
  // Upper confidence bounds (Auer, 2002): what the networks are unsure of is worth a try.
  return uncertainty(networks, inputs).map((unsure, index) => lifts[index]! + exploration * unsure);
}

/** Not excluded, among those wanted, and nothing that the strategy's rule forbids. */
function isFree(
  { catalog, history }: ShelfSources,
  { productId, exclude = [], among }: ShelfRequest,
  { allows = isAllowed }: StrategyRules,
): (row: number) => boolean {
  const excluded = new Set([...exclude, productId ?? ""].map((id) => catalog.rowOf(id)));
  const wanted = among && new Set(among.map((id) => catalog.rowOf(id)));
  return (row) => !excluded.has(row) && (wanted?.has(row) ?? true) && allows(catalog, history, row);
}

function take(rows: Iterable<number>, isWanted: (row: number) => boolean, most: number): number[] {
  const taken: number[] = [];
  for (const row of rows) {
    if (taken.length === most) break;
    if (isWanted(row)) taken.push(row);
  }
  return taken;
}

/** Log-odds by which a re-roll may lift a card: close calls change places, clear ones do not. */
const REROLL_TEMPERATURE = 0.5;

/**
 * Gumbel noise, the same for a product in every roll of that number: the best of the noisy scores are a
 * sample without replacement from their softmax (Kool, van Hoof and Welling, 2019).
 */
function lift(roll: number, row: number): number {
  const { next } = createRandom(Math.imul(roll, 0x9e3779b1) ^ row);
  return -REROLL_TEMPERATURE * Math.log(-Math.log(next() || Number.MIN_VALUE));
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
