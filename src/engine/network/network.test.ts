import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../testing/fixtures.ts";
import {
  HIDDEN_BIAS,
  NETWORK_SIZE,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  predict,
  predictMean,
} from "./network.ts";

const inputsOfFour = fc
  .array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((values) => Float32Array.from(values));

describe("predict", () => {
  it("gives five probabilities that sum to 1, however confident the network is", () => {
    fc.assert(
      fc.property(
        fc.nat(1e6),
        fc.constantFrom("relu" as const, "sigmoid" as const),
        fc.constantFrom(0.1, 2, 1000),
        inputsOfFour,
        (seed, activation, scale, inputs) => {
          const probabilities = predict(randomNetwork(seed, activation, scale), inputs);
          expect(probabilities).toHaveLength(5);
          for (const probability of probabilities) {
            expect(probability).toBeGreaterThanOrEqual(0);
            expect(probability).toBeLessThanOrEqual(1);
          }
          expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
        },
      ),
      { seed: 8 },
    );
  });

  it("matches a small network computed by hand", () => {
    const weights = new Float32Array(NETWORK_SIZE);
    weights[2 * 10 + 3] = 2; // third input → fourth hidden unit
    weights[HIDDEN_BIAS + 3] = -0.5;
    weights[OUTPUT_KERNEL + 3 * 5 + 4] = 3; // fourth hidden unit → buy
    weights[OUTPUT_BIAS] = 1; // ignore
    const logit = 3 * (2 * 0.75 - 0.5);
    const total = Math.E + 3 + Math.exp(logit);
    const [ignore, view, , , buy] = predict(
      { weights, activation: "relu" },
      Float32Array.of(9, 9, 0, 0, 0.75, 9),
      2,
    );
    const [onlyBias] = predict({ weights, activation: "relu" }, Float32Array.of(0, 0, 0.2, 0));
    expect(onlyBias).toBeCloseTo(Math.E / (Math.E + 4), 10);
    const shifted = predict({ weights, activation: "relu" }, Float32Array.of(0, 0, 0.75, 0));
    expect(shifted[4]).toBeCloseTo(Math.exp(logit) / total, 10);
    expect(shifted[0]).toBeCloseTo(Math.E / total, 10);
    expect([ignore, view, buy]).toEqual([shifted[0], shifted[1], shifted[4]]);
    const gate = 1 / (1 + Math.exp(-(2 * 0.75 - 0.5)));
    const sigmoid = predict({ weights, activation: "sigmoid" }, Float32Array.of(0, 0, 0.75, 0));
    expect(sigmoid[4]).toBeCloseTo(Math.exp(3 * gate) / (Math.E + 3 + Math.exp(3 * gate)), 10);
  });
});

describe("predictMean", () => {
  it("averages each outcome over the networks, and sums to 1", () => {
    const networks = [randomNetwork(1), randomNetwork(2, "sigmoid"), randomNetwork(3)];
    const inputs = Float32Array.of(0.1, 0.9, 0.4, 0.7);
    const mean = predictMean(networks, inputs);
    const each = networks.map((network) => predict(network, inputs));
    mean.forEach((chance, outcome) => {
      const sum = each[0]![outcome]! + each[1]![outcome]! + each[2]![outcome]!;
      expect(chance).toBeCloseTo(sum / 3, 12);
    });
    expect(mean.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
    expect(predictMean([networks[1]!], inputs)).toEqual(each[1]);
  });
});
