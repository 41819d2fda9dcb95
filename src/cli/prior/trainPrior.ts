import { type ExampleSet, joinExamples } from "../../engine/learning/examples.ts";
import { plainTrainer } from "../../engine/learning/plain.ts";
import { train } from "../../engine/learning/train.ts";
import { type EpochReport, heldOutLoss, prepareRun } from "../../engine/learning/training.ts";
import { INPUTS, OUTPUT_BIAS } from "../../engine/network/network.ts";

/** Share of each log's examples, the latest ones, by which the training is stopped. */
const HELD_OUT = 0.1;
const OPTIONS = {
  epochs: 40,
  batchSize: 128,
  learningRate: 0.005,
  /** Strong, so that weights from one shop also work in another (bench/ABLATION.md). */
  l2: 2e-3,
  patience: 8,
  networks: 6,
};
/**
 * An outcome that the logs never show would end at a bias of −17, from which no shopper's own events
 * could lift it.
 */
const MIN_BIAS = -6;

export interface TrainedPrior {
  /** 105 parameters, see `network.ts`. */
  weights: Float32Array;
  heldOutLoss: number;
  /** Its number among the networks trained, and the epoch it was kept from. */
  network: number;
  networks: number;
  bestEpoch: number;
  epochs: number;
  examples: number;
}

/**
 * Trains the weights every shopper starts from, with the same trainer as in the browser: of several
 * networks the one with the lowest held-out cross-entropy. Deterministic for the same parts and seed.
 * @param parts one set of examples for each log; every log counts the same, however long it is.
 */
export async function trainPrior(
  parts: readonly ExampleSet[],
  { seed, onEpoch }: { seed: number; onEpoch?: (report: EpochReport) => void },
): Promise<TrainedPrior> {
  const { examples, validationSplit } = withLateHeldOut(withEqualSay(parts));
  const options = { ...OPTIONS, seed, validationSplit };
  const result = await train(examples, { ...options, onEpoch }, [plainTrainer]);
  const run = prepareRun(examples, options);
  const losses = result.networks.map((network) => heldOutLoss(run, network));
  const network = losses.indexOf(Math.min(...losses));
  return {
    weights: result.networks[network]!.weights.map((weight, index) =>
      index < OUTPUT_BIAS ? weight : Math.max(weight, MIN_BIAS),
    ),
    heldOutLoss: losses[network]!,
    network,
    networks: OPTIONS.networks,
    bestEpoch: result.bestEpochs[network]!,
    epochs: result.history.length,
    examples: examples.size,
  };
}

/** The latest examples of each part come last, where the trainer holds them out. */
function withLateHeldOut(parts: readonly ExampleSet[]) {
  const cuts = parts.map(({ size }) => Math.floor(size * (1 - HELD_OUT)));
  const early = parts.map((part, index) => sliceExamples(part, 0, cuts[index]!));
  const late = parts.map((part, index) => sliceExamples(part, cuts[index]!, part.size));
  const examples = joinExamples([...early, ...late]);
  const heldOut = late.reduce((sum, part) => sum + part.size, 0);
  return { examples, validationSplit: heldOut / examples.size };
}

/** The examples `from` … `to`. */
export function sliceExamples(set: ExampleSet, from: number, to: number): ExampleSet {
  return {
    size: to - from,
    inputs: set.inputs.slice(from * INPUTS, to * INPUTS),
    outcomes: set.outcomes.slice(from, to),
    weights: set.weights.slice(from, to),
  };
}

function withEqualSay(sets: readonly ExampleSet[]): ExampleSet[] {
  const mean = sets.reduce((sum, set) => sum + set.size, 0) / sets.length;
  return sets.map((set) => ({
    ...set,
    weights: set.weights.map((weight) => (weight * mean) / set.size),
  }));
}
