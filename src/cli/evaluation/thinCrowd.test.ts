import { describe, expect, it } from "vitest";
import type { LogRow } from "../logs/logRow.ts";
import { thinCrowd } from "./thinCrowd.ts";
import { trialOf } from "./trial.ts";

/** 200 shoppers with three visits each. */
const log = Array.from({ length: 600 }, (_, index) =>
  ["a", "b"].map(
    (productId): LogRow => ({
      userId: `u${index % 200}`,
      sessionId: `s${index}`,
      at: 1000 * index,
      type: "view",
      productId,
      name: "",
      category: "",
      brand: "",
      price: Number.NaN,
    }),
  ),
).flat();
const trial = trialOf(log, { split: 2 / 3, maxQueries: 10_000 });
const shoppersOf = (crowd: readonly LogRow[][]) => new Set(crowd.map(([first]) => first!.userId));

describe("a thinned crowd", () => {
  const half = thinCrowd(trial, 0.5);

  it("keeps about the share of the shoppers, each with all sessions", () => {
    const { size } = shoppersOf(half.crowd);
    expect(size).toBeGreaterThan(80);
    expect(size).toBeLessThan(120);
    expect(half.crowd).toHaveLength(2 * size);
  });

  it("is part of every larger one, and all of it is the crowd itself", () => {
    const tenth = shoppersOf(thinCrowd(trial, 0.1).crowd);
    for (const shopper of tenth) expect(shoppersOf(half.crowd)).toContain(shopper);
    expect(thinCrowd(trial, 1).crowd).toEqual(trial.crowd);
  });

  it("leaves the questions and the shoppers' own histories as they are", () => {
    expect(half.tested).toBe(trial.tested);
    expect(half.catalog).toBe(trial.catalog);
    for (const session of half.early) expect(half.crowd).toContain(session);
  });
});
