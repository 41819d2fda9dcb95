import { describe, expect, it } from "vitest";
import { ratioOf } from "./ratio.ts";

describe("a ratio with its interval", () => {
  it("divides the sums, not the visits", () => {
    expect(
      ratioOf([
        [3, 1],
        [0, 2],
      ]).value,
    ).toBe(1);
    expect(
      ratioOf([
        [1, 4],
        [1, 4],
      ]).value,
    ).toBe(1 / 4);
  });

  it("has no width where every visit says the same, as pairs do that agree", () => {
    const parts = Array.from({ length: 50 }, (_, index) => [2 * (index % 3), index % 3] as const);
    expect(ratioOf(parts)).toEqual({ value: 2, interval: [2, 2] });
  });

  it("has an interval about as wide as theory says", () => {
    const parts = Array.from({ length: 400 }, (_, index) => [index % 2, 1] as const);
    const { value, interval } = ratioOf(parts);
    expect(value).toBe(1 / 2);
    const width = 2 * 1.96 * Math.sqrt(0.25 / 400);
    expect(interval[1] - interval[0]).toBeGreaterThan(0.8 * width);
    expect(interval[1] - interval[0]).toBeLessThan(1.2 * width);
  });

  it("is 1 where neither hits, and infinite where only the first does", () => {
    expect(ratioOf([[0, 0]]).value).toBe(1);
    expect(ratioOf([]).value).toBe(1);
    expect(ratioOf([[2, 0]]).value).toBe(Number.POSITIVE_INFINITY);
  });
});
