import { describe, expect, it } from "vitest";
import type { LogRow } from "../logs/logRow.ts";
import { answersIn, byHistory, historyFiguresOf } from "./byHistory.ts";
import { measure } from "./measure.ts";
import type { System } from "./system.ts";
import { type LogVisit, trialOf } from "./trial.ts";

const rowsOf = (user: string, session: string, at: number, ...ids: string[]): LogRow[] =>
  ids.map((productId, step) => ({
    userId: user,
    sessionId: session,
    at: at + step,
    type: "view",
    productId,
    name: "",
    category: "",
    brand: "",
    price: Number.NaN,
  }));

/** Ann has seen a and b; then she goes from c back to a, and on to d and to e. */
const log = [
  ...rowsOf("ann", "s1", 1000, "a", "b"),
  ...rowsOf("bob", "s2", 2000, "d", "e"),
  ...rowsOf("ann", "s3", 3000, "c", "a", "d", "e"),
];
const trial = trialOf(log, { split: 2 / 3, maxQueries: 100 });
const { catalog } = trial;
const crowdCounts = new Float64Array(catalog.size);

/** Scores the products in a fixed order, the first highest. */
const fixed =
  (...ids: string[]): System =>
  () =>
  () =>
    ids.map((id, place) => [catalog.rowOf(id)!, -place] as const);

describe("figures by length of history", () => {
  it("follow from the places, by hand", async () => {
    const system = fixed("b", "a", "c", "d");
    const { answers } = await measure(system, trial.tested, { catalog, crowdCounts });
    expect(answers).toEqual([
      [
        // At c, knowing a, b, c: shown b, a, d.
        { place: 2, isRepeat: true, newPlace: 0, isCandidate: true, known: 3, own: 2 },
        // At a: shown b, c, d; of what is new only d.
        { place: 3, isRepeat: false, newPlace: 1, isCandidate: true, known: 3, own: 2 },
        // At d, knowing a to d: e has no score.
        { place: 0, isRepeat: false, newPlace: 0, isCandidate: false, known: 4, own: 3 },
      ],
    ]);
    expect(historyFiguresOf(answers.flat())).toEqual({
      queries: 3,
      hr20: 2 / 3,
      mrr20: (1 / 2 + 1 / 3) / 3,
      newQueries: 2,
      hr20New: 1 / 2,
      hr20NewOnly: 1 / 2,
      mrr20NewOnly: 1 / 2,
      own: 7 / 3,
      recall: 2 / 3,
    });
  });

  it("ask for new products only with all others kept off, so a shelf of old ones does not hide them", async () => {
    const many = Array.from({ length: 30 }, (_, index) => `old${index}`);
    const rows = [...rowsOf("ann", "s1", 1000, ...many), ...rowsOf("ann", "s2", 2000, "x", "new")];
    const long = trialOf(rows, { split: 1 / 2, maxQueries: 100 });
    const system: System = () => () =>
      [...many, "new"].map((id, place) => [long.catalog.rowOf(id)!, -place] as const);
    const counts = new Float64Array(long.catalog.size);
    const { answers } = await measure(system, long.tested, {
      catalog: long.catalog,
      crowdCounts: counts,
    });
    expect(byHistory(answers)).toEqual([
      {
        history: "21–40",
        queries: 1,
        hr20: 0,
        mrr20: 0,
        newQueries: 1,
        hr20New: 0,
        hr20NewOnly: 1,
        mrr20NewOnly: 1,
        own: 20,
        recall: 1,
      },
    ]);
  });

  it("count distinct products, and a bucket includes both of its ends", async () => {
    const ids = Array.from({ length: 90 }, (_, index) => `p${index}`);
    const session = rowsOf("", "s2", 1000, ...ids.flatMap((id) => [id, "p0"]));
    const visit: LogVisit = { history: [], session };
    const long = trialOf([...rowsOf("", "s1", 1, "p0", "p1"), ...session], {
      split: 1 / 2,
      maxQueries: 1000,
    });
    const options = { catalog: long.catalog, crowdCounts: new Float64Array(long.catalog.size) };
    const { answers } = await measure(() => () => [], [visit], options);
    // Each product but the first is asked for when new, and p0 again after it.
    const queries = byHistory(answers).map((row) => [row.history, row.queries, row.newQueries]);
    expect(queries).toEqual([
      ["1–5", 9, 5],
      ["6–10", 10, 5],
      ["11–20", 20, 10],
      ["21–40", 40, 20],
      ["41–80", 80, 40],
      ["81+", 19, 9],
    ]);
    expect(answersIn("81+", answers).flat()).toHaveLength(19);
  });
});
