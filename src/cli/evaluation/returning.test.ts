import { describe, expect, it } from "vitest";
import type { Answer } from "./figures.ts";
import { returnError, returning } from "./returning.ts";

type Asked = Pick<Answer, "known" | "own" | "isRepeat" | "chance">;

function answer(asked: Asked): Answer {
  return { place: 0, newPlace: 0, isCandidate: false, ...asked };
}

describe("going back", () => {
  it("is expected as the engine does for each shopper, and compared with the shelf", () => {
    const answers = [
      [
        answer({ known: 2, own: 9, isRepeat: true, chance: 0.25 }),
        answer({ known: 3, own: 2, isRepeat: false, chance: 0.5 }),
      ],
      [answer({ known: 7, own: 5, isRepeat: false, chance: 0.25 })],
    ];
    expect(returning(answers)).toEqual([
      { history: "1–5", queries: 2, expected: 0.375, observed: 0.5, distance: (4 + 8) / 2 },
      { history: "6–10", queries: 1, expected: 0.25, observed: 0, distance: 0 },
    ]);
  });

  it("is not expected of systems without an estimate", () => {
    const answers = [[answer({ known: 2, own: 9, isRepeat: true })]];
    expect(returning(answers)).toEqual([]);
    expect(returnError(answers)).toBe(0);
  });

  it("has the mean gap of its chances as error, bin by bin, queries weighing the same", () => {
    const asked = (chance: number, isRepeat: boolean) =>
      answer({ known: 2, own: 0, isRepeat, chance });
    // Three queries around .5, of which one went back; one at .1 that did.
    const answers = [
      [asked(0.52, true), asked(0.56, false)],
      [asked(0.51, false), asked(0.1, true)],
    ];
    expect(returnError(answers)).toBeCloseTo((3 * (0.53 - 1 / 3) + 0.9) / 4, 12);
    expect(returnError([[asked(1, true)]])).toBe(0);
  });
});
