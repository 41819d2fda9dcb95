import { expect, it } from "vitest";
import { createRandom } from "../kit/random.ts";
import { HIDDEN_BIAS, NETWORK_SIZE, OUTPUT_BIAS, OUTPUT_KERNEL } from "../network/network.ts";
import { initialWeights } from "./initialWeights.ts";

const spread = (weights: Float32Array) => Math.max(...weights.map(Math.abs));

it("fresh weights are within Glorot's limits, with zero biases, and deterministic for a seed", () => {
  const weights = initialWeights(createRandom(3));
  expect(weights).toHaveLength(NETWORK_SIZE);
  expect(spread(weights.subarray(HIDDEN_BIAS, OUTPUT_KERNEL))).toBe(0);
  expect(spread(weights.subarray(OUTPUT_BIAS, NETWORK_SIZE))).toBe(0);
  expect(initialWeights(createRandom(3))).toEqual(weights);
  expect(initialWeights(createRandom(4))).not.toEqual(weights);
});

it("fresh weights fill Glorot's limits evenly: √(6 / inputs and outputs of the layer)", () => {
  const many = Array.from({ length: 200 }, (_, seed) => initialWeights(createRandom(seed)));
  const kernels = [
    { from: 0, to: HIDDEN_BIAS, limit: Math.sqrt(6 / (4 + 10)) },
    { from: OUTPUT_KERNEL, to: OUTPUT_BIAS, limit: Math.sqrt(6 / (10 + 5)) },
  ];
  for (const { from, to, limit } of kernels) {
    const all = many.flatMap((weights) => [...weights.subarray(from, to)]);
    expect(spread(Float32Array.from(all))).toBeLessThanOrEqual(Math.fround(limit));
    expect(spread(Float32Array.from(all))).toBeGreaterThan(0.99 * limit);
    const mean = all.reduce((sum, weight) => sum + weight, 0) / all.length;
    expect(Math.abs(mean)).toBeLessThan(0.03 * limit);
    const variance = all.reduce((sum, weight) => sum + weight ** 2, 0) / all.length;
    expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1);
  }
});
