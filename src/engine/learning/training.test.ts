import { describe, expect, it } from "vitest";
import { learnableExamples, randomNetwork } from "../../testing/fixtures.ts";
import { VitrineError } from "../kit/message.ts";
import { NETWORK_SIZE, predict } from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import {
  applyEpoch,
  crossEntropy,
  epochOrder,
  heldOutLoss,
  logSumExp,
  networkOf,
  noiseAt,
  outOfFoldLoss,
  prepareRun,
  recordEpoch,
  startState,
  stepsPerEpoch,
  type TrainOptions,
} from "./training.ts";

const examples = learnableExamples(50);

describe("prepareRun", () => {
  it("holds out the latest examples", () => {
    const run = prepareRun(examples, { validationSplit: 0.2 });
    expect(run.validationFrom).toBe(40);
    expect(run.members).toEqual([Uint32Array.from({ length: 40 }, (_, index) => index)]);
    expect(stepsPerEpoch(run)).toBe(2);
    expect(prepareRun(examples, { validationSplit: 0 }).validationFrom).toBe(50);
  });

  it.each<[keyof TrainOptions, Partial<TrainOptions>]>([
    ["epochs", { epochs: 0 }],
    ["epochs", { epochs: Number.NaN }],
    ["batchSize", { batchSize: 0 }],
    ["batchSize", { batchSize: 1.5 }],
    ["networks", { networks: 0 }],
    ["networks", { networks: 1.5 }],
    ["patience", { patience: 0 }],
    ["l1", { l1: -0.1 }],
    ["l2", { l2: -0.1 }],
    ["elastic", { elastic: Number.NaN }],
    ["noise", { noise: -1 }],
    ["learningRate", { learningRate: 0 }],
    ["learningRate", { learningRate: Number.NaN }],
    ["learningRate", { learningRate: Number.POSITIVE_INFINITY }],
    ["beta1", { beta1: 1 }],
    ["beta2", { beta2: -0.5 }],
    ["epsilon", { epsilon: -1 }],
    ["validationSplit", { validationSplit: 0.6 }],
    ["validationSplit", { validationSplit: -0.1 }],
    ["prior", { prior: new Float32Array(104) }],
  ])("refuses a bad %s, naming it and its value: %o", (name, options) => {
    expect(() => prepareRun(examples, options)).toThrow(RangeError);
    const value = name === "prior" ? "has 104 weights, expected 105" : `is ${options[name]}`;
    expect(() => prepareRun(examples, options)).toThrow(`train: ${name} ${value}`);
  });

  it.each<[keyof TrainOptions, number, number]>([
    ["epochs", 1, 1_000_000],
    ["batchSize", 1, 1_000_000],
    ["networks", 1, 1024],
    ["patience", 1, Number.POSITIVE_INFINITY],
    ["learningRate", Number.MIN_VALUE, 10],
    ["beta1", 0, 1 - Number.EPSILON],
    ["beta2", 0, 1 - Number.EPSILON],
    ["epsilon", Number.MIN_VALUE, 1],
    ["l1", 0, 1e6],
    ["l2", 0, 1e6],
    ["elastic", 0, 1e6],
    ["noise", 0, 1],
    ["validationSplit", 0, 0.5],
  ])("takes %s from %d to %d, ends included, and nothing beyond", (name, min, max) => {
    const few = learnableExamples(4);
    for (const value of [min, max]) {
      expect(prepareRun(few, { [name]: value }).options[name]).toBe(value);
    }
    const expected = `from ${min} to ${max}`;
    expect(() => prepareRun(few, { [name]: min - 1 })).toThrow(expected);
    if (max < Number.POSITIVE_INFINITY)
      expect(() => prepareRun(few, { [name]: max + 1 })).toThrow(expected);
  });

  it("names the counts that must be whole", () => {
    expect(() => prepareRun(examples, { epochs: 1.5 })).toThrow("expected a whole number from 1");
    expect(() => prepareRun(examples, { noise: 1.5 })).toThrow("expected a number from 0");
    const fractions = { patience: 1.5, l1: 0.5, l2: 0.5, elastic: 0.5, noise: 0.5 };
    expect(prepareRun(examples, fractions).options).toMatchObject(fractions);
    expect(prepareRun(examples).options).toMatchObject({ activation: "relu", vary: "seed" });
  });
});

describe("the networks of a run", () => {
  it("learn from samples drawn with replacement when bootstrapped", () => {
    const { members } = prepareRun(examples, { networks: 3, vary: "bootstrap" });
    expect(members.map((member) => member.length)).toEqual([40, 40, 40]);
    expect(members[0]).not.toEqual(members[1]);
    expect(new Set(members[0]).size).toBeLessThan(40);
    for (const member of members) for (const index of member) expect(index).toBeLessThan(40);
  });

  it("each leave out one fold of the same size", () => {
    const { members } = prepareRun(examples, { networks: 3, vary: "fold" });
    expect(new Set(members.map((member) => member.length)).size).toBe(1);
    members.forEach((member, k) => {
      expect(member.length).toBe(26);
      for (const index of member) expect(index % 3).not.toBe(k);
    });
  });

  it("see their examples in their own order, which changes every epoch", () => {
    const run = prepareRun(examples, { networks: 2, seed: 4 });
    const first = epochOrder(run, 0, 0);
    expect([...first].sort((left, right) => left - right)).toEqual([...run.members[0]!]);
    expect(epochOrder(run, 0, 0)).toEqual(first);
    expect(epochOrder(run, 0, 1)).not.toEqual(first);
    expect(epochOrder(run, 1, 0)).not.toEqual(first);
    expect(run.members[0]).toEqual(Uint32Array.from({ length: 40 }, (_, index) => index));
  });

  it("start from the prior, or from their own weights", () => {
    const prior = randomNetwork(1).weights;
    const same = startState(prepareRun(examples, { networks: 2, prior }));
    expect(Float32Array.from(same.weights.subarray(NETWORK_SIZE))).toEqual(prior);
    const fresh = startState(prepareRun(examples, { networks: 2 }));
    expect(fresh.weights.subarray(0, NETWORK_SIZE)).not.toEqual(
      fresh.weights.subarray(NETWORK_SIZE),
    );
  });
});

describe("applyEpoch", () => {
  it.each(["loss", "weights", "firstMoment", "secondMoment"] as const)(
    "refuses an epoch with a broken number in %s and keeps the state as it was",
    (place) => {
      const state = startState(prepareRun(examples));
      const before = structuredClone(state);
      const good = {
        loss: 1,
        step: 2,
        weights: state.weights.slice(),
        firstMoment: state.firstMoment.slice(),
        secondMoment: state.secondMoment.slice(),
      };
      const broken = {
        ...good,
        [place]: place === "loss" ? Number.NaN : good[place].map(() => Number.POSITIVE_INFINITY),
      };
      expect(() => applyEpoch(state, broken)).toThrow(VitrineError);
      expect(() => applyEpoch(state, broken)).toThrow("in epoch 1");
      expect(state).toEqual(before);
      applyEpoch(state, good);
      expect(state).toMatchObject({ epoch: 1, step: 2 });
    },
  );
});

describe("recordEpoch", () => {
  it("keeps the best weights by held-out loss", () => {
    const run = prepareRun(examples, { patience: 5 });
    const state = startState(run);
    recordEpoch(run, state, Number.NaN);
    expect(state.history).toEqual([]);
    const start = state.bestLoss[0]!;
    state.epoch = 1;
    state.weights = state.weights.map((weight) => 40 * weight);
    expect(recordEpoch(run, state, 1)).toBe(false);
    expect(state.bestEpoch[0]).toBe(0);
    expect(state.bestLoss[0]).toBe(start);
    expect(state.history).toMatchObject([{ epoch: 1, epochs: 100, loss: 1 }]);
    expect(state.history[0]!.validationLoss).toBeGreaterThan(start);
  });

  it("ends when no network has improved within its patience, and resumes none", () => {
    const run = prepareRun(examples, { patience: 2, networks: 2 });
    const state = startState(run);
    const good = state.weights;
    state.weights = good.map((weight) => 40 * weight);
    recordEpoch(run, state, 1);
    const bad = state.best.slice();
    const hasEnded = [1, 2].map((epoch) => {
      state.epoch = epoch;
      return recordEpoch(run, state, 1);
    });
    expect(hasEnded).toEqual([false, true]);
    Object.assign(state, { epoch: 3, weights: good });
    expect(recordEpoch(run, state, 1)).toBe(true);
    expect([...state.bestEpoch]).toEqual([0, 0]);
    expect(state.best).toEqual(bad);
  });

  it("continues while one network still improves, and keeps the best of each", () => {
    const run = prepareRun(examples, { patience: 1, networks: 2 });
    const state = startState(run);
    const good = state.weights;
    state.weights = good.map((weight) => 40 * weight);
    recordEpoch(run, state, 1);
    const mixed = state.weights.slice();
    mixed.set(good.subarray(NETWORK_SIZE), NETWORK_SIZE);
    Object.assign(state, { epoch: 1, weights: mixed });
    expect(recordEpoch(run, state, 1)).toBe(false);
    expect([...state.bestEpoch]).toEqual([0, 1]);
    expect(state.best).toEqual(mixed);
    const losses = [0, 1].map((k) => heldOutLoss(run, networkOf(run, mixed, k)));
    expect(state.history[0]!.validationLoss).toBeCloseTo((losses[0]! + losses[1]!) / 2, 12);
  });

  it("keeps the latest weights if nothing is held out", () => {
    const run = prepareRun(examples, { validationSplit: 0, patience: 1, epochs: 9 });
    const state = startState(run);
    for (let epoch = 1; epoch <= 9; epoch++) {
      state.epoch = epoch;
      state.weights = new Float64Array(NETWORK_SIZE).fill(epoch);
      expect(recordEpoch(run, state, epoch)).toBe(false);
      expect(state.best[0]).toBe(epoch);
    }
    expect(state.history.at(-1)!.validationLoss).toBeUndefined();
  });
});

describe("crossEntropy", () => {
  it("is the weighted mean of −ln of the probability of the actual outcome", () => {
    const network = randomNetwork(2);
    const weighted: ExampleSet = {
      ...learnableExamples(3),
      weights: Float32Array.of(1, 0, 3),
    };
    const lossOf = (at: number) =>
      -Math.log(predict(network, weighted.inputs, 4 * at)[weighted.outcomes[at]!]!);
    expect(crossEntropy(network, weighted)).toBeCloseTo((lossOf(0) + 3 * lossOf(2)) / 4, 10);
    expect(crossEntropy(network, weighted, { from: 1, to: 2 })).toBe(0);
  });

  it("stays finite for a network that is confidently wrong", () => {
    expect(crossEntropy(randomNetwork(2, "relu", 1e6), examples)).toBeLessThan(1e15);
    expect(logSumExp(new Float64Array(5).fill(1e6))).toBeCloseTo(1e6 + Math.log(5), 6);
  });
});

it("noiseAt depends only on its position, is in [−1, 1) and centered", () => {
  const values = Array.from({ length: 4000 }, (_, index) =>
    noiseAt(1, index % 7, index, index % 4),
  );
  expect(Math.min(...values)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...values)).toBeLessThan(1);
  expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / 4000)).toBeLessThan(0.05);
  expect(noiseAt(1, 2, 3, 0)).toBe(noiseAt(1, 2, 3, 0));
  const others = [
    noiseAt(2, 2, 3, 0),
    noiseAt(1, 3, 3, 0),
    noiseAt(1, 2, 4, 0),
    noiseAt(1, 2, 3, 1),
  ];
  expect(others).not.toContain(noiseAt(1, 2, 3, 0));
});

it("outOfFoldLoss judges each example by the one network that did not learn from it", () => {
  const run = prepareRun(examples, { networks: 5, vary: "fold", validationSplit: 0.2 });
  const networks = run.members.map((_, k) => randomNetwork(20 + k));
  let [loss, weight] = [0, 0];
  for (let index = 0; index < run.validationFrom; index++) {
    const k = run.members.findIndex((member) => !member.includes(index));
    if (index % 5 === k) {
      loss +=
        examples.weights[index]! *
        crossEntropy(networks[k]!, examples, { from: index, to: index + 1 });
      weight += examples.weights[index]!;
    }
  }
  expect(outOfFoldLoss(run, networks)).toBeCloseTo(loss / weight, 10);
  expect(outOfFoldLoss(prepareRun(examples, { networks: 5 }), networks)).toBeUndefined();
});
