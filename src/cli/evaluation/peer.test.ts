import { describe, expect, it } from "vitest";
import { sKnn, stan, vsKnn, vstan } from "./neighbors.ts";
import { DAY_MS, type Peer, type PeerSession } from "./peer.ts";
import { ar, itemKnn, popularity, recent, sr } from "./rules.ts";
import { bestRows } from "./system.ts";

const session = (at: number, ...items: number[]): PeerSession => ({ items, at: at * DAY_MS });
const crowd = [session(1, 1, 2, 3), session(2, 1, 3), session(3, 2, 4), session(9, 1, 5)];
const order = (peer: Peer, items: number[], at = 10) =>
  bestRows(peer(items, at * DAY_MS), new Set(items.slice(-1)));
const WIDE = { k: 100, sample: 1000 };
const STAN = { ...WIDE, ownPosition: 2, ageDays: 1000, neighborPosition: 3 };

describe("rules", () => {
  it("of popularity count events", () => {
    expect([...popularity(crowd)([1], 0)].sort()).toEqual([
      [1, 3],
      [2, 2],
      [3, 2],
      [4, 1],
      [5, 1],
    ]);
  });

  it("of recency rank the latest first", () => {
    expect(order(recent(), [7, 8, 9])).toEqual([8, 7]);
  });

  it("of association count both directions, of sequence only later products", () => {
    expect(ar(crowd)([3], 0).get(1)).toBe(2);
    expect(sr(crowd)([3], 0).get(1)).toBeUndefined();
    expect(sr(crowd)([1], 0).get(3)).toBe(1 / 2 + 1);
  });

  it("of cosine damp rare products", () => {
    const scores = itemKnn(crowd)([1], 0);
    expect(scores.get(3)).toBeCloseTo(2 / Math.sqrt(23 * 22), 12);
  });

  it("have no scores for a product that the crowd never saw", () => {
    for (const peer of [ar(crowd), sr(crowd), itemKnn(crowd)]) expect(peer([99], 0).size).toBe(0);
  });
});

describe("session neighbors", () => {
  it("vote with the cosine of the sessions", () => {
    const scores = sKnn(crowd, WIDE)([1, 2], 0);
    expect(scores.get(5)).toBeCloseTo(1 / Math.sqrt(4), 12);
    expect(scores.get(3)).toBeCloseTo(2 / Math.sqrt(6) + 1 / Math.sqrt(4), 12);
  });

  it("of VS-KNN give more weight to the end of the session and to rare products", () => {
    expect(order(vsKnn(crowd, WIDE), [1, 2])[0]).toBe(4);
    const scores = vsKnn(crowd, WIDE)([5, 2], 0);
    expect(scores.get(4)).toBeCloseTo(Math.log(4), 12);
  });

  it("of STAN count recent sessions more", () => {
    const fresh = stan(crowd, { ...STAN, ageDays: 1 });
    expect(order(fresh, [1])[0]).toBe(5);
  });

  it("of VSTAN equal STAN's if VSTAN adds nothing", () => {
    const same = vstan(crowd, { ...STAN, sharedPosition: Number.POSITIVE_INFINITY, rarity: 0 });
    expect([...same([2, 1], 0)]).toEqual([...stan(crowd, STAN)([2, 1], 0)]);
  });

  it("of VSTAN count rare products more", () => {
    const plain = vstan(crowd, { ...STAN, sharedPosition: 4, rarity: 0 })([1], 0);
    const rare = vstan(crowd, { ...STAN, sharedPosition: 4, rarity: 5 })([1], 0);
    expect(rare.get(5)! / plain.get(5)!).toBeGreaterThan(rare.get(3)! / plain.get(3)!);
  });

  it("are the latest if too many sessions share a product", () => {
    const scores = sKnn(crowd, { k: 100, sample: 1 })([1], 0);
    expect([...scores.keys()].sort()).toEqual([1, 5]);
  });
});

describe("bestRows", () => {
  it("are the highest, ties by row, without the current product", () => {
    const scores = new Map([
      [4, 1],
      [2, 1],
      [9, 3],
      [1, 5],
    ]);
    expect(bestRows(scores, new Set([1]), 2)).toEqual([9, 2]);
  });
});
