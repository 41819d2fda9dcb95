import { describe, expect, it } from "vitest";
import { fixtureCatalog, impression, MINUTE, NOW, view } from "../../testing/fixtures.ts";
import { countReturns, returnChancesOf } from "./countReturns.ts";
import type { CrowdSession } from "./crowdSession.ts";

const catalog = fixtureCatalog();

function session(shopper: string, ids: readonly string[], at = NOW): CrowdSession {
  return { shopper, events: ids.map((id, index) => view(id, at + index * MINUTE)) };
}

const countsOf = (...sessions: CrowdSession[]) =>
  countReturns(sessions, catalog).filter(({ steps }) => steps > 0);

describe("the crowd's steps back", () => {
  it("are counted by how many products a shopper knew, over all of their sessions", () => {
    const first = session("a", ["k1", "k2", "k1"], NOW);
    const second = session("a", ["k3", "k2", "g1"], NOW + 60 * MINUTE);
    const expected = [
      { bucket: 0, steps: 2, returns: 1, shoppers: 1 },
      { bucket: 1, steps: 2, returns: 1, shoppers: 1 },
    ];
    expect(countsOf(first, second)).toEqual(expected);
    expect(countsOf(second, first)).toEqual(expected);
    expect(countsOf(first, { ...second, shopper: "b" })).toEqual([
      { bucket: 0, steps: 2, returns: 1, shoppers: 2 },
    ]);
  });

  it("leave out a second look at the current product, unknown products and impressions", () => {
    const events = [view("k1"), view("k2"), view("k2"), impression(["k1"]), view("elsewhere")];
    expect(countsOf({ shopper: "a", events })).toEqual([]);
  });
});

describe("the chances for a pack", () => {
  it("are the crowd's, a little less certain than its counts", () => {
    const counts = [{ bucket: 3, steps: 980, returns: 490, shoppers: 40 }];
    const chances = returnChancesOf(counts, 3);
    expect(chances[3]).toBeCloseTo((490 + 20 * 0.22) / 1000);
  });

  it("are the usual ones where too few shoppers were counted", () => {
    const counts = [{ bucket: 3, steps: 980, returns: 490, shoppers: 2 }];
    expect(returnChancesOf(counts, 3)).toEqual(returnChancesOf([], 3));
  });
});
