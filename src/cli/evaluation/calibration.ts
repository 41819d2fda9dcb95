import { outcomeOf } from "../../engine/learning/examples.ts";
import { correctForNegativeSampling } from "../../engine/network/calibration.ts";
import {
  INPUTS,
  type Network,
  OUTCOMES,
  type Outcome,
  predictMean,
} from "../../engine/network/network.ts";
import { score } from "../../engine/network/score.ts";
import { candidatesOf } from "../../engine/ranking/candidates.ts";
import { inputsOf } from "../../engine/ranking/features.ts";
import { eventOf } from "../logs/logRow.ts";
import { SHELF } from "./measure.ts";
import { replaySession, type Shop } from "./replaySession.ts";
import { bestRows, keptOff, pairsOf } from "./system.ts";
import { isQuery, type LogVisit } from "./trial.ts";

/** Cards whose predicted chance of an outcome fell into one bin. */
export interface Bin {
  cards: number;
  /** Mean predicted chance. */
  predicted: number;
  /** Share of cards with that outcome. */
  observed: number;
}

export interface ReliabilityRow {
  outcome: Outcome;
  bins: Bin[];
  /** Expected calibration error: the mean over cards of their bin's |predicted − observed|. */
  error: number;
}

export const BINS = 10;

/**
 * Calibration of the outcome chances on shelf cards: for each query the shelf's cards, each with its five
 * chances, against the shopper's next action. Equal-width bins (Guo et al., 2017).
 */
export function reliability(
  shop: Shop,
  networks: readonly Network[],
  visits: readonly LogVisit[],
): ReliabilityRow[] {
  const sums = OUTCOMES.map(() => Array.from({ length: BINS }, () => [0, 0, 0] as number[]));
  for (const visit of visits) {
    const contextAt = replaySession(shop, visit);
    const keptOffAt = keptOff(visit, shop.catalog);
    visit.session.forEach((row, step) => {
      if (!isQuery(visit.session, step)) return;
      const context = contextAt(step);
      const candidates = candidatesOf(context, shop.popularRows);
      const inputs = inputsOf(context, candidates);
      const cards = bestRows(pairsOf(candidates, score(networks, inputs)), keptOffAt(step), SHELF);
      const next = shop.catalog.rowOf(row.productId);
      const outcome = OUTCOMES.indexOf(outcomeOf(eventOf(row)) ?? "ignore");
      const places = new Map(Array.from(candidates, (candidate, place) => [candidate, place]));
      for (const card of cards) {
        const from = places.get(card)! * INPUTS;
        const own = predictMean(networks, inputs.subarray(from, from + INPUTS));
        const came = card === next ? outcome : 0;
        correctForNegativeSampling(own, candidates.length).forEach((chance, output) => {
          const bin = sums[output]![Math.min(BINS - 1, Math.floor(chance * BINS))]!;
          bin[0]!++;
          bin[1]! += chance;
          bin[2]! += came === output ? 1 : 0;
        });
      }
    });
  }
  return OUTCOMES.map((outcome, output) => reliabilityOf(outcome, sums[output]!));
}

function reliabilityOf(outcome: Outcome, sums: readonly number[][]): ReliabilityRow {
  const all = sums.reduce((total, [cards = 0]) => total + cards, 0);
  const bins = sums
    .filter(([cards = 0]) => cards > 0)
    .map(([cards = 0, predicted = 0, observed = 0]) => ({
      cards,
      predicted: predicted / cards,
      observed: observed / cards,
    }));
  const error = bins.reduce(
    (sum, { cards, predicted, observed }) => sum + (cards / all) * Math.abs(predicted - observed),
    0,
  );
  return { outcome, bins, error };
}
