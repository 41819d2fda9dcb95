import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  areaUnderCurve,
  bias,
  brierScore,
  calibrationError,
  correlation,
  meanAbsoluteError,
  rankCorrelation,
  ranks,
  reliabilityBins,
  shareOfTop,
} from "./figures.ts";

describe("figures", () => {
  it("give equal values their mean rank", () => {
    expect(ranks([30, 10, 20, 10])).toEqual([4, 1.5, 3, 1.5]);
  });

  it("correlate values and ranks", () => {
    expect(correlation([1, 2, 3], [2, 4, 6])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 12);
    expect(rankCorrelation([1, 10, 100], [-5, 0, 700])).toBeCloseTo(1, 12);
    expect(rankCorrelation([1, 2, 3], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  it("measure the area under the curve as the share of pairs in the right order, ties by half", () => {
    const cases = fc.array(fc.tuple(fc.nat(5), fc.boolean()), { minLength: 2, maxLength: 25 });
    fc.assert(
      fc.property(cases, (own) => {
        const hits = own.filter(([, hit]) => hit);
        const misses = own.filter(([, hit]) => !hit);
        fc.pre(hits.length > 0 && misses.length > 0);
        const right = hits
          .flatMap(([high]) => misses.map(([low]) => (high > low ? 1 : high === low ? 0.5 : 0)))
          .reduce<number>((sum, pair) => sum + pair, 0);
        const area = areaUnderCurve(
          own.map(([score]) => score),
          own.map(([, hit]) => hit),
        );
        expect(area).toBeCloseTo(right / (hits.length * misses.length), 9);
      }),
      { seed: 18 },
    );
  });

  it("measure errors of chances and of counts", () => {
    expect(brierScore([1, 0.5], [true, false])).toBeCloseTo(0.125, 12);
    expect(meanAbsoluteError([1, 4], [2, 2])).toBe(1.5);
    expect(bias([3, 3], [2, 2])).toBeCloseTo(0.5, 12);
    const chances = Array.from({ length: 100 }, (_, index) => (index < 50 ? 0.2 : 0.6));
    const hits = chances.map((chance, index) => index % 10 < 10 * chance);
    expect(calibrationError(chances, hits)).toBeCloseTo(0, 9);
    expect(
      calibrationError(
        chances.map((chance) => chance + 0.1),
        hits,
      ),
    ).toBeCloseTo(0.1, 9);
  });

  it("bin all cases into tenths of one size", () => {
    const chances = Array.from({ length: 47 }, (_, index) => ((index * 29) % 47) / 47);
    const bins = reliabilityBins(
      chances,
      chances.map((chance) => chance > 0.5),
    );
    expect(bins.reduce((sum, { cases }) => sum + cases, 0)).toBe(47);
    expect(bins.map(({ predicted }) => predicted)).toEqual(
      bins.map(({ predicted }) => predicted).toSorted((left, right) => left - right),
    );
  });

  it("add up what the highest scores hold", () => {
    expect(shareOfTop([3, 1, 2, 0], [10, 20, 30, 40], 0.5)).toBeCloseTo(0.4, 12);
  });
});
