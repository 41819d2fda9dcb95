import { describe, expect, it } from "vitest";
import { bootstrap, figuresOf, tallyOf } from "./figures.ts";

describe("figures", () => {
  it("follow from the places of the next products", () => {
    const figures = figuresOf([
      tallyOf([
        { place: 1, isRepeat: false },
        { place: 20, isRepeat: true },
      ]),
      tallyOf([
        { place: 0, isRepeat: false },
        { place: 4, isRepeat: false },
      ]),
    ]);
    expect(figures.hr5).toBe(2 / 4);
    expect(figures.hr20).toBe(3 / 4);
    expect(figures.mrr20).toBeCloseTo((1 + 1 / 20 + 1 / 4) / 4, 12);
    expect(figures.ndcg20).toBeCloseTo((1 + 1 / Math.log2(21) + 1 / Math.log2(5)) / 4, 12);
    expect(figures.hr20Repeat).toBe(1);
    expect(figures.hr20Discovery).toBeCloseTo(2 / 3, 12);
  });

  it("are zero rather than undefined without any queries", () => {
    expect(figuresOf([]).hr20).toBe(0);
    expect(figuresOf([tallyOf([{ place: 1, isRepeat: false }])]).hr20Repeat).toBe(0);
  });
});

describe("bootstrap intervals", () => {
  const half = Array.from({ length: 200 }, (_, index) =>
    tallyOf([{ place: index % 2, isRepeat: false }]),
  );

  it("contain the figure and are about as wide as the binomial interval", () => {
    const [low, high] = bootstrap(half, figuresOf).hr20;
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
    const expected = 2 * 1.96 * Math.sqrt(0.25 / 200);
    expect(high - low).toBeGreaterThan(0.8 * expected);
    expect(high - low).toBeLessThan(1.2 * expected);
  });

  it("are wider if the same answers are in fewer sessions", () => {
    const five = Array.from({ length: 40 }, (_, index) =>
      tallyOf(Array.from({ length: 5 }, () => ({ place: index % 2, isRepeat: false }))),
    );
    const width = ([low, high]: readonly [number, number]) => high - low;
    expect(width(bootstrap(five, figuresOf).hr20)).toBeGreaterThan(
      1.5 * width(bootstrap(half, figuresOf).hr20),
    );
  });

  it("are the same for the same seed", () => {
    expect(bootstrap(half, figuresOf, { seed: 3 })).toEqual(
      bootstrap(half, figuresOf, { seed: 3 }),
    );
  });
});
