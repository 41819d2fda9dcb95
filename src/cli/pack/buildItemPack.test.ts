import { describe, expect, it } from "vitest";
import type { ShopEvent } from "../../engine/events/shopEvent.ts";
import { DAY, fixtureCatalog, NOW } from "../../testing/fixtures.ts";
import { buildItemPack } from "./buildItemPack.ts";
import type { CrowdSession } from "./crowdSession.ts";

const catalog = fixtureCatalog();

function session(shopper: string, ids: string[], at = NOW): CrowdSession {
  const events = ids.map((productId): ShopEvent => ({ type: "view", at, productId }));
  return { shopper, events };
}

/** Neighbors of a product, strongest first, by id. */
function neighborsOf(sessions: CrowdSession[], id: string, options = { minShoppers: 1 }) {
  const { pack } = buildItemPack(sessions, catalog, options);
  const row = catalog.rowOf(id)!;
  const rows = pack.neighbors.subarray(pack.starts[row]!, pack.starts[row + 1]!);
  return Array.from(rows, (other) => catalog.products[other]!.id);
}

function strength(sessions: CrowdSession[], from: string, to: string): number {
  const { pack } = buildItemPack(sessions, catalog, { minShoppers: 1 });
  const row = catalog.rowOf(from)!;
  for (let index = pack.starts[row]!; index < pack.starts[row + 1]!; index++) {
    if (pack.neighbors[index] === catalog.rowOf(to)) return pack.strengths[index]!;
  }
  return 0;
}

describe("neighbors", () => {
  it("are products of the same sessions, nearest first", () => {
    expect(neighborsOf([session("a", ["k1", "k2", "g1"])], "k1")).toEqual(["k2", "g1"]);
    expect(neighborsOf([session("a", ["k1", "k2", "g1"])], "b1")).toEqual([]);
  });

  it("count forward steps for more than backward ones", () => {
    const sessions = [session("a", ["k1", "k2"])];
    expect(strength(sessions, "k1", "k2")).toBeGreaterThan(strength(sessions, "k2", "k1"));
  });

  it("weigh less for a product that is in every session", () => {
    const rare = [session("a", ["k1", "k2"]), session("b", ["k1", "k2"])];
    const common = [...rare, ...["c", "d", "e", "f"].map((who) => session(who, ["k2", "b1"]))];
    expect(strength(common, "k1", "k2")).toBeLessThan(strength(rare, "k1", "k2"));
  });

  it("weigh more from recent sessions", () => {
    const sessions = [session("a", ["k1", "k2"], NOW - 200 * DAY), session("b", ["k1", "g1"], NOW)];
    expect(neighborsOf(sessions, "k1")).toEqual(["g1", "k2"]);
  });

  it("are left out and counted below k shoppers", () => {
    const often = ["a", "b", "c"].map((who) => session(who, ["k1", "k2"]));
    const again = ["a", "a", "a"].map((who) => session(who, ["k1", "g1"]));
    const sessions = [...often, ...again];
    expect(neighborsOf(sessions, "k1", { minShoppers: 3 })).toEqual(["k2"]);
    const { pairsKept, pairsBelowFloor } = buildItemPack(sessions, catalog);
    expect([pairsKept, pairsBelowFloor]).toEqual([2, 2]);
  });

  it("count one shopper once, even with other shoppers in between", () => {
    const sessions = ["a", "b", "a"].map((who) => session(who, ["k1", "k2"]));
    expect(neighborsOf(sessions, "k1", { minShoppers: 3 })).toEqual([]);
    expect(neighborsOf(sessions, "k1", { minShoppers: 2 })).toEqual(["k2"]);
  });

  it("ignore events without interest, and products that are not in the catalog", () => {
    const events: ShopEvent[] = [
      { type: "view", at: NOW, productId: "k1" },
      { type: "impression", at: NOW, productIds: ["g1"] },
      { type: "not_for_me", at: NOW, productId: "g2", hidden: true },
      { type: "view", at: NOW, productId: "elsewhere" },
      { type: "view", at: NOW, productId: "k2" },
    ];
    expect(neighborsOf([{ shopper: "a", events }], "k1")).toEqual(["k2"]);
  });
});

describe("popularity", () => {
  it("scales the most popular product to 255 and weighs recent events more", () => {
    const sessions = [
      session("a", ["k1"], NOW),
      session("b", ["k2"], NOW - 30 * DAY),
      session("c", ["k2"], NOW - 30 * DAY),
    ];
    const { pack } = buildItemPack(sessions, catalog);
    const of = (id: string) => pack.popularity[catalog.rowOf(id)!]!;
    expect(of("k1")).toBe(255);
    expect(of("k2")).toBeGreaterThan(0);
    expect(of("k2")).toBeLessThan(100);
    expect(of("b1")).toBe(0);
  });

  it("is zero without sessions", () => {
    const { pack } = buildItemPack([], catalog);
    expect(Math.max(...pack.popularity)).toBe(0);
    expect(pack.neighbors).toHaveLength(0);
  });
});

it("the same sessions make the same pack", () => {
  const sessions = ["a", "b", "c", "d"].map((who) => session(who, ["k1", "k2", "g1", "b1"]));
  expect(buildItemPack(sessions, catalog)).toEqual(buildItemPack(sessions, catalog));
});
