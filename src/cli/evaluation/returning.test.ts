import { describe, expect, it } from "vitest";
import type { LogRow } from "../logs/logRow.ts";
import type { Answer } from "./figures.ts";
import { returnError, returning } from "./returning.ts";

const view = (productId: string): LogRow => ({
  userId: "",
  sessionId: "s",
  at: 0,
  type: "view",
  productId,
  name: "",
  category: "",
  brand: "",
  price: Number.NaN,
});
const answer = (known: number, own: number, isRepeat: boolean): Answer => ({
  known,
  own,
  isRepeat,
  place: 0,
  newPlace: 0,
  isCandidate: false,
});

describe("going back", () => {
  /** Four queries, one of them for a product seen before. */
  const earlier = [{ history: [], session: ["a", "b", "a", "c", "d"].map(view) }];

  it("is expected as often as earlier shoppers did, and compared with the shelf", () => {
    const answers = [[answer(2, 9, true), answer(3, 2, false)], [answer(5, 5, false)]];
    expect(returning(earlier, answers)).toEqual([
      { history: "1–5", queries: 3, expected: 1 / 4, observed: 1 / 3, distance: (4 + 3 + 0) / 3 },
    ]);
  });

  it("is expected as often as for all where nobody had such a history", () => {
    expect(returning(earlier, [[answer(7, 5, false)]])).toEqual([
      { history: "6–10", queries: 1, expected: 1 / 4, observed: 0, distance: 0 },
    ]);
  });

  it("has the mean gap of its chances as error, queries weighing the same", () => {
    const row = { history: "", distance: 0 };
    const rows = [
      { ...row, queries: 3, expected: 0.5, observed: 0.4 },
      { ...row, queries: 1, expected: 0.1, observed: 0.4 },
    ];
    expect(returnError(rows)).toBeCloseTo((3 * 0.1 + 0.3) / 4, 12);
    expect(returnError([])).toBe(0);
  });
});
