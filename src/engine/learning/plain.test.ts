import { describe, expect, it } from "vitest";
import { learnableExamples, randomNetwork } from "../../testing/fixtures.ts";
import {
  type Activation,
  HIDDEN_BIAS,
  INPUTS,
  NETWORK_SIZE,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import { plainTrainer } from "./plain.ts";
import { noiseAt, prepareRun, startState, type TrainOptions } from "./training.ts";

const { signal } = new AbortController();

function isKernel(index: number): boolean {
  return index < HIDDEN_BIAS || (index >= OUTPUT_KERNEL && index < OUTPUT_BIAS);
}

/** The mean loss with its penalties, written naively: the gradient must be its slope. */
function objective(weights: Float64Array, examples: ExampleSet, options: TrainOptions): number {
  let loss = 0;
  for (let example = 0; example < examples.size; example++) {
    const logits = [...weights.subarray(OUTPUT_BIAS)];
    for (let unit = 0; unit < 10; unit++) {
      let sum = weights[HIDDEN_BIAS + unit]!;
      for (let input = 0; input < INPUTS; input++) {
        const noise = options.noise * noiseAt(options.seed, 0, example, input);
        sum += (examples.inputs[example * INPUTS + input]! + noise) * weights[input * 10 + unit]!;
      }
      const active = options.activation === "relu" ? Math.max(0, sum) : 1 / (1 + Math.exp(-sum));
      for (let output = 0; output < OUTPUTS; output++) {
        logits[output]! += active * weights[OUTPUT_KERNEL + unit * OUTPUTS + output]!;
      }
    }
    const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
    loss +=
      (examples.weights[example]! * (total - logits[examples.outcomes[example]!]!)) / examples.size;
  }
  weights.forEach((weight, index) => {
    if (isKernel(index)) loss += options.l1 * Math.abs(weight) + options.l2 * weight ** 2;
    loss += options.elastic * (weight - (options.prior?.[index] ?? 0)) ** 2;
  });
  return loss;
}

/** The gradient, from one Adam step at rest: its first moment is (1 − beta1) · gradient. */
async function oneStep(
  examples: ExampleSet,
  options: Partial<TrainOptions>,
  weights: Float32Array,
) {
  const run = prepareRun(examples, { ...options, validationSplit: 0, batchSize: examples.size });
  const state = { ...startState(run), weights: Float64Array.from(weights) };
  const before = structuredClone(state);
  const runner = await plainTrainer.begin(run);
  const after = await runner.epoch(state, signal);
  expect(state).toEqual(before);
  const gradient = after.firstMoment.map((context) => context / (1 - run.options.beta1));
  return { gradient, after, options: run.options };
}

const smallSet: ExampleSet = {
  ...learnableExamples(12, 3),
  // Every outcome, so that each contributes to the gradient.
  outcomes: Uint8Array.from({ length: 12 }, (_, index) => index % OUTPUTS),
  weights: Float32Array.from({ length: 12 }, (_, index) => 0.5 + index / 8),
};

describe("the plain trainer's gradient", () => {
  const prior = randomNetwork(9).weights;
  const cases: [string, Activation, Partial<TrainOptions>][] = [
    ["relu", "relu", {}],
    ["sigmoid", "sigmoid", {}],
    ["relu with L1", "relu", { l1: 0.03 }],
    ["sigmoid with L2", "sigmoid", { l2: 0.02 }],
    ["relu pulled to zero", "relu", { elastic: 0.05 }],
    ["sigmoid pulled to a prior", "sigmoid", { elastic: 0.05, prior }],
    [
      "relu with everything and noise",
      "relu",
      { l1: 0.01, l2: 0.02, elastic: 0.03, prior, noise: 0.1 },
    ],
  ];

  it.each(cases)("is the slope of the loss for %s", async (_, activation, given) => {
    const start = randomNetwork(4, activation, 0.8).weights;
    const { gradient, options } = await oneStep(smallSet, { ...given, activation }, start);
    const h = 1e-6;
    for (let index = 0; index < NETWORK_SIZE; index++) {
      const [up, down] = [Float64Array.from(start), Float64Array.from(start)];
      up[index]! += h;
      down[index]! -= h;
      const slope =
        (objective(up, smallSet, options) - objective(down, smallSet, options)) / (2 * h);
      expect(Math.abs(gradient[index]! - slope)).toBeLessThan(2e-6);
    }
  });

  it("moves each weight downhill by the learning rate in the first step, as Adam does", async () => {
    const start = randomNetwork(4).weights;
    const { gradient, after } = await oneStep(smallSet, { learningRate: 0.01 }, start);
    expect(after.step).toBe(1);
    gradient.forEach((slope, index) => {
      const moved = after.weights[index]! - start[index]!;
      if (slope === 0) expect(moved).toBe(0);
      else expect(moved).toBeCloseTo((-0.01 * slope) / (Math.abs(slope) + 1e-7), 8);
    });
  });

  it("reports the loss of the examples as they were processed", async () => {
    const start = randomNetwork(4).weights;
    const { after, options } = await oneStep(smallSet, {}, start);
    expect(after.loss).toBeCloseTo(objective(Float64Array.from(start), smallSet, options), 10);
  });
});

it("the plain trainer stays finite for a network that is confidently wrong", async () => {
  const { after } = await oneStep(smallSet, {}, randomNetwork(4, "relu", 1000).weights);
  expect(after.loss).toSatisfy(Number.isFinite);
  expect(after.weights.every(Number.isFinite)).toBe(true);
});

describe("an epoch of the plain trainer", () => {
  const examples = learnableExamples(300);

  it("trains each network as if it were alone", async () => {
    const options = { validationSplit: 0, batchSize: 16 };
    const run = prepareRun(examples, { ...options, networks: 2, seed: 1 });
    const both = await (await plainTrainer.begin(run)).epoch(startState(run), signal);
    const single = prepareRun(examples, { ...options, seed: 1 });
    const alone = prepareRun(examples, { ...options, seed: 1 + 7919 });
    const second = await (await plainTrainer.begin(alone)).epoch(startState(alone), signal);
    expect(both.weights.slice(NETWORK_SIZE)).toEqual(second.weights);
    expect(both.step).toBe(second.step);
    const first = await (await plainTrainer.begin(single)).epoch(startState(single), signal);
    expect(both.loss).toBeCloseTo((first.loss + second.loss) / 2, 12);
  });

  it("yields every few milliseconds within an epoch", async () => {
    const many = learnableExamples(60_000);
    const run = prepareRun(many, { validationSplit: 0 });
    const runner = await plainTrainer.begin(run);
    let interactions = 0;
    const ticking = setInterval(() => interactions++, 0);
    const startedAt = performance.now();
    await runner.epoch(startState(run), signal);
    clearInterval(ticking);
    expect(interactions).toBeGreaterThan(Math.min(3, (performance.now() - startedAt) / 50));
  });

  it("does nothing without examples", async () => {
    const run = prepareRun(learnableExamples(0));
    const state = startState(run);
    const after = await (await plainTrainer.begin(run)).epoch(state, signal);
    expect(after).toMatchObject({ loss: 0, step: 0, weights: state.weights });
  });
});
