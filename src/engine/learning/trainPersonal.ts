import { eachSlice } from "../kit/scheduler.ts";
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
  { prior, seed, ...controls }: { prior: Network; seed: number } & TrainControls,
  trainers: readonly Trainer[],
): Promise<PersonalResult> {
  const options = personalOptions(examples, prior, seed);
  const result = await train(examples, { ...options, ...controls }, trainers);
  const between = (share: number) => result.networks.map((own) => blend(prior, own, share));
  const interactions = interactionsOf(examples, result.validationFrom);
  const lossesOf = async (networks: readonly Network[]) => {
    const losses: number[] = [];
    await eachSlice(interactions, (interaction) => {
      controls.signal?.throwIfAborted();
      losses.push(interactionLoss(interaction, examples, networks));
    });
    return losses;
  };
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

/** An interaction and what was passed over for it: examples from `start` to before `end`, itself first. */
interface Interaction {
  start: number;
  end: number;
}

function interactionsOf({ outcomes }: ExampleSet, until: number): Interaction[] {
  const starts = [...outcomes.subarray(0, until).keys()].filter((index) => outcomes[index]! > 0);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? until }));
}

/**
 * The surprise that of all its products the shopper interacted with this one: −ln softmax of the
 * log-odds. It rises and falls with the ranking only; cross-entropy falls too when chances are put right
 * that rank the same. Each example is judged by a network that did not learn from it.
 */
function interactionLoss(
  { start, end }: Interaction,
  { inputs }: ExampleSet,
  networks: readonly Network[],
): number {
  const logits = new Float64Array(OUTPUTS);
  const odds = Array.from({ length: end - start }, (_, offset) => {
    const index = start + offset;
    writeLogits(networks[index % networks.length]!, inputs, index * INPUTS, logits);
    return Math.exp(logOddsOf(logits));
  });
  return Math.log(odds.reduce((sum, own) => sum + own, 0) / odds[0]!);
}

function blend(prior: Network, own: Network, share: number): Network {
  const weights = own.weights.map((weight, index) => {
    const from = prior.weights[index]!;
    return from + share * (weight - from);
  });
  return { ...own, weights };
}
