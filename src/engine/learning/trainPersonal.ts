import { eachSlice } from "../kit/scheduler.ts";
import { INPUTS, type Network, OUTPUTS, writeLogits } from "../network/network.ts";
import { logOddsOf } from "../network/score.ts";
import type { ExampleSet } from "./examples.ts";
import { type TrainControls, type TrainResult, train } from "./train.ts";
import { DEFAULT_TRAIN_OPTIONS, type Trainer, type TrainOptions } from "./training.ts";

/**
 * Pull back to the prior weights, so that a few clicks cannot override the crowd's knowledge. It is
 * stronger the fewer they are, like a Gaussian prior's share of the mean loss. Chosen on shoppers' later
 * baskets (bench/ABLATION.md).
 */
const ELASTIC = 0.02;
const ELASTIC_INTERACTIONS = 50;

/**
 * A network stops after this many steps without a better held-out loss, rounded up to whole epochs: an
 * epoch of a long history takes hundreds of steps, and ten such epochs cost time without a gain
 * (bench/ABLATION.md).
 */
const PATIENCE_STEPS = 500;
/** A single epoch without a better loss may be chance. */
const MIN_PATIENCE = 2;

/** Networks of the ensemble; each leaves out a different share of the examples. */
export const FOLDS = 5;

/** How far a shopper's own networks replace the prior. */
const SHARES = [0.25, 0.5, 0.75, 1] as const;
/** The gain must exceed this many standard errors, to distinguish taste from luck. */
const STANDARD_ERRORS = 2;

export interface PersonalResult extends TrainResult {
  /** The share of the way from the prior to the trained weights, in [0, 1]; 0 keeps the prior. */
  share: number;
}

/**
 * Trains one shopper's networks from the prior, and moves towards them as far as the interactions they
 * did not learn from support. Weights between those before and after a training rank well, and more
 * robustly than either (Wortsman et al., 2022, Robust fine-tuning of zero-shot models).
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

/** The training options for a shopper's own networks. */
export function personalOptions(
  { size, outcomes }: ExampleSet,
  prior: Network,
  seed: number,
): Partial<TrainOptions> {
  const interactions = outcomes.reduce((count, outcome) => count + (outcome > 0 ? 1 : 0), 0);
  const elastic = ELASTIC * Math.max(1, ELASTIC_INTERACTIONS / Math.max(1, interactions));
  const patience = patienceFor(size);
  return { seed, prior: prior.weights, elastic, patience, networks: FOLDS, vary: "fold" };
}

/** Epochs without a better held-out loss, for a history with so many examples. */
function patienceFor(examples: number): number {
  const { validationSplit, batchSize, patience } = DEFAULT_TRAIN_OPTIONS;
  const learned = examples * (1 - validationSplit) * (1 - 1 / FOLDS);
  const epochs = Math.ceil((PATIENCE_STEPS * batchSize) / Math.max(1, learned));
  return Math.min(patience, Math.max(MIN_PATIENCE, epochs));
}

/**
 * The share whose gain is most certain: the highest mean minus `STANDARD_ERRORS`, or 0 if none is above
 * 0.
 * @param gains per share, how much lower each interaction's loss is than with the prior.
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
 * An interaction and the products passed over for it: examples from `start` to before `end`, the
 * interaction first.
 */
interface Interaction {
  start: number;
  end: number;
}

function interactionsOf({ outcomes }: ExampleSet, until: number): Interaction[] {
  const starts = [...outcomes.subarray(0, until).keys()].filter((index) => outcomes[index]! > 0);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? until }));
}

/**
 * The surprise of the interaction with this product among all of them: −ln softmax of the log-odds. It
 * depends only on the ranking, whereas cross-entropy also falls when probabilities are corrected without
 * changing the ranking. Each example is judged by a network that did not learn from it.
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
