import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import { NETWORK_SIZE, OUTPUT_BIAS, predict } from "./network.ts";
import { logOddsOf, OUTCOME_VALUES, score, scoreOf, uncertainty } from "./score.ts";

const activation = fc.constantFrom("relu" as const, "sigmoid" as const);
const input = fc.float({ min: 0, max: 1, noNaN: true });
const rowsOfInputs = fc
  .array(fc.tuple(input, input, input, input), { minLength: 1, maxLength: 20 })
  .map((rows) => Float32Array.from(rows.flat()));

describe("score", () => {
  it("is the value-weighted log-odds of the outcomes that predict() gives", () => {
    fc.assert(
      fc.property(fc.nat(1e6), activation, rowsOfInputs, (seed, kind, inputs) => {
        const network = randomNetwork(seed, kind, 1);
        const scores = score([network], inputs);
        expect(scores).toHaveLength(inputs.length / 4);
        scores.forEach((logOdds, at) => {
          const [ignore, view, consider, cart, buy] = predict(network, inputs, 4 * at);
          const worth = 0.5 * view! + 0.7 * consider! + 0.85 * cart! + buy!;
          expect(logOdds).toBeCloseTo(Math.log(worth / ignore!), 4);
        });
      }),
      { seed: 17 },
    );
  });

  it("orders products as predict() does", () => {
    fc.assert(
      fc.property(fc.nat(1e6), activation, rowsOfInputs, (seed, kind, inputs) => {
        const network = randomNetwork(seed, kind, 1);
        const worthOf = (at: number) => {
          const chances = predict(network, inputs, 4 * at);
          return chances.reduce((sum, p, o) => sum + p * OUTCOME_VALUES[o]!, 0) / chances[0]!;
        };
        const scores = score([network], inputs);
        for (let left = 0; left < scores.length; left++) {
          for (let right = 0; right < left; right++) {
            const difference = worthOf(left) - worthOf(right);
            if (Math.abs(difference) < 1e-3 * worthOf(left)) continue;
            expect(Math.sign(scores[left]! - scores[right]!)).toBe(Math.sign(difference));
          }
        }
      }),
      { numRuns: 60, seed: 18 },
    );
  });

  it("stays finite and separates products whose probabilities round to 0 and 1", () => {
    const network = randomNetwork(3, "relu", 5000);
    const inputs = Float32Array.from({ length: 400 }, (_, index) => ((index * 37) % 101) / 100);
    const scores = score([network], inputs);
    expect(scores.every(Number.isFinite)).toBe(true);
    expect(new Set(scores).size).toBe(100);
    const chances = Array.from(scores, (_, at) => predict(network, inputs, 4 * at)[0]!);
    expect(new Set(chances).size).toBeLessThan(100);
  });

  it("scores a product the same at any position among many", () => {
    const random = createRandom(21);
    const inputs = Float32Array.from({ length: 4 * 700 }, () => random.next());
    const networks = [randomNetwork(1), randomNetwork(2, "sigmoid")];
    const scores = score(networks, inputs);
    expect(scores).toHaveLength(700);
    const alone = Array.from(scores, (_, at) => score(networks, inputs.slice(4 * at, 4 * at + 4)));
    expect(alone.map(([own]) => own)).toEqual([...scores]);
  });

  it("is empty without products", () => {
    expect(score([randomNetwork(1)], new Float32Array(0))).toHaveLength(0);
  });
});

describe("logOddsOf", () => {
  it("is even when the most valuable outcome is as likely as ignore", () => {
    expect(logOddsOf([0, -1e9, -1e9, -1e9, 0])).toBe(0);
    expect(logOddsOf([0, 0, -1e9, -1e9, -1e9])).toBeCloseTo(Math.log(0.5), 12);
  });

  it("is finite for huge logits, and moves with the logit of ignore", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e300, max: 1e300, noNaN: true }), {
          minLength: 5,
          maxLength: 5,
        }),
        (logits) => {
          expect(Number.isFinite(logOddsOf(logits))).toBe(true);
        },
      ),
      { seed: 19 },
    );
    const weights = new Float32Array(NETWORK_SIZE);
    weights[OUTPUT_BIAS] = 30;
    const [sure] = score([{ weights, activation: "relu" }], new Float32Array(4));
    const [even] = score(
      [{ weights: new Float32Array(NETWORK_SIZE), activation: "relu" }],
      new Float32Array(4),
    );
    expect(even! - sure!).toBeCloseTo(30, 4);
  });
});

it("scoreOf maps log-odds to (0, 1) and even odds to one half, and never decreases", () => {
  expect(scoreOf(0)).toBe(0.5);
  expect(scoreOf(2) + scoreOf(-2)).toBeCloseTo(1, 12);
  fc.assert(
    fc.property(
      fc.double({ min: -30, max: 30, noNaN: true }),
      fc.double({ min: -30, max: 30, noNaN: true }),
      (left, right) => {
        expect(scoreOf(left)).toBeGreaterThan(0);
        expect(scoreOf(left)).toBeLessThan(1);
        if (left < right) expect(scoreOf(left)).toBeLessThanOrEqual(scoreOf(right));
      },
    ),
    { seed: 20 },
  );
});

describe("an ensemble", () => {
  const networks = [1, 2, 3].map((seed) => randomNetwork(seed));
  const random = createRandom(8);
  const inputs = Float32Array.from({ length: 4 * 30 }, () => random.next());

  it("scores the mean of its networks", () => {
    const each = networks.map((network) => score([network], inputs));
    score(networks, inputs).forEach((mean, row) => {
      expect(mean).toBeCloseTo((each[0]![row]! + each[1]![row]! + each[2]![row]!) / 3, 5);
    });
    expect(() => score([], inputs)).toThrow("score: networks is empty");
  });

  it("is uncertain where its networks disagree, and never with a single network", () => {
    const each = networks.map((network) => score([network], inputs));
    uncertainty(networks, inputs).forEach((deviation, row) => {
      const own = each.map((scores) => scores[row]!);
      const mean = own.reduce((sum, value) => sum + value, 0) / 3;
      const variance = own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3;
      expect(deviation).toBeCloseTo(Math.sqrt(variance), 5);
    });
    expect(Math.max(...uncertainty([networks[0]!], inputs))).toBe(0);
    expect(Math.max(...uncertainty([networks[0]!, networks[0]!], inputs))).toBe(0);
  });
});
