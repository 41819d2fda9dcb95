import type { ExampleSet } from "../../engine/learning/examples.ts";
import { createVisit, INTENT_OUTCOMES } from "../../engine/value/visit.ts";
import { eventOf, type LogRow } from "../logs/logRow.ts";
import type { PullRates } from "./pullRates.ts";
import { visitFacts } from "./visitFacts.ts";

/** A visit after one of its steps. */
export interface VisitState {
  /** The network's four, see `INTENT_INPUTS`. */
  inputs: number[];
  /** See `visitFacts`. */
  facts: number[];
  /** Its outcome: an index into `INTENT_OUTCOMES`. */
  outcome: number;
}

const [LEAVES, BROWSES, CARTS, BUYS, RETURNS] = INTENT_OUTCOMES.keys();
/** A purchase in a later visit counts within this time. */
const RETURN_MS = 28 * 86_400_000;

/**
 * The states of a visit after each step up to its first purchase.
 * @param isCounted whether `rates` were counted with this visit, which is then left out of them.
 * @param nextPurchase when the same shopper bought in a later visit, if known.
 */
export function statesOf(
  visit: readonly LogRow[],
  {
    rates,
    isCounted,
    nextPurchase,
  }: { rates: PullRates; isCounted: boolean; nextPurchase?: number },
): VisitState[] {
  const own = isCounted ? visit : [];
  const state = createVisit((productId) => rates.of(productId, own));
  const end = visit.findIndex(({ type }) => type === "purchase");
  const buys = end >= 0;
  const returns = nextPurchase !== undefined && nextPurchase - visit.at(-1)!.at <= RETURN_MS;
  const steps = visit.slice(0, buys ? end : visit.length);
  return steps.map((row, index) => {
    state.apply(eventOf(row));
    const later = steps.slice(index + 1);
    const rest = later.some(({ type }) => type === "cart")
      ? CARTS
      : later.length > 0
        ? BROWSES
        : LEAVES;
    const inputs = state.inputs();
    const facts = visitFacts(steps.slice(0, index + 1), { inputs, rates, own });
    return { inputs, facts, outcome: buys ? BUYS! : returns ? RETURNS! : rest! };
  });
}

/** Examples of all states; every visit has the same weight, however long it is. */
export function intentExamples(visits: readonly (readonly VisitState[])[]): ExampleSet {
  const states = visits.flat();
  const weights = visits.flatMap((own) => own.map(() => 1 / own.length));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return {
    size: states.length,
    inputs: Float32Array.from(states.flatMap(({ inputs }) => inputs)),
    outcomes: Uint8Array.from(states.map(({ outcome }) => outcome)),
    weights: Float32Array.from(weights, (weight) => weight / mean),
  };
}
