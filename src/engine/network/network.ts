/**
 * The 4→10→5 network: the layout of its 105 parameters, and its forward pass.
 * The layout is row-major and the same for every trainer, in the order of a tfjs layers model: hidden
 * kernel [4, 10], hidden bias [10], output kernel [10, 5], output bias [5].
 */
export const INPUT_NAMES = ["coVisitation", "ownHistory", "contentFit", "popularity"] as const;
export type InputName = (typeof INPUT_NAMES)[number];

/** The shopper's next action on a product, from nothing to buying it. */
export const OUTCOMES = ["ignore", "view", "consider", "cart", "buy"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const INPUTS = 4;
export const HIDDEN = 10;
export const OUTPUTS = 5;
export const HIDDEN_BIAS = INPUTS * HIDDEN;
export const OUTPUT_KERNEL = HIDDEN_BIAS + HIDDEN;
export const OUTPUT_BIAS = OUTPUT_KERNEL + HIDDEN * OUTPUTS;
export const NETWORK_SIZE = OUTPUT_BIAS + OUTPUTS;

/** Activation of the hidden units; the article's formula uses the sigmoid, its code ReLU. */
export type Activation = "relu" | "sigmoid";

export interface Network {
  /** The 105 parameters, in the layout above. */
  weights: Float32Array;
  activation: Activation;
}

/**
 * Logits (before the softmax) of one example.
 * @param inputs 4 values from `offset`.
 * @param logits receives 5 values from 0.
 */
export function writeLogits(
  network: Network,
  inputs: Float32Array,
  offset: number,
  logits: Float64Array,
): void {
  // The hot loop of every shelf: it has fixed sizes, allocates nothing and skips silent units.
  const { weights: w } = network;
  const isRelu = network.activation === "relu";
  const x0 = inputs[offset]!;
  const x1 = inputs[offset + 1]!;
  const x2 = inputs[offset + 2]!;
  const x3 = inputs[offset + 3]!;
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
    if (active === 0) continue;
    const out = OUTPUT_KERNEL + unit * OUTPUTS;
    z0 += active * w[out]!;
    z1 += active * w[out + 1]!;
    z2 += active * w[out + 2]!;
    z3 += active * w[out + 3]!;
    z4 += active * w[out + 4]!;
  }
  logits[0] = z0;
  logits[1] = z1;
  logits[2] = z2;
  logits[3] = z3;
  logits[4] = z4;
}

/** The five outcome probabilities of one example; they sum to 1. */
export function predict(network: Network, inputs: Float32Array, offset = 0): Float64Array {
  const chances = new Float64Array(OUTPUTS);
  writeLogits(network, inputs, offset, chances);
  let highest = chances[0]!;
  for (let output = 1; output < OUTPUTS; output++) {
    if (chances[output]! > highest) highest = chances[output]!;
  }
  let total = 0;
  for (let output = 0; output < OUTPUTS; output++) {
    chances[output] = Math.exp(chances[output]! - highest);
    total += chances[output]!;
  }
  for (let output = 0; output < OUTPUTS; output++) chances[output]! /= total;
  return chances;
}

/** Mean of the five outcome probabilities over several networks. */
export function predictMean(networks: readonly Network[], inputs: Float32Array): Float64Array {
  const mean = new Float64Array(OUTPUTS);
  for (const network of networks) {
    const chances = predict(network, inputs);
    for (let output = 0; output < OUTPUTS; output++) {
      mean[output]! += chances[output]! / networks.length;
    }
  }
  return mean;
}
