import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUT_NAMES,
  INPUTS,
  NETWORK_SIZE,
  type Network,
  OUTPUT_KERNEL,
} from "../network/network.ts";
import { logOddsOf } from "../network/score.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import { fitLocal, fitTree, type TreeNode } from "./surrogateModels.ts";

const PRIOR: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };
const random = createRandom(2);
const products = Float32Array.from({ length: 400 * INPUTS }, () => random.next());

/** Log-odds rise by 3 per unit of content fit, and by nothing else. */
function linearNetwork(): Network {
  const weights = new Float32Array(NETWORK_SIZE);
  weights[2 * HIDDEN] = 1;
  for (let output = 1; output < 5; output++) weights[OUTPUT_KERNEL + output] = 3;
  return { weights, activation: "relu" };
}

/** Log-odds rise by 3 per unit of content fit above one half, and are flat below. */
function bendNetwork(): Network {
  const { weights, activation } = linearNetwork();
  weights[HIDDEN_BIAS] = -0.5;
  return { weights, activation };
}

/** Log-odds rise by 3 per unit of content fit on either side of one half. */
function valleyNetwork(): Network {
  const { weights, activation } = bendNetwork();
  weights[2 * HIDDEN + 1] = -1;
  weights[HIDDEN_BIAS + 1] = 0.5;
  for (let output = 1; output < 5; output++) weights[OUTPUT_KERNEL + 5 + output] = 3;
  return { weights, activation };
}

/** Log-odds jump by 3 where content fit passes one half. */
function stepNetwork(): Network {
  const steep = 10_000;
  const { weights, activation } = linearNetwork();
  weights[2 * HIDDEN] = steep;
  weights[2 * HIDDEN + 1] = steep;
  weights[HIDDEN_BIAS] = -0.5 * steep + 1;
  weights[HIDDEN_BIAS + 1] = -0.5 * steep;
  for (let output = 1; output < 5; output++) weights[OUTPUT_KERNEL + 5 + output] = -3;
  return { weights, activation };
}

describe("the local surrogate", () => {
  it("finds the slopes of a network that is linear there, with full fidelity", () => {
    const { slopes, fidelity } = fitLocal([linearNetwork()], Float32Array.of(0.5, 0.5, 0.5, 0.5));
    expect(slopes.contentFit).toBeCloseTo(3, 2);
    for (const name of INPUT_NAMES)
      if (name !== "contentFit") expect(slopes[name]).toBeCloseTo(0, 2);
    expect(fidelity).toBeCloseTo(1, 4);
  });

  // Around the middle, samples follow a normal distribution truncated at two deviations: for a bend
  // there, max(0, x), a line explains Var(x) / (Var(x) + Var(|x|)) = 0.755; for a valley, |x|, nothing.
  it.each([
    ["bends", bendNetwork(), 1.5, 0.755],
    ["has a valley", valleyNetwork(), 0, 0],
  ])("states how much a line explains of a network that %s there", (_, network, slope, share) => {
    const { slopes, fidelity } = fitLocal([network], Float32Array.of(0.5, 0.5, 0.5, 0.5));
    expect(fidelity).toBeGreaterThan(share - 0.06);
    expect(fidelity).toBeLessThan(share + 0.06);
    expect(slopes.contentFit).toBeGreaterThan(slope - 0.2);
    expect(slopes.contentFit).toBeLessThan(slope + 0.2);
  });

  it("is deterministic", () => {
    const inputs = Float32Array.of(0.3, 0.4, 0.5, 0.2);
    const wild = [randomNetwork(4, "relu", 6)];
    expect(fitLocal(wild, inputs)).toEqual(fitLocal(wild, inputs));
  });

  it("explains most of the shipped network near a product, on average over many products", () => {
    const fidelities = Array.from({ length: 50 }, (_, row) => {
      return fitLocal([PRIOR], products.subarray(row * INPUTS, (row + 1) * INPUTS)).fidelity;
    });
    const mean = fidelities.reduce((sum, fidelity) => sum + fidelity, 0) / fidelities.length;
    expect(mean).toBeGreaterThan(0.65);
    expect(Math.min(...fidelities)).toBeGreaterThan(0);
  });
});

describe("the tree", () => {
  const leavesOf = (node: TreeNode): number[] =>
    "input" in node ? [...leavesOf(node.below), ...leavesOf(node.above)] : [node.share];

  // Split into 2 ** depth equal pieces, uniform scores keep 1 / 4 ** depth of their variance.
  it.each([1, 2, 3])("explains all but 1 / 4 ** depth of a line at depth %d", (depth) => {
    const { root, fidelity } = fitTree([linearNetwork()], products, depth);
    expect(root).toMatchObject({ input: "contentFit" });
    expect(fidelity).toBeGreaterThan(1 - 1.3 / 4 ** depth);
    expect(fidelity).toBeLessThan(1 - 0.7 / 4 ** depth);
  });

  it("finds the single step of a network, and explains it completely", () => {
    const { root, fidelity } = fitTree([stepNetwork()], products, 1);
    const low = { logOdds: expect.closeTo(logOddsOf([0, 0, 0, 0, 0]), 2) };
    const high = { logOdds: expect.closeTo(logOddsOf([0, 3, 3, 3, 3]), 2) };
    expect(root).toMatchObject({ input: "contentFit", threshold: 0.5, below: low, above: high });
    expect(fidelity).toBeCloseTo(1, 3);
  });

  it("puts every product into one leaf", () => {
    const shares = leavesOf(fitTree([PRIOR], products).root);
    expect(shares.length).toBeLessThanOrEqual(8);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it("is a single leaf where there is nothing to split", () => {
    expect(leavesOf(fitTree([PRIOR], new Float32Array(INPUTS)).root)).toHaveLength(1);
  });
});
