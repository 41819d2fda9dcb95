import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { correctForNegativeSampling, NEGATIVES_WEIGHT } from "./calibration.ts";

const odds = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), {
  minLength: 5,
  maxLength: 5,
});

function chances(values: readonly number[]): Float64Array {
  const total = values.reduce((sum, value) => sum + value, 0);
  return Float64Array.from(values, (value) => value / total);
}

describe("calibrated chances", () => {
  it("sum to 1 and keep the odds among the outcomes other than ignore, for any number of candidates", () => {
    fc.assert(
      fc.property(odds, fc.nat(100_000), (values, candidates) => {
        const given = chances(values);
        const corrected = correctForNegativeSampling(given, candidates);
        expect(corrected.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 9);
        expect(corrected[1]! / corrected[4]!).toBeCloseTo(given[1]! / given[4]!, 6);
        expect(corrected[0]).toBeGreaterThanOrEqual(given[0]! - 1e-12);
      }),
      { seed: 5 },
    );
  });

  it("add up to one interaction over equal candidates, whatever their number", () => {
    // A network that knows nothing gives an interaction the odds 1 : NEGATIVES_WEIGHT.
    const ignored = NEGATIVES_WEIGHT / (NEGATIVES_WEIGHT + 1);
    const know = Float64Array.from([ignored, 1 - ignored, 0, 0, 0]);
    for (const candidates of [100, 2000]) {
      expect(candidates * correctForNegativeSampling(know, candidates)[1]!).toBeCloseTo(1, 9);
    }
  });

  it("equal the network's own where there are few candidates", () => {
    const given = chances([0.5, 0.2, 0.1, 0.1, 0.1]);
    expect([...correctForNegativeSampling(given, NEGATIVES_WEIGHT)]).toEqual([...given]);
  });
});
