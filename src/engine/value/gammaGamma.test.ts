import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedOrderValue, type GammaGamma, gammaGammaLogLikelihood } from "./gammaGamma.ts";
import { logGamma } from "./logGamma.ts";

/** Published for the CDNOW sample (Fader and Hardie, 2013). */
const CDNOW: GammaGamma = { p: 6.25, q: 3.74, v: 15.44 };

/** The oracle: adds up over the shoppers' scales ν; of one, the mean of n orders is Gamma(pn, nν). */
function byGrid({ p, q, v }: GammaGamma, { orders, mean }: { orders: number; mean: number }) {
  let likelihood = 0;
  let value = 0;
  const size = 20_000;
  for (let step = 0; step < size; step++) {
    const log = -30 + ((step + 0.5) / size) * 45;
    const scale = Math.exp(log);
    const prior = Math.exp(q * Math.log(v) - logGamma(q) + q * log - v * scale) * (45 / size);
    const shape = p * orders;
    const own =
      orders === 0
        ? prior
        : prior *
          Math.exp(
            shape * Math.log(orders * scale) -
              logGamma(shape) +
              (shape - 1) * Math.log(mean) -
              orders * scale * mean,
          );
    likelihood += own;
    value += (own * p) / scale;
  }
  return { logLikelihood: Math.log(likelihood), value: value / likelihood };
}

describe("gamma-gamma", () => {
  it("says $24.66 and $18.91 of the first two customers of CDNOW, as published", () => {
    expect(expectedOrderValue(CDNOW, { orders: 2, mean: 22.35 })).toBeCloseTo(24.66, 1);
    expect(expectedOrderValue(CDNOW, { orders: 1, mean: 11.77 })).toBeCloseTo(18.91, 1);
  });

  it("agrees with adding up over all scales", () => {
    for (const own of [CDNOW, { p: 0.8, q: 3.7, v: 250 }]) {
      for (const values of [
        { orders: 0, mean: 0 },
        { orders: 1, mean: 30 },
        { orders: 9, mean: 71 },
      ]) {
        const oracle = byGrid(own, values);
        expect(expectedOrderValue(own, values) / oracle.value).toBeCloseTo(1, 5);
        expect(gammaGammaLogLikelihood(own, values)).toBeCloseTo(oracle.logLikelihood, 5);
      }
    }
  });

  it("expects more of a shopper with a higher mean", () => {
    const money = fc.double({ min: 0.01, max: 1e4, noNaN: true });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), money, money, (orders, mean, more) => {
        const [low, high] = [mean, mean + more].map((own) =>
          expectedOrderValue(CDNOW, { orders, mean: own }),
        );
        expect(high).toBeGreaterThan(low!);
      }),
      { seed: 7 },
    );
  });

  it("comes ever nearer to the shopper's own mean", () => {
    const far = [1, 4, 16, 64].map((orders) =>
      Math.abs(expectedOrderValue(CDNOW, { orders, mean: 90 }) - 90),
    );
    expect(far).toEqual(far.toSorted((left, right) => right - left));
    expect(far.at(-1)).toBeLessThan(1);
  });
});
