import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import {
  HIDDEN,
  INPUT_NAMES,
  INPUTS,
  NETWORK_SIZE,
  type Network,
  OUTPUT_KERNEL,
} from "../network/network.ts";
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

describe("the local surrogate", () => {
  it("finds the slopes of a network that is linear there, with full fidelity", () => {
    const { slopes, fidelity } = fitLocal([linearNetwork()], Float32Array.of(0.5, 0.5, 0.5, 0.5));
    expect(slopes.contentFit).toBeCloseTo(3, 2);
    for (const name of INPUT_NAMES)
      if (name !== "contentFit") expect(slopes[name]).toBeCloseTo(0, 2);
    expect(fidelity).toBeCloseTo(1, 4);
  });

  it("states a lower fidelity for a network that bends, and is the same each time", () => {
    const inputs = Float32Array.of(0.3, 0.4, 0.5, 0.2);
    const wild = [randomNetwork(4, "relu", 6)];
    const { fidelity } = fitLocal(wild, inputs);
    expect(fidelity).toBeLessThan(0.999);
    expect(fidelity).toBeLessThanOrEqual(1);
    expect(fitLocal(wild, inputs)).toEqual(fitLocal(wild, inputs));
  });

  it("says most of what the shipped network does near a product, over many products", () => {
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

  it("asks for what the network looks at, and gets closer the deeper it is", () => {
    const { root, fidelity } = fitTree([linearNetwork()], products, 1);
    expect(root).toMatchObject({ input: "contentFit" });
    const deeper = fitTree([linearNetwork()], products, 3);
    expect(deeper.fidelity).toBeGreaterThan(fidelity);
    expect(deeper.fidelity).toBeGreaterThan(0.95);
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
