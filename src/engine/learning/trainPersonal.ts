import { runSliced, type Steps } from "../kit/scheduler.ts";
import { INPUTS, type Network, OUTPUTS, writeLogits } from "../network/network.ts";
import { logOddsOf } from "../network/score.ts";
import type { ExampleSet } from "./examples.ts";
import { type TrainControls, type TrainResult, train } from "./train.ts";
import type { Trainer, TrainOptions } from "./training.ts";

/**
 * Pull back to the prior weights, so that a few clicks cannot overturn what the crowd knows: the more so
 * the fewer they are, as a Gaussian prior's share of the mean loss grows. Chosen on shoppers' later baskets
 * (bench/ABLATION.md).
 */
const ELASTIC = 0.02;
const ELASTIC_INTERACTIONS = 50;

/** Networks of the ensemble, each of which leaves another share of the examples out. */
export const FOLDS = 5;

/** How far a shopper's own networks may replace the prior. */
const SHARES = [0.25, 0.5, 0.75, 1] as const;
/** What they gain must exceed so many standard errors: one shopper's luck is no taste. */
const STANDARD_ERRORS = 2;

export interface PersonalResult extends TrainResult {
  /** How much of the way from the prior to the trained weights is gone, in [0, 1]; 0: the prior stays. */
  share: number;
}

/**
 * Trains one shopper's networks from the prior, and goes as far towards them as the turns that they did
 * not learn from bear out. Weights between those before and after a training rank well, and surer than
 * either (Wortsman et al., 2022, Robust fine-tuning of zero-shot models).
 */
export async function trainPersonal(
  examples: ExampleSet,
  { prior, seed }: { prior: Network; seed: number },
  trainers: readonly Trainer[],
  controls: TrainControls = {},
): Promise<PersonalResult> {
  const options = personalOptions(examples, prior, seed);
  const result = await train(examples, options, trainers, controls);
  const between = (share: number) => result.networks.map((own) => blend(prior, own, share));
  const lossesOf = (networks: readonly Network[]) =>
    runSliced(interactionLosses(examples, networks, result.validationFrom), controls);
  const known = await lossesOf([prior]);
  const gains: number[][] = [];
  for (const way of SHARES) {
    const losses = await lossesOf(between(way));
    gains.push(losses.map((loss, interaction) => known[interaction]! - loss));
  }
  const share = selectInterpolation(gains);
  return { ...result, share, networks: share === 0 ? [prior] : between(share) };
}

/** How a shopper's own networks are trained. */
export function personalOptions(
  { outcomes }: ExampleSet,
  prior: Network,
  seed: number,
): Partial<TrainOptions> {
  const interactions = outcomes.reduce((count, outcome) => count + (outcome > 0 ? 1 : 0), 0);
  const elastic = ELASTIC * Math.max(1, ELASTIC_INTERACTIONS / Math.max(1, interactions));
  return { seed, prior: prior.weights, elastic, networks: FOLDS, vary: "fold" };
}

/**
 * The share whose gain is surest above nothing: the highest mean less `STANDARD_ERRORS`, 0 where none is
 * above 0.
 * @param gains per share, how much less each turn's loss is than with the prior.
 */
export function selectInterpolation(gains: readonly (readonly number[])[]): number {
  const sure = gains.map(lowerBoundOfGain);
  const max = Math.max(...sure);
  return max > 0 ? SHARES[sure.indexOf(max)]! : 0;
}

function lowerBoundOfGain(gains: readonly number[]): number {
  const n = gains.length;
  if (n < 2) return 0;
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / n;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (n - 1);
  return mean - STANDARD_ERRORS * Math.sqrt(variance / n);
}

/**
 * Per turn, the surprise that of all its products the shopper turned to this one: −ln softmax of the
 * log-odds. It rises and falls with the ranking only; cross-entropy falls too when chances are put right
 * that rank the same. Each example is judged by a network that did not learn from it.
 */
function* interactionLosses(
  examples: ExampleSet,
  networks: readonly Network[],
  validationFrom: number,
): Steps<number[]> {
  const losses: number[] = [];
  const logits = new Float64Array(OUTPUTS);
  let start = 0;
  for (let end = 1; end <= validationFrom; end++) {
    if (end < validationFrom && examples.outcomes[end] === 0) continue;
    yield;
    const odds = Array.from({ length: end - start }, (_, offset) => {
      const index = start + offset;
      writeLogits(networks[index % networks.length]!, examples.inputs, index * INPUTS, logits);
      return Math.exp(logOddsOf(logits));
    });
    if (examples.outcomes[start]! > 0) {
      losses.push(Math.log(odds.reduce((sum, own) => sum + own, 0) / odds[0]!));
    }
    start = end;
  }
  return losses;
}

function blend(prior: Network, own: Network, share: number): Network {
  const weights = own.weights.map((weight, index) => {
    const from = prior.weights[index]!;
    return from + share * (weight - from);
  });
  return { ...own, weights };
}
