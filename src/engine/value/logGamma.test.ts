import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logGamma } from "./logGamma.ts";

describe("logGamma", () => {
  it("is the logarithm of a factorial at whole numbers", () => {
    let factorial = 1;
    for (let n = 1; n <= 20; n++) {
      expect(logGamma(n)).toBeCloseTo(Math.log(factorial), 11);
      factorial *= n;
    }
  });

  it("is half the logarithm of π at one half, and follows Stirling's series far out", () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    const x = 1e5;
    const stirling = (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + 1 / (12 * x);
    expect(Math.abs(logGamma(x) / stirling - 1)).toBeLessThan(1e-13);
  });

  it("grows by ln x from x to x + 1", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e4, noNaN: true }), (x) => {
        const grown = logGamma(x + 1) - logGamma(x);
        expect(Math.abs(grown - Math.log(x))).toBeLessThan(1e-10 * (1 + Math.abs(logGamma(x + 1))));
      }),
      { seed: 1 },
    );
  });

  it("refuses what has no logarithm, naming it", () => {
    for (const x of [0, -1, Number.NaN]) expect(() => logGamma(x)).toThrow(`x is ${x}`);
  });
});
