import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { learnableExamples } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import { ORDER_WIDTH } from "./epochShader.ts";
import { exampleTexels, orderRows, orderTexels, parseState, stateTexels } from "./epochTexels.ts";
import { epochOrder, prepareRun, startState, type TrainingState } from "./training.ts";

const examples = learnableExamples(50);

/** A run of this many networks, with a distinct state value in every number, exact in the GPU's precision. */
function trained(networks: number): { run: ReturnType<typeof prepareRun>; state: TrainingState } {
  const run = prepareRun(examples, { networks, vary: "bootstrap" });
  const random = createRandom(networks);
  const numbers = () =>
    Float64Array.from({ length: 105 * networks }, () => random.integer(2 ** 24));
  const moved = { weights: numbers(), firstMoment: numbers(), secondMoment: numbers() };
  return { run, state: { ...startState(run), ...moved } };
}

describe("the texels of a run", () => {
  it("hold two texels per example: its four inputs, then its outcome and weight", () => {
    const { run } = trained(1);
    const numbers = exampleTexels(run);
    expect(numbers).toHaveLength(8 * 50);
    for (const example of [0, 1, 49]) {
      expect([...numbers.subarray(8 * example, 8 * example + 8)]).toEqual([
        ...examples.inputs.subarray(4 * example, 4 * example + 4),
        examples.outcomes[example],
        examples.weights[example],
        0,
        0,
      ]);
    }
  });

  it("hold each network's order of the epoch in separate rows", () => {
    const { run } = trained(3);
    const numbers = orderTexels(run, 4);
    const perNetwork = 4 * ORDER_WIDTH;
    expect(numbers).toHaveLength(3 * perNetwork);
    for (const k of [0, 1, 2]) {
      const order = [...numbers.subarray(k * perNetwork, k * perNetwork + 40)];
      expect(order).toEqual([...epochOrder(run, k, 4)]);
    }
  });

  it("use as many rows as an order fills, and at least one", () => {
    const perRow = 4 * ORDER_WIDTH;
    expect([0, 1, perRow, perRow + 1, 3 * perRow].map(orderRows)).toEqual([1, 1, 1, 2, 3]);
  });
});

describe("the state on the GPU", () => {
  const layers = fc.constantFrom(4, 8);
  const networks = fc.integer({ min: 1, max: 5 });

  /** The values that the shader writes into the two unused lanes after a network's weights. */
  const SPARE = { loss: 105, step: 106 };

  it("returns every number, for any count of networks and layers", () => {
    fc.assert(
      fc.property(networks, layers, (count, depth) => {
        const { run, state } = trained(count);
        const texels = stateTexels(run, state, depth);
        const read = parseState(run, texels, { step: 0, layers: depth });
        expect(read.weights).toEqual(state.weights);
        expect(read.firstMoment).toEqual(state.firstMoment);
        expect(read.secondMoment).toEqual(state.secondMoment);
        expect(read).toMatchObject({ step: 0, loss: 0 });
      }),
      { numRuns: 30, seed: 55 },
    );
  });

  it("has a separate place for every number", () => {
    const { run, state } = trained(3);
    const texels = stateTexels(run, state, 8);
    expect(texels.filter((value) => value !== 0)).toHaveLength(3 * 3 * 105);
  });

  it("sums the losses of all networks, and is refused if one of them is behind", () => {
    const { run, state } = trained(2);
    const step = 7;
    // One layer and one network at a time: the unused lanes are in the last texel of the weights.
    const widthInTexels = 41;
    const texels = stateTexels(run, state, 1);
    const spareOf = (k: number, slot: number) =>
      4 * (2 * k * widthInTexels + Math.floor(slot / 4)) + (slot % 4);
    for (const k of [0, 1]) {
      texels[spareOf(k, SPARE.loss)] = 20 * (k + 1);
      texels[spareOf(k, SPARE.step)] = step;
    }
    // 60 in total, over 2 networks of 40 examples each.
    expect(parseState(run, texels, { step, layers: 1 })).toMatchObject({ step, loss: 0.75 });
    texels[spareOf(1, SPARE.step)] = step - 1;
    expect(() => parseState(run, texels, { step, layers: 1 })).toThrow(
      "the GPU is at step 6, expected 7",
    );
  });
});
