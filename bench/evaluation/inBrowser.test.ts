import { describe, expect, it } from "vitest";
import { expectEqualRanks } from "./inBrowser.ts";

describe("ranks in the browser", () => {
  it("must be identical, place by place, for every query", () => {
    const ranks = [[[3, 1, 2]], [[5], []]];
    expectEqualRanks(ranks, structuredClone(ranks));
    expect(() => expectEqualRanks(ranks, [[[3, 2, 1]], [[5], []]])).toThrow(
      "query 0 of visit 0 ranks 3,2,1, expected 3,1,2",
    );
    expect(() => expectEqualRanks(ranks, [[[3, 1, 2]]])).toThrow(
      "query 0 of visit 1 ranks , expected 5",
    );
    expect(() => expectEqualRanks(ranks, [[[3, 1, 2]], [[5, 7], []]])).toThrow("ranks 5,7");
  });
});
