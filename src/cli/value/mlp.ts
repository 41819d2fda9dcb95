import { createRandom, shuffle } from "../../engine/kit/random.ts";

export interface MlpOptions {
  hidden: number;
  epochs: number;
  batchSize: number;
  learningRate: number;
  /** Penalty on the sum of squared weights. */
  l2: number;
  seed: number;
}

/** One hidden layer, as the networks of Sakar et al. (2019), of as many units as the intent network has. */
export const PEER_MLP: MlpOptions = {
  hidden: 10,
  epochs: 40,
  batchSize: 64,
  learningRate: 0.005,
  l2: 1e-3,
  seed: 1,
};

/**
 * A peer for measurements: one hidden layer of sigmoid units and one output, any number of inputs, trained
 * with Adam (Kingma and Ba, 2015) on the cross-entropy.
 * @param rows standardized by the caller.
 * @returns the chance of a hit.
 */
export function trainMlp(
  rows: readonly (readonly number[])[],
  hits: readonly boolean[],
  options: MlpOptions = PEER_MLP,
): (row: readonly number[]) => number {
  const random = createRandom(options.seed);
  const inputs = rows[0]!.length;
  const size = options.hidden * (inputs + 2) + 1;
  const weights = Float64Array.from({ length: size }, () => 0.3 * random.normal());
  const { learningRate, l2 } = options;
  const moments = { first: new Float64Array(size), second: new Float64Array(size) };
  const adam = { ...moments, step: 0, learningRate, l2 };
  const order = Uint32Array.from(rows, (_, index) => index);
  const gradient = new Float64Array(size);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += options.batchSize) {
      const batch = order.subarray(from, from + options.batchSize);
      gradient.fill(0);
      for (const index of batch) {
        addGradient(weights, gradient, {
          row: rows[index]!,
          hit: hits[index]!,
          scale: 1 / batch.length,
        });
      }
      takeStep(weights, gradient, adam);
    }
  }
  return (row) => forward(weights, row).chance;
}

const sigmoid = (value: number) => 1 / (1 + Math.exp(-value));

/** For each hidden unit: a weight per input, its bias, its output weight; then the output's bias. */
function forward(weights: Float64Array, row: readonly number[]) {
  const stride = row.length + 2;
  const units = (weights.length - 1) / stride;
  const active = new Float64Array(units);
  let sum = weights[weights.length - 1]!;
  for (let unit = 0; unit < units; unit++) {
    const at = unit * stride;
    let own = weights[at + row.length]!;
    for (let input = 0; input < row.length; input++) own += weights[at + input]! * row[input]!;
    active[unit] = sigmoid(own);
    sum += active[unit]! * weights[at + row.length + 1]!;
  }
  return { active, chance: sigmoid(sum) };
}

function addGradient(
  weights: Float64Array,
  gradient: Float64Array,
  { row, hit, scale }: { row: readonly number[]; hit: boolean; scale: number },
): void {
  const { active, chance } = forward(weights, row);
  const error = scale * (chance - (hit ? 1 : 0));
  const stride = row.length + 2;
  gradient[gradient.length - 1]! += error;
  for (let unit = 0; unit < active.length; unit++) {
    const at = unit * stride;
    const own = active[unit]!;
    gradient[at + row.length + 1]! += error * own;
    const back = error * weights[at + row.length + 1]! * own * (1 - own);
    gradient[at + row.length]! += back;
    for (let input = 0; input < row.length; input++) gradient[at + input]! += back * row[input]!;
  }
}

/** The state of the Adam optimizer (Kingma and Ba, 2015). */
interface Adam extends Pick<MlpOptions, "learningRate" | "l2"> {
  first: Float64Array;
  second: Float64Array;
  step: number;
}

function takeStep(weights: Float64Array, gradient: Float64Array, adam: Adam): void {
  adam.step++;
  const [firstScale, secondScale] = [1 - 0.9 ** adam.step, 1 - 0.999 ** adam.step];
  for (let index = 0; index < weights.length; index++) {
    const slope = gradient[index]! + 2 * adam.l2 * weights[index]!;
    adam.first[index] = 0.9 * adam.first[index]! + 0.1 * slope;
    adam.second[index] = 0.999 * adam.second[index]! + 0.001 * slope * slope;
    const mean = adam.first[index]! / firstScale;
    weights[index]! -=
      (adam.learningRate * mean) / (Math.sqrt(adam.second[index]! / secondScale) + 1e-7);
  }
}
