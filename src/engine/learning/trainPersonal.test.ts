import { describe, expect, it } from "vitest";
import { createRandom } from "../kit/random.ts";
import { INPUTS, type Network } from "../network/network.ts";
import { score } from "../network/score.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import type { ExampleSet } from "./examples.ts";
import { plainTrainer } from "./plain.ts";
import { train } from "./train.ts";
import type { TrainOptions } from "./training.ts";
import { personalOptions, selectInterpolation, trainPersonal } from "./trainPersonal.ts";

const prior: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };

function optionsAfter(interactions: number, ignored = 16): Partial<TrainOptions> {
  const size = interactions * (1 + ignored);
  const outcomes = Uint8Array.from({ length: size }, (_, at) => (at % (1 + ignored) === 0 ? 1 : 0));
  const inputs = new Float32Array(size * INPUTS);
  const examples = { size, inputs, outcomes, weights: new Float32Array(size).fill(1) };
  return personalOptions(examples, prior, 1);
}

function pullAfter(interactions: number, ignored?: number): number {
  return optionsAfter(interactions, ignored).elastic!;
}

describe("the pull back to the prior", () => {
  it("weakens with the number of interactions, down to a floor, whatever was ignored with them", () => {
    expect(pullAfter(10)).toBeCloseTo(0.1, 12);
    expect(pullAfter(25)).toBeCloseTo(0.04, 12);
    expect(pullAfter(25, 4)).toBe(pullAfter(25));
    expect(pullAfter(400)).toBeCloseTo(0.02, 12);
    expect(pullAfter(0)).toBeLessThanOrEqual(1);
  });
});

describe("the patience of a training", () => {
  it("is ten epochs for a short history, and fewer the longer it is: never less than two", () => {
    const epochs = [1, 50, 300, 500, 1000, 2000].map((count) => optionsAfter(count).patience);
    expect(epochs).toEqual([10, 10, 5, 3, 2, 2]);
  });
});

/** Products per interaction: not a multiple of the folds, or one fold would contain all chosen products. */
const DRAWN = 7;

/** Each time, chooses the product with the highest value among random ones. */
function interactions(count: number, value: (inputs: Float32Array) => number): ExampleSet {
  const random = createRandom(4);
  const inputs = new Float32Array(count * DRAWN * INPUTS);
  for (let interaction = 0; interaction < count; interaction++) {
    const drawn = Array.from({ length: DRAWN }, () => {
      const own = Float32Array.from({ length: INPUTS }, () => random.next());
      return { own, value: value(own) };
    });
    drawn.sort((left, right) => right.value - left.value);
    drawn.forEach(({ own }, place) => {
      inputs.set(own, (interaction * DRAWN + place) * INPUTS);
    });
  }
  const size = count * DRAWN;
  const outcomes = Uint8Array.from({ length: size }, (_, at) => (at % DRAWN === 0 ? 1 : 0));
  return { size, inputs, outcomes, weights: new Float32Array(size).fill(1) };
}

/** The opposite of the crowd's taste: the least popular, the least similar. */
const contrary = interactions(120, (own) => -own[0]! - own[2]! - own[3]!);

describe("a shopper's own networks", () => {
  it("replace the prior if they rank unseen interactions better", async () => {
    const { share, networks } = await trainPersonal(contrary, { prior, seed: 1 }, [plainTrainer]);
    expect(share).toBeGreaterThan(0);
    expect(networks).toHaveLength(5);
  });

  it("leave the prior for a shopper just like the crowd, however far the training loss falls", async () => {
    // The highest of the log-odds with Gumbel noise is a draw from their softmax.
    const random = createRandom(8);
    const usual = interactions(
      40,
      (own) => score([prior], own)[0]! - Math.log(-Math.log(random.next())),
    );
    const result = await trainPersonal(usual, { prior, seed: 1 }, [plainTrainer]);
    expect(Math.max(...result.bestEpochs)).toBeGreaterThan(0);
    expect(result.share).toBe(0);
    expect(result.networks).toEqual([prior]);
  });

  it("move part of the way, weight by weight", async () => {
    const { share, networks } = await trainPersonal(contrary, { prior, seed: 1 }, [plainTrainer]);
    const options = personalOptions(contrary, prior, 1);
    const trained = await train(contrary, options, [plainTrainer]);
    networks.forEach(({ weights }, k) => {
      const whole = trained.networks[k]!.weights;
      weights.forEach((weight, index) => {
        const from = prior.weights[index]!;
        expect(weight).toBeCloseTo(from + share * (whole[index]! - from), 5);
      });
    });
  });
});

describe("the share of the way that the evidence supports", () => {
  const sure = [0.1, 0.12, 0.09, 0.11];
  const luck = [2, -1, 0.1, -0.5];

  it("is the one with the most certain gain, not the largest", () => {
    expect(selectInterpolation([sure, luck, luck, luck])).toBe(0.25);
    expect(selectInterpolation([luck, luck, sure, luck])).toBe(0.75);
  });

  it("is zero if no gain exceeds two standard errors, or there are no interactions to judge by", () => {
    expect(selectInterpolation([luck, luck, luck, luck])).toBe(0);
    expect(selectInterpolation([[0.3], [0.3], [0.3], [0.3]])).toBe(0);
    expect(selectInterpolation([[], [], [], []])).toBe(0);
  });

  it("is computed from as few as two interactions, whose standard error is half their distance", () => {
    const none = [-1, -1];
    expect(selectInterpolation([none, [1, 0.4], none, none])).toBe(0.5);
    expect(selectInterpolation([none, [1, 0.3], none, none])).toBe(0);
  });
});
