import { describe, expect, it } from "vitest";
import { evaluate } from "../../src/cli/evaluation/evaluate.ts";
import { evaluationJson } from "../../src/cli/evaluation/evaluationJson.ts";
import { fitLogistic } from "../../src/cli/evaluation/logistic.ts";
import { trainingsUpTo } from "../../src/cli/evaluation/personalSystem.ts";
import { SYSTEM_NAMES } from "../../src/cli/evaluation/system.ts";
import { trialOf } from "../../src/cli/evaluation/trial.ts";
import type { LogRow } from "../../src/cli/logs/logRow.ts";
import { LogError } from "../../src/cli/logs/readShopLog.ts";
import { parseEvaluateOptions } from "./evaluateOptions.ts";
import { markdownOf } from "./report.ts";

/** Sessions that walk around a ring of products, each at least two steps long. */
function ring(sessions: number, { userId = "", category = "", price = Number.NaN } = {}): LogRow[] {
  return Array.from({ length: sessions }, (_, session) =>
    Array.from({ length: 2 + (session % 3) }, (_, step): LogRow => {
      const productId = `p${(session + step) % 7}`;
      const at = 1_000_000 * session;
      const row = { sessionId: `s${session}`, at, productId, name: "", category, brand: "", price };
      return { userId: userId && `${userId}${session % 4}`, type: "view", ...row };
    }),
  ).flat();
}

const options = parseEvaluateOptions(["--log", "x.csv", "--floor", "1"]);
const run = (rows: LogRow[], given = options) =>
  evaluate("ring", { train: rows, test: undefined }, given);

describe("an evaluation", () => {
  it("runs all sixteen systems, and the crowd's rules find a ring that popularity cannot", async () => {
    const evaluation = await run(ring(24, { userId: "u" }));
    const json = evaluationJson(evaluation);
    expect(json.systems.map(({ name }) => name)).toEqual([...SYSTEM_NAMES]);
    const mrr = Object.fromEntries(json.systems.map(({ name, mrr20 }) => [name, mrr20]));
    expect(mrr.sr).toBeGreaterThan(0.9);
    expect(mrr.sr).toBeGreaterThan(mrr.popularity! + 0.2);
    expect(json.satisfaction.personal).toBeGreaterThan(0);
  });

  it("needs no users, names, categories or prices, and accepts equal times", async () => {
    const bare = ring(20).map((row) => ({ ...row, at: 0 }));
    const evaluation = await run(bare);
    expect(evaluation.results).toHaveLength(SYSTEM_NAMES.length);
    for (const { figures } of evaluation.results) {
      expect(Object.keys(figures)).toContain("mrr20");
      for (const value of Object.values(figures)) expect(value).toSatisfy(Number.isFinite);
    }
    expect(markdownOf(evaluation)).toContain("| network |");
  });

  it("runs only the requested systems", async () => {
    const wanted = parseEvaluateOptions(["--log", "x", "--systems", "hybrid,sr", "--no-pack"]);
    const { results } = await run(ring(40), wanted);
    expect(results.map(({ name }) => name)).toEqual(["sr", "hybrid"]);
  });

  it("reports a log without any queries", async () => {
    await expect(run(ring(1))).rejects.toThrow(LogError);
    await expect(run([])).rejects.toThrow("0 sessions to learn from");
  });
});

describe("a trial", () => {
  it("gives a visit its shopper's earlier events, and no later ones", () => {
    const { tested } = trialOf(ring(40, { userId: "u" }), { split: 0.5, maxQueries: 1000 });
    for (const { history, session } of tested) {
      for (const row of history) {
        expect(row.userId).toBe(session[0]!.userId);
        expect(row.at).toBeLessThan(session[0]!.at);
      }
    }
    expect(tested.some(({ history }) => history.length > 0)).toBe(true);
  });

  it("is sampled down to about the requested number of queries", () => {
    const { tested, available } = trialOf(ring(400), { split: 0.5, maxQueries: 50 });
    expect(available).toBe(200);
    expect(tested.length).toBeLessThan(35);
  });
});

describe("options", () => {
  it("are refused by name and value", () => {
    expect(() => parseEvaluateOptions([])).toThrow("--log FILE");
    expect(() => parseEvaluateOptions(["--log", "x", "--split", "1.5"])).toThrow('"1.5"');
    expect(() => parseEvaluateOptions(["--log", "x", "--systems", "gru"])).toThrow('"gru"');
    expect(() => parseEvaluateOptions(["--train", "x"])).toThrow("--test FILE");
  });
});

describe("logistic regression", () => {
  it("recovers the coefficients that generated its examples", () => {
    const size = 4000;
    const inputs = Float32Array.from({ length: 4 * size }, (_, at) => ((at * 7919) % 1000) / 1000);
    const chanceAt = (index: number) => 1 / (1 + Math.exp(1 - 3 * inputs[4 * index]!));
    const outcomes = new Uint8Array(2 * size);
    const twice = new Float32Array(8 * size);
    const weights = new Float32Array(2 * size);
    for (let index = 0; index < size; index++) {
      const four = inputs.subarray(4 * index, 4 * index + 4);
      twice.set(four, 8 * index);
      twice.set(four, 8 * index + 4);
      outcomes[2 * index] = 1;
      weights[2 * index] = 2 * chanceAt(index);
      weights[2 * index + 1] = 2 - 2 * chanceAt(index);
    }
    const [bias, first, second] = fitLogistic({ size: 2 * size, inputs: twice, outcomes, weights });
    expect(bias).toBeCloseTo(-1, 1);
    expect(first).toBeCloseTo(3, 1);
    expect(second).toBeCloseTo(0, 1);
  });
});

describe("a shopper's trainings", () => {
  it("come after six interactions, then whenever these have grown by a fifth and by six", () => {
    expect(trainingsUpTo(5)).toEqual([]);
    expect(trainingsUpTo(60)).toEqual([6, 12, 18, 24, 30, 36, 44, 53]);
  });
});
