import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  activeChance,
  type BgNbd,
  bgNbdLogLikelihood,
  expectedOrders,
  type OrderTimes,
  returnChance,
} from "./bgNbd.ts";
import { logGamma } from "./logGamma.ts";

/** Published for the CDNOW sample (Fader, Hardie and Lee, 2005). */
const CDNOW: BgNbd = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };
const MODELS: BgNbd[] = [
  CDNOW,
  { r: 0.64, alpha: 9.06, a: 0.17, b: 2.74 },
  { r: 2, alpha: 3, a: 1, b: 2 },
  { r: 1.5, alpha: 6, a: 3.5, b: 4 },
];
const SHOPPERS: OrderTimes[] = [
  { repeats: 0, lastWeek: 0, weeks: 20 },
  { repeats: 1, lastWeek: 3, weeks: 3 },
  { repeats: 2, lastWeek: 30.43, weeks: 38.86 },
  { repeats: 7, lastWeek: 12, weeks: 52 },
];

interface Mixed {
  likelihood: number;
  active: number;
  returns: number;
  orders: number;
}

/**
 * The oracle: what the model says of one shopper by adding up over a grid of rates λ and chances of leaving p,
 * without any of the formulas. Of a shopper with λ and p, the likelihood is (1−p)ˣλˣe^(−λT) while active, and
 * p(1−p)^(x−1)λˣe^(−λt) where the last order was the last; expected orders in t, while active, are
 * (1 − e^(−λpt))/p.
 */
function byGrid(
  model: BgNbd,
  { repeats: x, lastWeek: tx, weeks: T }: OrderTimes,
  ahead: number,
): Mixed {
  const { r, alpha, a, b } = model;
  const gammaNorm = r * Math.log(alpha) - logGamma(r);
  const betaNorm = logGamma(a + b) - logGamma(a) - logGamma(b);
  const sums = { likelihood: 0, active: 0, returns: 0, orders: 0 };
  const size = 450;
  // Small shapes have mass in the far tail.
  const reach = 25 + 15 / Math.min(1, a);
  for (let i = 0; i < size; i++) {
    const logRate = -60 + ((i + 0.5) / size) * 65;
    const rate = Math.exp(logRate);
    const rateMass = Math.exp(gammaNorm + r * logRate - alpha * rate) * (65 / size);
    for (let j = 0; j < size; j++) {
      const u = 25 - ((j + 0.5) / size) * reach;
      const leave = 1 / (1 + Math.exp(-u));
      const stay = 1 / (1 + Math.exp(u));
      const mass =
        rateMass * Math.exp(betaNorm + a * Math.log(leave) + b * Math.log(stay)) * (reach / size);
      const active = mass * Math.exp(x * Math.log(stay) + x * logRate - rate * T);
      const left =
        x === 0
          ? 0
          : mass * Math.exp(Math.log(leave) + (x - 1) * Math.log(stay) + x * logRate - rate * tx);
      sums.likelihood += active + left;
      sums.active += active;
      sums.returns += active * -Math.expm1(-rate * ahead);
      sums.orders += (active * -Math.expm1(-rate * leave * ahead)) / leave;
    }
  }
  return {
    likelihood: sums.likelihood,
    active: sums.active / sums.likelihood,
    returns: sums.returns / sums.likelihood,
    orders: sums.orders / sums.likelihood,
  };
}

const model = fc.record({
  r: fc.double({ min: 0.1, max: 3, noNaN: true }),
  alpha: fc.double({ min: 1, max: 30, noNaN: true }),
  a: fc.double({ min: 0.05, max: 3, noNaN: true }),
  b: fc.double({ min: 0.5, max: 20, noNaN: true }),
});
const shopper = fc
  .record({
    repeats: fc.nat(60),
    share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    weeks: fc.double({ min: 1, max: 150, noNaN: true }),
  })
  .map(({ repeats, share, weeks }) => ({
    repeats,
    lastWeek: repeats === 0 ? 0 : share * weeks,
    weeks,
  }));
const ahead = fc.double({ min: 0.1, max: 80, noNaN: true });

describe("BG/NBD", () => {
  it("says 1.226 orders of the paper's first customer, as the authors' worksheet does", () => {
    expect(expectedOrders(CDNOW, SHOPPERS[2]!, 39)).toBeCloseTo(1.226, 3);
  });

  it("agrees with adding up over all rates and chances of leaving", () => {
    for (const own of MODELS) {
      for (const times of SHOPPERS) {
        const oracle = byGrid(own, times, 26);
        expect(bgNbdLogLikelihood(own, times)).toBeCloseTo(Math.log(oracle.likelihood), 4);
        expect(activeChance(own, times)).toBeCloseTo(oracle.active, 4);
        expect(returnChance(own, times, 26)).toBeCloseTo(oracle.returns, 4);
        expect(expectedOrders(own, times, 26) / oracle.orders).toBeCloseTo(1, 3);
      }
    }
  });

  it("keeps chances within their bounds, and expects at least one order of a returning shopper", () => {
    fc.assert(
      fc.property(model, shopper, ahead, (own, times, weeks) => {
        const [active, returns] = [activeChance(own, times), returnChance(own, times, weeks)];
        const orders = expectedOrders(own, times, weeks);
        expect(active).toBeGreaterThanOrEqual(0);
        expect(active).toBeLessThanOrEqual(1);
        expect(returns).toBeLessThanOrEqual(active);
        expect(orders).toBeGreaterThanOrEqual(returns * (1 - 1e-6));
      }),
      { seed: 3 },
    );
  });

  it("expects more of a longer time, and less of every week further ahead", () => {
    fc.assert(
      fc.property(model, shopper, ahead, (own, times, weeks) => {
        const [first = 0, both = 0] = [weeks, 2 * weeks].map((time) =>
          expectedOrders(own, times, time),
        );
        expect(both).toBeGreaterThanOrEqual(first * (1 - 1e-6));
        expect(both - first).toBeLessThanOrEqual(first * (1 + 1e-6));
      }),
      { seed: 4 },
    );
  });

  it("never expects less after one more order today, for a shopper with repeats", () => {
    fc.assert(
      fc.property(model, shopper, ahead, (own, times, weeks) => {
        fc.pre(times.repeats > 0);
        const more = { ...times, repeats: times.repeats + 1, lastWeek: times.weeks };
        const before = expectedOrders(own, times, weeks);
        expect(activeChance(own, more)).toBeGreaterThanOrEqual(activeChance(own, times) - 1e-12);
        expect(expectedOrders(own, more, weeks)).toBeGreaterThanOrEqual(before * (1 - 1e-6));
      }),
      { seed: 5 },
    );
  });

  it("believes less in a shopper the longer they are silent", () => {
    fc.assert(
      fc.property(model, shopper, ahead, (own, times, weeks) => {
        const later = { ...times, weeks: times.weeks + weeks };
        expect(activeChance(own, later)).toBeLessThanOrEqual(activeChance(own, times) + 1e-12);
        expect(returnChance(own, later, 4)).toBeLessThanOrEqual(
          returnChance(own, times, 4) + 1e-12,
        );
      }),
      { seed: 6 },
    );
  });

  it("is continuous where its formula is 0/0", () => {
    const times = { repeats: 3, lastWeek: 5, weeks: 10 };
    const [below, at, above] = [1 - 1e-4, 1, 1 + 1e-4].map((a) =>
      expectedOrders({ ...CDNOW, a }, times, 20),
    );
    expect(at).toBeCloseTo((below! + above!) / 2, 5);
    const fresh = { repeats: 0, lastWeek: 0, weeks: 10 };
    const [low, middle, high] = [0.4 - 1e-4, 0.4, 0.4 + 1e-4].map((a) =>
      expectedOrders({ ...CDNOW, a, b: 0.6 }, fresh, 20),
    );
    expect(middle).toBeCloseTo((low! + high!) / 2, 5);
  });
});
