import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hypergeometric } from "./hypergeometric.ts";
import { logGamma } from "./logGamma.ts";

/** Euler's integral by the midpoint rule after a change of variable that flattens both ends; for c > b > 0. */
function byIntegral({ a, b, c, z }: { a: number; b: number; c: number; z: number }): number {
  const steps = 4000;
  const width = 80 / steps;
  let sum = 0;
  for (let step = 0; step < steps; step++) {
    const u = -40 + (step + 0.5) * width;
    const t = 1 / (1 + Math.exp(-u));
    const rest = 1 / (1 + Math.exp(u));
    sum += Math.exp(b * Math.log(t) + (c - b) * Math.log(rest) - a * Math.log1p(-z * t)) * width;
  }
  return sum * Math.exp(logGamma(c) - logGamma(b) - logGamma(c - b));
}

describe("hypergeometric", () => {
  it("has known closed forms", () => {
    for (const z of [0, 0.1, 0.5, 0.9, 0.999]) {
      expect(hypergeometric({ a: 1, b: 1, c: 1, z })).toBeCloseTo(1 / (1 - z), 6);
      expect(hypergeometric({ a: 2.5, b: 3, c: 3, z, power: 2.5 })).toBeCloseTo(1, 9);
      if (z > 0) {
        const logarithm = -Math.log1p(-z) / z;
        expect(hypergeometric({ a: 1, b: 1, c: 2, z })).toBeCloseTo(logarithm, 9);
      }
    }
  });

  it("agrees with Euler's integral", () => {
    const parameter = fc.double({ min: 0.5, max: 12, noNaN: true });
    const inside = fc.double({ min: 0, max: 0.97, noNaN: true });
    fc.assert(
      fc.property(parameter, parameter, parameter, inside, (a, b, more, z) => {
        const own = { a, b, c: b + more, z };
        expect(hypergeometric(own) / byIntegral(own)).toBeCloseTo(1, 7);
      }),
      { seed: 2 },
    );
  });

  it("stays finite with a factor where the function alone overflows", () => {
    const large = { a: 900, b: 905, c: 903, z: 0.99 };
    expect(hypergeometric(large)).toBe(Number.POSITIVE_INFINITY);
    expect(hypergeometric({ ...large, power: 902 })).toBeGreaterThan(0);
    expect(hypergeometric({ ...large, power: 902 })).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it("refuses a z outside its circle and a c at a pole", () => {
    expect(() => hypergeometric({ a: 1, b: 1, c: 1, z: 1 })).toThrow("z is 1");
    expect(() => hypergeometric({ a: 1, b: 1, c: 1, z: -0.1 })).toThrow("z is -0.1");
    expect(() => hypergeometric({ a: 1, b: 1, c: -2, z: 0.1 })).toThrow("c is -2");
  });
});
