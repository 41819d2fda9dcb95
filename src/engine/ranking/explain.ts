import type { Team } from "../events/shopEvent.ts";
import { correctForNegativeSampling } from "../network/calibration.ts";
import {
  INPUT_NAMES,
  INPUTS,
  type InputName,
  type Network,
  OUTCOMES,
  OUTPUTS,
  type Outcome,
  predictMean,
  writeLogits,
} from "../network/network.ts";
import { crowdLogOdds, logOpinionPool } from "../network/opinionPool.ts";
import { logOddsOf, scoreOf, uncertainty } from "../network/score.ts";
import type { Parts } from "./parts.ts";
import type { Pick } from "./rank.ts";
import { crowdReason, ownReason, type Reason, reasonOf } from "./reason.ts";
import type { ShopperContext } from "./shopperContext.ts";

/** A product on a shelf, with its explanation. */
export interface Recommendation {
  productId: string;
  /**
   * In (0, 1): the logistic function of the log-odds. It only orders cards; for probabilities see
   * `outcomes`.
   */
  score: number;
  /** Value-weighted log-odds of an interaction with it rather than none; shelves are sorted by it. */
  logOdds: number;
  /** Standard deviation of the log-odds over the networks in use; 0 with a single network. */
  uncertainty: number;
  /**
   * Probability, in (0, 1], that it got this place, given the cards before it: 1 unless exploration or a
   * comparison randomized the place. Report it with the impression.
   */
  propensity: number;
  /** The side that chose it, if the baseline took part; see `interleaving.ts`. */
  team?: Team;
  /** The four inputs that were scored, each in [0, 1]. */
  inputs: Record<InputName, number>;
  /** Each input's contribution to the log-odds (Shapley values); they sum to `logOdds − averageLogOdds`. */
  contributions: Record<InputName, number>;
  /** The log-odds of this shopper's average candidate, the baseline of the contributions. */
  averageLogOdds: number;
  /** Calibrated probabilities of the shopper's next action on it, among all candidates; they sum to 1. */
  outcomes: Record<Outcome, number>;
  reason: Reason;
}

const COALITIONS = 1 << INPUTS;

/** The inputs for explaining picks. */
export interface ExplainSources {
  context: ShopperContext;
  networks: readonly Network[];
  /** The 4 mean inputs over the shelf's candidates. */
  average: Float32Array;
  /** The number of products the shopper may visit next (`candidatesOf`), for the probabilities. */
  candidates: number;
  /** The network's share in the ranking, 0 to 1; the crowd's log-odds have the rest. */
  share: number;
  /** Mean of the candidates' `crowdLogOdds`. */
  averageCrowd: number;
  parts: Parts;
}

/** A pick with the four inputs that ranked it. */
export interface ScoredPick {
  pick: Pick;
  inputs: Float32Array;
}

/**
 * Explains a pick from the same inputs and weights that ranked it: exact Shapley values over the four
 * inputs (Shapley, 1953; Lundberg and Lee, 2017), with all 16 coalitions, where an absent input is
 * replaced by the average of the shopper's own candidates. The crowd's log-odds (`opinionPool.ts`) belong
 * to popularity: Shapley values of a weighted sum are the weighted sums of Shapley values.
 */
export function explain(scored: ScoredPick, sources: ExplainSources): Recommendation {
  const { context, networks, candidates } = sources;
  const { pick, inputs } = scored;
  const { row, propensity, team } = pick;
  const sum = sumOf(scored, sources);
  const probabilities = correctForNegativeSampling(predictMean(networks, inputs), candidates);
  return {
    productId: context.catalog.products[row]!.id,
    score: scoreOf(sum.logOdds),
    logOdds: sum.logOdds,
    uncertainty: uncertainty(networks, inputs)[0]!,
    propensity,
    ...(team && { team }),
    inputs: named(INPUT_NAMES, inputs),
    contributions: named(INPUT_NAMES, sum.contributions),
    averageLogOdds: sum.averageLogOdds,
    outcomes: named(OUTCOMES, probabilities),
    reason: reasonFor(scored, sum, sources),
  };
}

/** The components of a card's log-odds. */
interface Sum {
  averageLogOdds: number;
  contributions: number[];
  logOdds: number;
  logOddsOf(inputs: Float32Array): number;
}

function sumOf({ pick, inputs }: ScoredPick, sources: ExplainSources): Sum {
  const { context, networks, average, share, averageCrowd } = sources;
  const crowd = crowdLogOdds(context.pack.popularity[pick.row]!);
  const pooled = (personal: number) => logOpinionPool(personal, crowd, share);
  const mixed = exactScore(networks, coalitionsOf(inputs, average));
  return {
    averageLogOdds: logOpinionPool(mixed[0]!, averageCrowd, share),
    contributions: shapleyValuesOf(mixed).map((value, index) =>
      logOpinionPool(value, INPUT_NAMES[index] === "popularity" ? crowd - averageCrowd : 0, share),
    ),
    logOdds: pooled(mixed[COALITIONS - 1]!),
    logOddsOf: (other) => pooled(exactScore(networks, other)[0]!),
  };
}

function reasonFor({ pick, inputs }: ScoredPick, sum: Sum, sources: ExplainSources) {
  const { context, parts } = sources;
  const { row, team, pinned } = pick;
  const { contributions, logOdds, logOddsOf } = sum;
  const reason =
    team === "baseline"
      ? plainReason(context, row)
      : reasonOf({ context, row, inputs, parts, contributions, logOdds, logOddsOf });
  return pinned ? { ...reason, pinned } : reason;
}

/** The reason of the baseline, which only uses the last interactions and popularity. */
function plainReason(context: ShopperContext, row: number): Reason {
  const isRecent = context.history.recent.some((visit) => visit.row === row);
  return (isRecent && ownReason(context, row)) || crowdReason(context, row);
}

/** Mean of each input over the candidates, [n × 4] → [4]; zeros without candidates. */
export function averageInputs(inputs: Float32Array): Float32Array {
  const average = new Float32Array(INPUTS);
  for (let index = 0; index < inputs.length; index++) average[index % INPUTS]! += inputs[index]!;
  const count = Math.max(1, inputs.length / INPUTS);
  return average.map((sum) => sum / count);
}

/** `score` in double precision, [n × 4] → [n], because contributions must sum exactly. */
export function exactScore(networks: readonly Network[], inputs: Float32Array): Float64Array {
  const scores = new Float64Array(inputs.length / INPUTS);
  const logits = new Float64Array(OUTPUTS);
  for (let row = 0; row < scores.length; row++) {
    let sum = 0;
    for (const network of networks) {
      writeLogits(network, inputs, row * INPUTS, logits);
      sum += logOddsOf(logits);
    }
    scores[row] = sum / networks.length;
  }
  return scores;
}

/** Shapley values of the four inputs in the mean log-odds of the networks. */
export function shapleyValues(
  networks: readonly Network[],
  inputs: Float32Array,
  average: Float32Array,
): number[] {
  return shapleyValuesOf(exactScore(networks, coalitionsOf(inputs, average)));
}

/** [16 × 4]: bit i of a coalition's index says that input i is present; the others are average. */
function coalitionsOf(inputs: Float32Array, average: Float32Array): Float32Array {
  const mixes = new Float32Array(COALITIONS * INPUTS);
  for (let index = 0; index < mixes.length; index++) {
    const input = index % INPUTS;
    const isPresent = (index / INPUTS) & (1 << input);
    mixes[index] = isPresent ? inputs[input]! : average[input]!;
  }
  return mixes;
}

/** φᵢ = Σ over coalitions S without i of |S|!(3−|S|)!/4! · (f(S ∪ i) − f(S)); `values` [16] hold f. */
function shapleyValuesOf(values: Float64Array): number[] {
  return INPUT_NAMES.map((_, input) => {
    let sum = 0;
    for (let coalition = 0; coalition < COALITIONS; coalition++) {
      if (coalition & (1 << input)) continue;
      sum +=
        WEIGHT_BY_SIZE[bitsIn(coalition)]! *
        (values[coalition | (1 << input)]! - values[coalition]!);
    }
    return sum;
  });
}

/** |S|!(3−|S|)!/4! for |S| = 0 … 3. */
const WEIGHT_BY_SIZE = [1 / 4, 1 / 12, 1 / 12, 1 / 4];

function bitsIn(coalition: number): number {
  return (coalition & 1) + ((coalition >> 1) & 1) + ((coalition >> 2) & 1) + ((coalition >> 3) & 1);
}

function named<Name extends string>(names: readonly Name[], values: ArrayLike<number>) {
  const record: Partial<Record<Name, number>> = {};
  for (let index = 0; index < names.length; index++) record[names[index]!] = values[index]!;
  return record as Record<Name, number>;
}
