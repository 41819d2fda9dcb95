import { describe, expect, it } from "vitest";
import { createRandom } from "../../engine/kit/random.ts";
import type { LogEventType, LogRow } from "../logs/logRow.ts";
import { evaluateIntent } from "./evaluateIntent.ts";
import { intentExamples, statesOf } from "./intentExamples.ts";
import { trainMlp } from "./mlp.ts";
import { countPullRates } from "./pullRates.ts";

let sessions = 0;
function visit(...steps: [LogEventType, string][]): LogRow[] {
  const sessionId = `${++sessions}`;
  return steps.map(([type, productId], index) => ({
    userId: "",
    sessionId,
    at: sessions * 3_600_000 + index * 1000,
    type,
    productId,
    name: productId,
    category: productId[0]!,
    brand: "",
    price: 10,
  }));
}

describe("pull rates", () => {
  const visits = [
    ...Array.from({ length: 30 }, () => visit(["view", "a1"])),
    ...Array.from({ length: 10 }, () => visit(["view", "a2"], ["purchase", "a2"])),
  ];
  const rates = countPullRates(visits);

  it("are higher for what is bought where it is looked at, and lie between product and shop", () => {
    expect(rates.of("a2").rate).toBeGreaterThan(rates.of("a1").rate);
    expect(rates.of("a2").rate).toBeLessThan(1);
    expect(rates.of("a1").rate).toBeGreaterThan(0);
  });

  it("leave a visit out as if it had never been counted there", () => {
    const own = visits.at(-1)!;
    const others = countPullRates(visits.slice(0, -1));
    // The shop's own share still holds it; of product and category nothing does.
    expect(rates.of("a2", own).rate).toBeCloseTo(others.of("a2").rate, 2);
    expect(rates.of("a2", own).rate).toBeLessThan(rates.of("a2").rate);
  });

  it("take a product that nobody saw for one of its category, or of the shop", () => {
    const unseen = visit(["view", "a9"]);
    expect(rates.of("a9", unseen).category).toBe(rates.of("a1").category);
    expect(rates.of("z").category).toBe(-1);
  });
});

describe("states of a visit", () => {
  const rates = countPullRates([visit(["view", "a"])]);
  const outcomesOf = (rows: LogRow[], nextPurchase?: number) =>
    statesOf(rows, {
      rates,
      isCounted: false,
      ...(nextPurchase !== undefined && { nextPurchase }),
    }).map(({ outcome }) => outcome);

  it("are named by what follows, and end before the first purchase", () => {
    expect(outcomesOf(visit(["view", "a"], ["view", "b"]))).toEqual([1, 0]);
    expect(outcomesOf(visit(["view", "a"], ["cart", "a"], ["view", "b"]))).toEqual([2, 1, 0]);
    expect(outcomesOf(visit(["view", "a"], ["purchase", "a"], ["view", "b"]))).toEqual([3]);
    expect(outcomesOf(visit(["purchase", "a"]))).toEqual([]);
  });

  it("come back and buy within four weeks, or not", () => {
    const rows = visit(["view", "a"]);
    expect(outcomesOf(rows, rows[0]!.at + 27 * 86_400_000)).toEqual([4]);
    expect(outcomesOf(rows, rows[0]!.at + 29 * 86_400_000)).toEqual([0]);
  });

  it("make examples in which every visit counts the same", () => {
    const long = statesOf(visit(["view", "a"], ["view", "b"], ["view", "c"]), {
      rates,
      isCounted: false,
    });
    const short = statesOf(visit(["view", "a"]), { rates, isCounted: false });
    const { size, weights, inputs } = intentExamples([long, short]);
    expect(size).toBe(4);
    expect(inputs).toHaveLength(16);
    expect(weights[0]! + weights[1]! + weights[2]!).toBeCloseTo(weights[3]!, 6);
  });
});

describe("the intent network", () => {
  it("learns from made-up visits that a filled cart leads to a purchase", async () => {
    const random = createRandom(31);
    const visits = Array.from({ length: 1200 }, () => {
      const product = () => `${"ab"[random.integer(2)]}${random.integer(20)}`;
      const steps: [LogEventType, string][] = [["view", product()]];
      while (random.next() < 0.6) steps.push([random.next() < 0.3 ? "cart" : "view", product()]);
      const hasCart = steps.some(([type]) => type === "cart");
      if (random.next() < (hasCart ? 0.6 : 0.02)) steps.push(["purchase", steps[0]![1]]);
      return visit(...steps);
    });
    const { figures, buying } = await evaluateIntent(visits);
    expect(buying).toBeGreaterThan(20);
    expect(figures[0]!.aucAtEnd).toBeGreaterThan(0.8);
    const [low, high] = figures[0]!.interval[2]!;
    expect(low).toBeLessThan(figures[0]!.aucAfter[2]!);
    expect(high).toBeGreaterThan(figures[0]!.aucAfter[2]!);
    expect(figures[3]!.aucAtEnd).toBeLessThan(figures[0]!.aucAtEnd);
  });
});

describe("trainMlp", () => {
  it("learns what no straight line can: one or the other, not both", () => {
    const rows = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ].map((row) => row.map((value) => 2 * value - 1));
    const chanceOf = trainMlp(rows, [false, true, true, false], {
      hidden: 6,
      epochs: 800,
      batchSize: 4,
      learningRate: 0.05,
      l2: 0,
      seed: 3,
    });
    expect(rows.map((row) => Math.round(chanceOf(row)))).toEqual([0, 1, 1, 0]);
  });
});
