import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomNetwork } from "../testing/fixtures.ts";
import {
  FEATURE_LAYOUT_HASH,
  HIDDEN_BIAS,
  NETWORK_SIZE,
  networkFromBytes,
  networksFromBytes,
  networksToBytes,
  networkToBytes,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  predict,
} from "./network.ts";
import { createRandom } from "./random.ts";
import { initialWeights } from "./trainer/initialWeights.ts";

const inputsOfFour = fc
  .array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((values) => Float32Array.from(values));

describe("predict", () => {
  it("gives five probabilities that sum to 1, however sure the network is", () => {
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

  it("computes what a network small enough to work out by hand does", () => {
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

describe("fresh weights", () => {
  it("lie within Glorot's limits, with zero biases, and repeat for a seed", () => {
    const weights = initialWeights(createRandom(3));
    const within = (from: number, to: number) =>
      Math.max(...weights.subarray(from, to).map(Math.abs));
    expect(within(0, HIDDEN_BIAS)).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / 14)));
    expect(within(0, HIDDEN_BIAS)).toBeGreaterThan(0.4);
    expect(within(HIDDEN_BIAS, OUTPUT_KERNEL)).toBe(0);
    expect(within(OUTPUT_KERNEL, OUTPUT_BIAS)).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / 15)));
    expect(within(OUTPUT_BIAS, NETWORK_SIZE)).toBe(0);
    expect(initialWeights(createRandom(3))).toEqual(weights);
    expect(initialWeights(createRandom(4))).not.toEqual(weights);
  });
});

describe("a network's bytes", () => {
  const relu = randomNetwork(5);

  it("come back as they were, bit for bit", () => {
    for (const network of [relu, randomNetwork(6, "sigmoid")]) {
      expect(networkFromBytes(networkToBytes(network))).toEqual(network);
    }
  });

  it("are a copy: changing them does not change the network that was read", () => {
    const bytes = networkToBytes(relu);
    const read = networkFromBytes(bytes);
    new Uint8Array(bytes).fill(0);
    expect(read).toEqual(relu);
  });

  it.each<[string, number, number]>([
    ["signature", 0, 0x5649544e],
    ["format version", 1, 1],
    ["feature layout", 2, FEATURE_LAYOUT_HASH],
    ["weight count", 3, NETWORK_SIZE],
  ])("are refused with another %s, saying what it is and should be", (what, word, expected) => {
    const bytes = networkToBytes(relu);
    new Uint32Array(bytes)[word] = 77;
    expect(() => networkFromBytes(bytes)).toThrow(`Network: ${what} is 77, expected ${expected}`);
  });

  it("are refused when cut short or too long", () => {
    const bytes = networkToBytes(relu);
    const size = bytes.byteLength;
    for (const wrong of [new ArrayBuffer(0), bytes.slice(0, size - 1), new ArrayBuffer(size + 4)]) {
      expect(() => networkFromBytes(wrong)).toThrow(
        `Network: file size is ${wrong.byteLength}, expected ${size}`,
      );
    }
  });

  it("are refused with any single bit flipped", () => {
    for (const network of [relu, randomNetwork(6, "sigmoid")]) {
      const whole = new Uint8Array(networkToBytes(network));
      const accepted: string[] = [];
      for (let bit = 0; bit < 8 * whole.length; bit++) {
        const damaged = whole.slice();
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        try {
          networkFromBytes(damaged.buffer);
          accepted.push(`byte ${bit >> 3} bit ${bit & 7}`);
        } catch (error) {
          expect((error as Error).message).toMatch(/^Network: .* is \d+, expected \d+$/);
        }
      }
      expect(accepted).toEqual([]);
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "are refused although whole when a weight is %d",
    (value) => {
      const weights = relu.weights.slice();
      weights[50] = value;
      expect(() => networkFromBytes(networkToBytes({ weights, activation: "relu" }))).toThrow(
        "Network: a weight is not finite",
      );
    },
  );
});

it("several networks are saved one after the other, and refused when cut", () => {
  const relu = randomNetwork(7);
  const several = [relu, randomNetwork(8, "sigmoid"), randomNetwork(9)];
  const bytes = networksToBytes(several);
  expect(networksFromBytes(bytes)).toEqual(several);
  expect(networksToBytes([relu])).toEqual(networkToBytes(relu));
  for (const size of [0, 1, bytes.byteLength - 4]) {
    expect(() => networksFromBytes(bytes.slice(0, size))).toThrow(
      `Network: file size is ${size}, expected a multiple of 444`,
    );
  }
});
