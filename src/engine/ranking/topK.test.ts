import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topPicks } from "./topK.ts";

/** Log-odds by row; few distinct values, so that there are ties. */
const anyLogOdds = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 120 });

describe("topPicks", () => {
  it("equals a full sort cut to the limit", () => {
    fc.assert(
      fc.property(anyLogOdds, fc.nat(130), fc.boolean(), (logOdds, limit, isReversed) => {
        const rows = [...logOdds.keys()];
        if (isReversed) rows.reverse();
        const sorted = rows
          .map((at, index) => ({ row: at, logOdds: logOdds[index]! }))
          .sort((left, right) => right.logOdds - left.logOdds || left.row - right.row)
          .slice(0, limit);
        expect(topPicks(rows, logOdds, limit)).toEqual(sorted);
      }),
      { numRuns: 400, seed: 13 },
    );
  });
});
