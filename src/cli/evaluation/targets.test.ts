import { describe, expect, it } from "vitest";
import type { EvaluationResult } from "./evaluation.ts";
import { type Answer, figuresOf } from "./figures.ts";
import { targetsOf } from "./targets.ts";

type Name = EvaluationResult["results"][number]["name"];

/** Visits of ten queries each, of which the first `hits` are answered right. */
function resultOf(name: Name, hits: number, { known = 3, visits = 20 } = {}) {
  const answers = Array.from({ length: visits }, () =>
    Array.from({ length: 10 }, (_, query): Answer => {
      const place = query < hits ? 1 : 0;
      return { place, newPlace: place, isRepeat: false, isCandidate: true, known, own: 4 };
    }),
  );
  return { name, measured: { answers }, figures: figuresOf([]) };
}

function targets(title: string, results: unknown[], more: Partial<EvaluationResult> = {}) {
  const run = { title, results, bestPeer: "hybrid", returning: [], crowds: [], ...more };
  const all = targetsOf(run as unknown as EvaluationResult);
  return new Map(all.map((target) => [target.name, target]));
}

describe("targets", () => {
  const results = [resultOf("stan", 4), resultOf("hybrid", 5), resultOf("network", 6)];

  it("of the electronics log hold or not by their value, with an interval", () => {
    const found = targets("rees46-electronics-2021-01", results);
    expect(found.get("hr20 at 1–5 products")).toEqual({
      name: "hr20 at 1–5 products",
      value: 0.6,
      target: "≥ 0.6",
      holds: true,
      interval: [0.6, 0.6],
    });
    expect(found.get("hr20, times stan")).toMatchObject({
      value: 1.5,
      target: "≥ 1.33",
      holds: true,
    });
    expect(found.get("hr20, times hybrid")).toMatchObject({ value: 1.2, holds: true });
    expect(found.has("hr20 at 6–10 products")).toBe(false);
  });

  it("of any shop compare with its best peer and with shuffled weights", () => {
    const found = targets("some-shop", [...results, resultOf("network-shuffled", 6)]);
    const peer = "times best peer (hybrid)";
    expect(found.get(`hr20New, ${peer}`)).toMatchObject({ value: 1.2, target: "≥ 1", holds: true });
    expect(found.get(`hr20NewOnly, ${peer}`)).toMatchObject({ value: 1.2, target: "≥ 1.05" });
    // As good as shuffled weights is not above them.
    expect(found.get("hr20 at 1–5 products, times shuffled weights")).toMatchObject({
      value: 1,
      target: "> 1",
      holds: false,
    });
    expect([...found.keys()].some((name) => name.includes("stan"))).toBe(false);
  });

  it("fail in a bucket only where the whole interval is below 1", () => {
    const name = "hr20 at 1–5 products, times best peer (hybrid)";
    const below = targets("x", [resultOf("hybrid", 6), resultOf("network", 5)]);
    expect(below.get(name)).toMatchObject({ holds: false });
    const even = [resultOf("hybrid", 5), resultOf("network", 5)];
    for (const answer of even[1]!.measured.answers[0]!) answer.place = 0;
    const unsure = targets("x", even).get(name)!;
    expect(unsure.value).toBeLessThan(1);
    expect(unsure.holds).toBe(true);
  });

  it("leave out buckets with fewer than 100 queries", () => {
    const few = { known: 50, visits: 9 };
    const found = targets("x", [resultOf("hybrid", 5, few), resultOf("network", 5, few)]);
    expect([...found.keys()].some((name) => name.includes("41–80"))).toBe(false);
  });

  it("of own cards ask for a distance and a calibration error", () => {
    const row = { history: "6–10", queries: 200, expected: 0.3, observed: 0.4, distance: 3.5 };
    const found = targets("x", results, {
      returning: [row, { ...row, history: "81+", queries: 5 }],
      returnError: 0.1,
    });
    expect(found.get("mean |own cards − 20 p| at 6–10 products")).toMatchObject({
      value: 3.5,
      target: "≤ 3",
      holds: false,
    });
    expect(found.has("mean |own cards − 20 p| at 81+ products")).toBe(false);
    const error = found.get("calibration error of p, the chance of going back")!;
    expect(error).toMatchObject({ value: 0.1, target: "≤ 0.03", holds: false });
  });

  it("of a small shop compare with hybrid at the same 5 %", () => {
    const crowd = (share: number, own: number) => ({
      share,
      sessions: 10,
      results: [resultOf("hybrid", 5), resultOf("network", own)].map(({ name, measured }) => ({
        name,
        answers: measured.answers,
      })),
    });
    const crowds = [crowd(0.01, 1), crowd(0.05, 7)];
    const name = "hr20NewOnly with 5 % of the crowd, times hybrid with the same";
    expect(targets("online-retail", results, { crowds }).get(name)).toMatchObject({
      value: 1.4,
      holds: true,
    });
    expect(targets("some-shop", results, { crowds }).has(name)).toBe(false);
  });

  it("compare the network trained at home with logistic regression", () => {
    const found = targets("x", [...results, resultOf("logistic", 5), resultOf("network-home", 5)]);
    const name = "hr20 of the network trained at home, times logistic regression";
    expect(found.get(name)).toMatchObject({ value: 1, target: "≥ 1.02", holds: false });
  });

  it("are none without the network", () => {
    expect(targets("x", [resultOf("hybrid", 5)]).size).toBe(0);
  });
});
