import { createSlices, type Slices } from "../kit/scheduler.ts";
import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUTS,
  NETWORK_SIZE,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "../network/network.ts";
import {
  type EpochRunner,
  epochOrder,
  noiseAt,
  type Optimized,
  stepsPerEpoch,
  type Trainer,
  type TrainingRun,
} from "./training.ts";

/** Batches between two clock checks. */
const BATCHES_PER_LOOK = 8;

/**
 * The reference trainer: plain loops over typed arrays that allocate nothing inside an epoch. For a
 * network this small it is faster than any GPU round trip.
 */
export const plainTrainer: Trainer = {
  name: "plain",
  begin: (run) => Promise.resolve(createRunner(run)),
};

function createRunner(run: TrainingRun): EpochRunner {
  const gradient = new Float64Array(NETWORK_SIZE);
  const scratch = new Float64Array(HIDDEN);
  const slices = createSlices();
  return {
    async epoch(state, signal) {
      const next = {
        step: state.step + stepsPerEpoch(run),
        weights: state.weights.slice(),
        firstMoment: state.firstMoment.slice(),
        secondMoment: state.secondMoment.slice(),
      };
      let loss = 0;
      for (let k = 0; k < run.options.networks; k++) {
        loss += await trainOne(run, {
          ...next,
          step: state.step,
          epoch: state.epoch,
          k,
          gradient,
          scratch,
          slices,
          signal,
        });
      }
      return { ...next, loss: loss / run.options.networks };
    },
    dispose() {},
  };
}

interface OneNetwork extends Optimized {
  k: number;
  epoch: number;
  gradient: Float64Array;
  scratch: Float64Array;
  slices: Slices;
  signal: AbortSignal;
}

/** One epoch of network k; returns its mean loss per example. */
async function trainOne(run: TrainingRun, one: OneNetwork): Promise<number> {
  const order = epochOrder(run, one.k, one.epoch);
  const from = one.k * NETWORK_SIZE;
  const weights = one.weights.subarray(from, from + NETWORK_SIZE);
  const first = one.firstMoment.subarray(from, from + NETWORK_SIZE);
  const second = one.secondMoment.subarray(from, from + NETWORK_SIZE);
  const { batchSize } = run.options;
  let loss = 0;
  let step = one.step;
  for (let start = 0; start < order.length; start += batchSize) {
    const end = Math.min(order.length, start + batchSize);
    loss += addGradients(run, one.epoch, { ...one, weights, order, start, end });
    addPenalties(run, weights, one.gradient);
    adamStep(run, { weights, first, second, gradient: one.gradient, step: ++step });
    if (step % BATCHES_PER_LOOK === 0 && one.slices.isOver()) {
      await one.slices.next();
      one.signal.throwIfAborted();
    }
  }
  return order.length === 0 ? 0 : loss / order.length;
}

interface Batch {
  weights: Float64Array;
  order: Uint32Array;
  start: number;
  end: number;
  gradient: Float64Array;
  scratch: Float64Array;
}

/**
 * Writes the batch's mean gradient of the cross-entropy and returns its summed loss. One pass per
 * example: hidden layer, logits, softmax, and back. Locals and fixed sizes let the JavaScript compiler
 * avoid memory accesses. Deliberately long: separate functions would have to pass all of these locals.
 */
function addGradients(run: TrainingRun, epoch: number, batch: Batch): number {
  const { weights: w, order, start, end, gradient: g, scratch: hidden } = batch;
  const { inputs, outcomes, weights: exampleWeights } = run.examples;
  const { noise, seed } = run.options;
  const isRelu = run.options.activation === "relu";
  const scale = 1 / (end - start);
  let loss = 0;
  g.fill(0);
  for (let position = start; position < end; position++) {
    const example = order[position]!;
    const at = example * INPUTS;
    let x0 = inputs[at]!;
    let x1 = inputs[at + 1]!;
    let x2 = inputs[at + 2]!;
    let x3 = inputs[at + 3]!;
    if (noise > 0) {
      x0 += noise * noiseAt(seed, epoch, example, 0);
      x1 += noise * noiseAt(seed, epoch, example, 1);
      x2 += noise * noiseAt(seed, epoch, example, 2);
      x3 += noise * noiseAt(seed, epoch, example, 3);
    }
    let z0 = w[OUTPUT_BIAS]!;
    let z1 = w[OUTPUT_BIAS + 1]!;
    let z2 = w[OUTPUT_BIAS + 2]!;
    let z3 = w[OUTPUT_BIAS + 3]!;
    let z4 = w[OUTPUT_BIAS + 4]!;
    for (let unit = 0; unit < HIDDEN; unit++) {
      const sum =
        w[HIDDEN_BIAS + unit]! +
        x0 * w[unit]! +
        x1 * w[HIDDEN + unit]! +
        x2 * w[2 * HIDDEN + unit]! +
        x3 * w[3 * HIDDEN + unit]!;
      const active = isRelu ? Math.max(0, sum) : 1 / (1 + Math.exp(-sum));
      hidden[unit] = active;
      if (active === 0) continue;
      const out = OUTPUT_KERNEL + unit * OUTPUTS;
      z0 += active * w[out]!;
      z1 += active * w[out + 1]!;
      z2 += active * w[out + 2]!;
      z3 += active * w[out + 3]!;
      z4 += active * w[out + 4]!;
    }
    const highest = Math.max(z0, z1, z2, z3, z4);
    let d0 = Math.exp(z0 - highest);
    let d1 = Math.exp(z1 - highest);
    let d2 = Math.exp(z2 - highest);
    let d3 = Math.exp(z3 - highest);
    let d4 = Math.exp(z4 - highest);
    const total = d0 + d1 + d2 + d3 + d4;
    const outcome = outcomes[example]!;
    const target =
      outcome === 0 ? z0 : outcome === 1 ? z1 : outcome === 2 ? z2 : outcome === 3 ? z3 : z4;
    const weight = exampleWeights[example]!;
    loss += weight * (highest + Math.log(total) - target);
    const share = (weight * scale) / total;
    const hit = weight * scale;
    d0 = d0 * share - (outcome === 0 ? hit : 0);
    d1 = d1 * share - (outcome === 1 ? hit : 0);
    d2 = d2 * share - (outcome === 2 ? hit : 0);
    d3 = d3 * share - (outcome === 3 ? hit : 0);
    d4 = d4 * share - (outcome === 4 ? hit : 0);
    g[OUTPUT_BIAS]! += d0;
    g[OUTPUT_BIAS + 1]! += d1;
    g[OUTPUT_BIAS + 2]! += d2;
    g[OUTPUT_BIAS + 3]! += d3;
    g[OUTPUT_BIAS + 4]! += d4;
    for (let unit = 0; unit < HIDDEN; unit++) {
      const active = hidden[unit]!;
      if (active === 0) continue;
      const out = OUTPUT_KERNEL + unit * OUTPUTS;
      const slope = isRelu ? 1 : active * (1 - active);
      const back =
        slope *
        (d0 * w[out]! + d1 * w[out + 1]! + d2 * w[out + 2]! + d3 * w[out + 3]! + d4 * w[out + 4]!);
      g[out]! += active * d0;
      g[out + 1]! += active * d1;
      g[out + 2]! += active * d2;
      g[out + 3]! += active * d3;
      g[out + 4]! += active * d4;
      g[HIDDEN_BIAS + unit]! += back;
      g[unit]! += x0 * back;
      g[HIDDEN + unit]! += x1 * back;
      g[2 * HIDDEN + unit]! += x2 * back;
      g[3 * HIDDEN + unit]! += x3 * back;
    }
  }
  return loss;
}

/** Adds the slopes of L1 and L2 (kernels only) and of the elastic pull (all parameters). */
function addPenalties(
  { options }: TrainingRun,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const { l1, l2, elastic, prior } = options;
  if (l1 === 0 && l2 === 0 && elastic === 0) return;
  for (let index = 0; index < NETWORK_SIZE; index++) {
    const weight = weights[index]!;
    if (isKernel(index)) gradient[index]! += l1 * Math.sign(weight) + 2 * l2 * weight;
    gradient[index]! += 2 * elastic * (weight - (prior?.[index] ?? 0));
  }
}

function isKernel(index: number): boolean {
  return index < HIDDEN_BIAS || (index >= OUTPUT_KERNEL && index < OUTPUT_BIAS);
}

interface AdamStep {
  weights: Float64Array;
  first: Float64Array;
  second: Float64Array;
  gradient: Float64Array;
  step: number;
}

function adamStep(
  { options }: TrainingRun,
  { weights, first, second, gradient, step }: AdamStep,
): void {
  const { learningRate, beta1, beta2, epsilon } = options;
  const firstScale = 1 / (1 - beta1 ** step);
  const secondScale = 1 / (1 - beta2 ** step);
  for (let index = 0; index < NETWORK_SIZE; index++) {
    const slope = gradient[index]!;
    const mean = beta1 * first[index]! + (1 - beta1) * slope;
    const square = beta2 * second[index]! + (1 - beta2) * slope * slope;
    first[index] = mean;
    second[index] = square;
    weights[index]! -=
      (learningRate * mean * firstScale) / (Math.sqrt(square * secondScale) + epsilon);
  }
}
