import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { learnableExamples, randomNetwork } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import { HIDDEN, INPUTS, NETWORK_SIZE, OUTPUTS } from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import { plainTrainer } from "./plain.ts";
import { train } from "./train.ts";
import {
  epochOrder,
  noiseAt,
  prepareRun,
  startState,
  type TrainingRun,
  type TrainOptions,
} from "./training.ts";

/**
 * An independent oracle: tfjs's automatic differentiation and its Adam, on the same examples in the same
 * order. It uses none of our forward pass, gradients or optimizer.
 */
const SHAPES: [number, number][] = [
  [INPUTS, HIDDEN],
  [1, HIDDEN],
  [HIDDEN, OUTPUTS],
  [1, OUTPUTS],
];
const KERNELS = [0, 2];

beforeAll(() => tf.setBackend("cpu"));

function split(weights: ArrayLike<number>): tf.Tensor2D[] {
  let at = 0;
  return SHAPES.map(([rows, columns]) => {
    const part = Array.from({ length: rows * columns }, (_, index) => weights[at + index]!);
    at += part.length;
    return tf.tensor2d(part, [rows, columns]);
  });
}

function joined(tensors: tf.Tensor[]): number[] {
  return tensors.flatMap((tensor) => [...tensor.dataSync()]);
}

/** The objective of one batch, directly from its definition. */
function objective(run: TrainingRun, epoch: number, batch: Uint32Array, weights: tf.Tensor2D[]) {
  const { examples, options } = run;
  const inputs = tf.tensor2d(
    [...batch].map((example) =>
      Array.from({ length: INPUTS }, (_, input) => {
        const noise = options.noise * noiseAt(options.seed, epoch, example, input);
        return examples.inputs[example * INPUTS + input]! + noise;
      }),
    ),
  );
  const labels = tf.oneHot(
    tf.tensor1d(
      [...batch].map((e) => examples.outcomes[e]!),
      "int32",
    ),
    OUTPUTS,
  );
  const sums = inputs.matMul(weights[0]!).add(weights[1]!);
  const hidden = options.activation === "relu" ? sums.relu() : sums.sigmoid();
  const logits = hidden.matMul(weights[2]!).add(weights[3]!);
  const losses = labels.toFloat().mul(tf.logSoftmax(logits)).sum(1).neg();
  const shares = tf.tensor1d([...batch].map((example) => examples.weights[example]!));
  let total = losses.mul(shares).mean();
  const prior = split(options.prior ?? new Float32Array(NETWORK_SIZE));
  for (const kernel of KERNELS) {
    total = total.add(weights[kernel]!.abs().sum().mul(options.l1));
    total = total.add(weights[kernel]!.square().sum().mul(options.l2));
  }
  weights.forEach((part, index) => {
    total = total.add(part.sub(prior[index]!).square().sum().mul(options.elastic));
  });
  return total.asScalar();
}

function oracleGradient(run: TrainingRun, weights: ArrayLike<number>): number[] {
  const all = Uint32Array.from({ length: run.examples.size }, (_, index) => index);
  return tf.tidy(() => {
    const slopes = tf.grads((...parts: tf.Tensor[]) =>
      objective(run, 0, all, parts as tf.Tensor2D[]),
    );
    return joined(slopes(split(weights)));
  });
}

function oracleTraining(run: TrainingRun, k: number): number[] {
  const { options } = run;
  const start = startState(run).weights.subarray(k * NETWORK_SIZE, (k + 1) * NETWORK_SIZE);
  const variables = split(start).map((part) => tf.variable(part));
  const { learningRate, beta1, beta2, epsilon } = options;
  const optimizer = tf.train.adam(learningRate, beta1, beta2, epsilon);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    const order = epochOrder(run, k, epoch);
    for (let at = 0; at < order.length; at += options.batchSize) {
      const batch = order.subarray(at, at + options.batchSize);
      optimizer.minimize(
        () => objective(run, epoch, batch, variables as unknown as tf.Tensor2D[]),
        false,
        variables,
      );
    }
  }
  const weights = joined(variables);
  tf.dispose(variables);
  optimizer.dispose();
  return weights;
}

/** Examples with different weights, as recency produces them. */
function weighted(size: number): ExampleSet {
  const examples = learnableExamples(size);
  const random = createRandom(9);
  return { ...examples, weights: examples.weights.map(() => 0.2 + 1.6 * random.next()) };
}

const prior = randomNetwork(4).weights;
const OPTIONS: [string, Partial<TrainOptions>][] = [
  ["nothing else", {}],
  ["L1", { l1: 0.003 }],
  ["L2", { l2: 0.01 }],
  ["an elastic pull to a prior", { elastic: 0.02, prior }],
  ["noise", { noise: 0.05 }],
  ["small batches", { batchSize: 7 }],
  ["other moments of Adam", { beta1: 0.8, beta2: 0.99, epsilon: 1e-5, learningRate: 0.004 }],
  ["two bootstrapped networks", { networks: 2, vary: "bootstrap" }],
  ["all of it", { l1: 0.001, l2: 0.003, elastic: 0.01, prior, noise: 0.03, batchSize: 16 }],
];

describe.each(["relu", "sigmoid"] as const)("plain training with %s units and", (activation) => {
  describe.each(OPTIONS)("%s", (_, options) => {
    it("has the same gradient as tfjs's automatic differentiation", async () => {
      const examples = weighted(64);
      const settings = { ...options, activation, validationSplit: 0, batchSize: 64, networks: 1 };
      const run = prepareRun(examples, { ...settings, vary: "seed" });
      const state = startState(run);
      const runner = await plainTrainer.begin(run);
      const { firstMoment } = await runner.epoch(state, new AbortController().signal);
      const ours = firstMoment.map((context) => context / (1 - run.options.beta1));
      const theirs = oracleGradient(run, state.weights);
      const length = Math.hypot(...theirs);
      const distance = Math.hypot(...theirs.map((slope, index) => slope - ours[index]!));
      expect(distance / length).toBeLessThan(1e-5);
    });

    it("has the same weights as tfjs's Adam after ten epochs", async () => {
      const examples = weighted(80);
      const settings = { ...options, activation, validationSplit: 0, epochs: 10 };
      const { networks } = await train(examples, settings, [plainTrainer]);
      const run = prepareRun(examples, settings);
      networks.forEach(({ weights }, k) => {
        const theirs = oracleTraining(run, k);
        weights.forEach((weight, index) => {
          expect(Math.abs(weight - theirs[index]!)).toBeLessThan(1e-4);
        });
      });
    });
  });
});
