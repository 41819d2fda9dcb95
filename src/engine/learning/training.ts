import { VitrineError } from "../kit/message.ts";
import { createRandom, shuffle } from "../kit/random.ts";
import {
  type Activation,
  INPUTS,
  NETWORK_SIZE,
  type Network,
  OUTPUTS,
  writeLogits,
} from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import { initialWeights } from "./initialWeights.ts";

/**
 * The parts that all trainers share: the options, the order of the examples, the state that passes from
 * epoch to epoch (and from trainer to trainer if one fails), early stopping and the result. A trainer
 * itself only advances the state by one epoch.
 */
export interface TrainOptions {
  epochs: number;
  batchSize: number;
  /** Adam (Kingma and Ba, 2015). */
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  activation: Activation;
  /** Penalty on the sum of absolute kernel weights. */
  l1: number;
  /** Penalty on the sum of squared kernel weights. */
  l2: number;
  /** Penalty on the sum of squared distances of all parameters to `prior`. */
  elastic: number;
  /** 105 parameters to start from and be pulled to. Default: fresh weights, pulled to zero. */
  prior: Float32Array | undefined;
  /** Inputs are shifted by uniform noise in [−noise, noise] each time they are used. */
  noise: number;
  /** Share of the latest examples held out to decide when to stop; in [0, 0.5]. */
  validationSplit: number;
  /** Epochs without a better held-out loss before a network stops. */
  patience: number;
  /** How many networks are trained at once. */
  networks: number;
  /** How they differ: in start and order only, by a bootstrap sample, or by a left-out fold. */
  vary: "seed" | "bootstrap" | "fold";
  seed: number;
}

/** The article's values, where it gives them. */
export const DEFAULT_TRAIN_OPTIONS: TrainOptions = {
  epochs: 100,
  batchSize: 32,
  learningRate: 0.001,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  activation: "relu",
  l1: 0,
  l2: 0,
  elastic: 0,
  prior: undefined,
  noise: 0,
  validationSplit: 0.2,
  patience: 10,
  networks: 1,
  vary: "seed",
  seed: 1,
};

export interface EpochReport {
  /** From 1. */
  epoch: number;
  epochs: number;
  /** Mean cross-entropy over the epoch's batches, as they were processed; mean over networks. */
  loss: number;
  /** Mean cross-entropy on the held-out examples after the epoch; undefined if there are none. */
  validationLoss: number | undefined;
}

/** One training job, fixed before the first epoch. */
export interface TrainingRun {
  readonly options: TrainOptions;
  readonly examples: ExampleSet;
  /** Examples network k learns from, the same number for each. */
  readonly members: readonly Uint32Array[];
  /** The first held-out example; it and all later ones are not trained on. */
  readonly validationFrom: number;
}

/** Everything needed to continue after an epoch, on any trainer. */
export interface TrainingState extends Optimized {
  epoch: number;
  /** The best weights so far by held-out loss (the latest if nothing is held out). */
  best: Float64Array;
  bestLoss: Float64Array;
  bestEpoch: Uint32Array;
  history: EpochReport[];
}

/** One way of training. */
export interface Trainer {
  readonly name: TrainerName;
  /** Prepares a run. Rejects if this device does not support it. */
  begin(run: TrainingRun): Promise<EpochRunner>;
}

export type TrainerName = "plain" | "webgl";

export interface EpochRunner {
  /** Trains one epoch from `state`, which it does not change. */
  epoch(state: Readonly<TrainingState>, signal: AbortSignal): Promise<TrainedEpoch>;
  dispose(): void;
}

/** The result of one epoch. */
export interface TrainedEpoch extends Optimized {
  /** Mean cross-entropy of the examples as they were processed, over all networks. */
  loss: number;
}

/** The part of the state that the optimizer moves, [networks × 105] each. */
export interface Optimized {
  /** Adam steps taken. */
  step: number;
  weights: Float64Array;
  firstMoment: Float64Array;
  secondMoment: Float64Array;
}

/**
 * @throws {RangeError} for invalid options, naming the option and its value.
 */
export function prepareRun(examples: ExampleSet, given: Partial<TrainOptions> = {}): TrainingRun {
  const options = { ...DEFAULT_TRAIN_OPTIONS, ...given };
  checkOptions(options);
  const validation = Math.floor(examples.size * options.validationSplit);
  const validationFrom = examples.size - validation;
  return { options, examples, validationFrom, members: membersOf(validationFrom, options) };
}

/** Inclusive bounds of each option; counts are whole numbers. */
const BOUNDS = {
  epochs: { min: 1, max: 1_000_000, isCount: true },
  batchSize: { min: 1, max: 1_000_000, isCount: true },
  networks: { min: 1, max: 1024, isCount: true },
  patience: { min: 1, max: Number.POSITIVE_INFINITY, isCount: false },
  learningRate: { min: Number.MIN_VALUE, max: 10, isCount: false },
  beta1: { min: 0, max: 1 - Number.EPSILON, isCount: false },
  beta2: { min: 0, max: 1 - Number.EPSILON, isCount: false },
  epsilon: { min: Number.MIN_VALUE, max: 1, isCount: false },
  l1: { min: 0, max: 1e6, isCount: false },
  l2: { min: 0, max: 1e6, isCount: false },
  elastic: { min: 0, max: 1e6, isCount: false },
  noise: { min: 0, max: 1, isCount: false },
  validationSplit: { min: 0, max: 0.5, isCount: false },
};

function checkOptions(options: TrainOptions): void {
  for (const [name, { min, max, isCount }] of Object.entries(BOUNDS)) {
    const value = options[name as keyof typeof BOUNDS];
    if (value >= min && value <= max && (!isCount || Number.isInteger(value))) continue;
    const kind = isCount ? "a whole number" : "a number";
    throw new RangeError(`train: ${name} is ${value}, expected ${kind} from ${min} to ${max}`);
  }
  if (options.prior && options.prior.length !== NETWORK_SIZE) {
    throw new RangeError(
      `train: prior has ${options.prior.length} weights, expected ${NETWORK_SIZE}`,
    );
  }
}

function membersOf(count: number, options: TrainOptions): Uint32Array[] {
  const all = Uint32Array.from({ length: count }, (_, index) => index);
  const { networks, vary } = options;
  return Array.from({ length: networks }, (_, k) => {
    const random = createRandom(options.seed + 7919 * k);
    if (vary === "bootstrap") return all.map(() => random.integer(count));
    if (vary !== "fold" || networks === 1) return all;
    const size = count - Math.ceil(count / networks);
    return all.filter((index) => index % networks !== k).slice(0, size);
  });
}

/** The order in which network `k` sees its examples in an epoch (from 0); the same on all trainers. */
export function epochOrder(run: TrainingRun, k: number, epoch: number): Uint32Array {
  const random = createRandom(run.options.seed + 7919 * k + 104_729 * (epoch + 1));
  return shuffle(run.members[k]!.slice(), random);
}

export function stepsPerEpoch({ members, options }: TrainingRun): number {
  return Math.ceil(members[0]!.length / options.batchSize);
}

export function startState({ options }: TrainingRun): TrainingState {
  const size = options.networks * NETWORK_SIZE;
  const weights = new Float64Array(size);
  for (let k = 0; k < options.networks; k++) {
    const random = createRandom(options.seed + 7919 * k);
    weights.set(options.prior ?? initialWeights(random), k * NETWORK_SIZE);
  }
  return {
    epoch: 0,
    step: 0,
    weights,
    firstMoment: new Float64Array(size),
    secondMoment: new Float64Array(size),
    best: weights.slice(),
    bestLoss: new Float64Array(options.networks).fill(Number.POSITIVE_INFINITY),
    bestEpoch: new Uint32Array(options.networks),
    history: [],
  };
}

/**
 * Applies an epoch's result to the state.
 * @throws {Error} if any number in it is not finite; the state is then unchanged.
 */
export function applyEpoch(state: TrainingState, epoch: TrainedEpoch): void {
  const { loss, step, weights, firstMoment, secondMoment } = epoch;
  for (const values of [[loss], weights, firstMoment, secondMoment]) {
    const broken = values.find((value) => !Number.isFinite(value));
    if (broken !== undefined) throw notFinite(broken, state.epoch + 1);
  }
  Object.assign(state, { step, weights, firstMoment, secondMoment, epoch: state.epoch + 1 });
}

function notFinite(value: number, epoch: number): VitrineError {
  return new VitrineError("not-finite", `train: a value became ${value} in epoch ${epoch}`, {
    epoch,
  });
}

/**
 * Records an epoch: held-out loss, best weights, history. Initial weights from a prior count as epoch 0,
 * so a training that does not help leaves the prior in place.
 * @returns true when every network has stopped improving.
 */
export function recordEpoch(run: TrainingRun, state: TrainingState, loss: number): boolean {
  const { networks, patience, epochs } = run.options;
  const hasValidation = run.validationFrom < run.examples.size;
  let total = 0;
  let running = 0;
  for (let k = 0; k < networks; k++) {
    const own = hasValidation ? heldOutLoss(run, networkOf(run, state.weights, k)) : -state.epoch;
    total += own;
    if (state.epoch - state.bestEpoch[k]! > patience && hasValidation) continue;
    keepBest(state, k, own);
    if (state.epoch - state.bestEpoch[k]! < patience) running++;
  }
  if (state.epoch > 0) {
    const validationLoss = hasValidation ? total / networks : undefined;
    state.history.push({ epoch: state.epoch, epochs, loss, validationLoss });
  }
  return running === 0;
}

function keepBest(state: TrainingState, k: number, loss: number): void {
  if (!(loss < state.bestLoss[k]!)) return;
  state.bestLoss[k] = loss;
  state.bestEpoch[k] = state.epoch;
  const from = k * NETWORK_SIZE;
  state.best.set(state.weights.subarray(from, from + NETWORK_SIZE), from);
}

export function networkOf(run: TrainingRun, weights: Float64Array, k: number): Network {
  const from = k * NETWORK_SIZE;
  return {
    weights: Float32Array.from(weights.subarray(from, from + NETWORK_SIZE)),
    activation: run.options.activation,
  };
}

/** Weighted mean cross-entropy of a network over the held-out examples. */
export function heldOutLoss({ examples, validationFrom }: TrainingRun, network: Network): number {
  return crossEntropy(network, examples, { from: validationFrom });
}

/**
 * Mean cross-entropy of the examples, each under the one network that did not learn from it. Undefined if
 * the run leaves out no folds. Unlike a training loss it does not reward overfitting.
 */
export function outOfFoldLoss(
  { examples, validationFrom, options }: TrainingRun,
  networks: readonly Network[],
): number | undefined {
  const folds = networks.length;
  if (options.vary !== "fold" || folds < 2 || validationFrom < folds) return undefined;
  let loss = 0;
  let weight = 0;
  for (let index = 0; index < validationFrom; index++) {
    const own = examples.weights[index]!;
    loss += own * crossEntropy(networks[index % folds]!, examples, { from: index, to: index + 1 });
    weight += own;
  }
  return loss / weight;
}

/** Weighted mean cross-entropy over the examples from `from` to before `to`; default: all. */
export function crossEntropy(
  network: Network,
  examples: ExampleSet,
  { from = 0, to = examples.size } = {},
): number {
  const logits = new Float64Array(OUTPUTS);
  let loss = 0;
  let weights = 0;
  for (let index = from; index < to; index++) {
    writeLogits(network, examples.inputs, index * INPUTS, logits);
    const weight = examples.weights[index]!;
    loss += weight * (logSumExp(logits) - logits[examples.outcomes[index]!]!);
    weights += weight;
  }
  return weights === 0 ? 0 : loss / weights;
}

/** ln Σ exp of five logits, without overflow. Unrolled, because it runs for each held-out example. */
export function logSumExp(logits: Float64Array): number {
  const z0 = logits[0]!;
  const z1 = logits[1]!;
  const z2 = logits[2]!;
  const z3 = logits[3]!;
  const z4 = logits[4]!;
  const max = Math.max(z0, z1, z2, z3, z4);
  const sum =
    Math.exp(z0 - max) +
    Math.exp(z1 - max) +
    Math.exp(z2 - max) +
    Math.exp(z3 - max) +
    Math.exp(z4 - max);
  return max + Math.log(sum);
}

/**
 * Noise for one input, uniform in [−1, 1): a 32-bit hash of its position, so that every trainer draws the
 * same (a shader has no stateful generator). It is called for each input of each example: an options
 * object would cost more than the hash.
 */
export function noiseAt(seed: number, epoch: number, example: number, input: number): number {
  let hash = (seed ^ Math.imul(example, 0x9e3779b1) ^ Math.imul(epoch, 0x85ebca6b)) >>> 0;
  hash = Math.imul(hash ^ Math.imul(input + 1, 0xc2b2ae35) ^ (hash >>> 16), 0x7feb352d) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 8) / 2 ** 23 - 1;
}
