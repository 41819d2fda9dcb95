import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterIntervals,
  type ErlangGamma,
  expectedInterval,
  lastsBeyond,
  neededChance,
} from "./erlangGamma.ts";
import { logGamma } from "./logGamma.ts";

/** The oracle: adds up the Erlang chance to last over the rates. */
function byGrid({ regularity, shape, scale }: ErlangGamma, time: number): number {
  let sum = 0;
  const size = 8000;
  for (let step = 0; step < size; step++) {
    const log = -30 + ((step + 0.5) / size) * 45;
    const rate = Math.exp(log);
    const mass = Math.exp(shape * Math.log(scale) - logGamma(shape) + shape * log - scale * rate);
    let lasts = 0;
    for (let stage = 0, term = Math.exp(-rate * time); stage < regularity; stage++) {
      lasts += term;
      term *= (rate * time) / (stage + 1);
    }
    sum += mass * lasts * (45 / size);
  }
  return sum;
}

const model = fc.record({
  regularity: fc.integer({ min: 1, max: 4 }),
  shape: fc.double({ min: 1.2, max: 12, noNaN: true }),
  scale: fc.double({ min: 1, max: 200, noNaN: true }),
});
const time = fc.double({ min: 0, max: 400, noNaN: true });

describe("Erlang-gamma intervals", () => {
  it("agree with adding up over all rates", () => {
    fc.assert(
      fc.property(model, time, (own, at) => {
        expect(lastsBeyond(own, at)).toBeCloseTo(byGrid(own, at), 6);
      }),
      { seed: 8, numRuns: 40 },
    );
  });

  it("have the mean that their chances to last add up to", () => {
    const own = { regularity: 2, shape: 4, scale: 30 };
    let sum = 0;
    for (let at = 0; at < 20_000; at++) sum += lastsBeyond(own, at + 0.5);
    expect(sum).toBeCloseTo(expectedInterval(own), 2);
  });

  it("make a unit that has lasted ever less likely to last, and a need ever more likely", () => {
    fc.assert(
      fc.property(model, time, time, (own, elapsed, more) => {
        expect(lastsBeyond(own, elapsed + more)).toBeLessThanOrEqual(lastsBeyond(own, elapsed));
        const [soon = 0, late = 0] = [more, 2 * more].map((ahead) =>
          neededChance(own, { elapsed, ahead }),
        );
        expect(soon).toBeGreaterThanOrEqual(0);
        expect(late).toBeGreaterThanOrEqual(soon - 1e-12);
        expect(late).toBeLessThanOrEqual(1);
      }),
      { seed: 9 },
    );
  });

  it("come ever nearer to a shopper's own", () => {
    const usual = { regularity: 2, shape: 3, scale: 60 };
    expect(expectedInterval(usual)).toBe(60);
    expect(expectedInterval(afterIntervals(usual, { count: 1, total: 20 }))).toBe(40);
    expect(expectedInterval(afterIntervals(usual, { count: 50, total: 1000 }))).toBeCloseTo(
      20.8,
      1,
    );
  });
});
