import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nelderMead } from "./nelderMead.ts";

describe("nelderMead", () => {
  it("finds its way through Rosenbrock's valley", () => {
    const valley = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;
    const { at, value } = nelderMead(valley, [-1.2, 1]);
    expect(value).toBeLessThan(1e-9);
    expect(at[0]).toBeCloseTo(1, 4);
    expect(at[1]).toBeCloseTo(1, 4);
  });

  it("finds the bottom of any bowl", () => {
    const number = fc.double({ min: -20, max: 20, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 4 }), (bottom) => {
        const bowl = (at: readonly number[]) =>
          at.reduce((sum, value, axis) => sum + (axis + 1) * (value - bottom[axis]!) ** 2, 3);
        expect(
          nelderMead(
            bowl,
            bottom.map(() => 0),
          ).value,
        ).toBeCloseTo(3, 6);
      }),
      { seed: 17, numRuns: 40 },
    );
  });

  it("goes around what has no finite value", () => {
    const cost = ([x = 0]: readonly number[]) => x - Math.log(x);
    expect(nelderMead(cost, [0.1]).at[0]).toBeCloseTo(1, 4);
  });
});
