import { describe, expect, it } from "vitest";
import type { Team } from "../engine/events/shopEvent.ts";
import type { Shelf, ShelfCard } from "../engine/ranking/shelf.ts";
import { impressionsOf } from "./impression.ts";

function shelfOf(id: string, teams: Record<string, Team | undefined>): Shelf {
  const cards = Object.entries(teams).map(
    ([productId, team]) => ({ productId, propensity: 0.5, ...(team && { team }) }) as ShelfCard,
  );
  return { id, strategy: "for-you", isInterleaved: true, cards };
}

const card = (id: string, shelf?: Shelf) => ({ product: { id }, shelf });

describe("the impressions of a shelf", () => {
  it("contain the answer that the cards came with, and how each got its place", () => {
    const shelf = shelfOf("for-you-1", { a: "network", b: "baseline", c: undefined });
    const seen = ["c", "b"].map((id) => card(id, shelf));
    expect(impressionsOf(seen, "for-you")).toEqual([
      {
        type: "impression",
        productIds: ["c", "b"],
        shelf: "for-you",
        shelfId: "for-you-1",
        placements: [{ propensity: 0.5 }, { propensity: 0.5, team: "baseline" }],
      },
    ]);
  });

  it("separate cards that fill a shelf up, so that no side is credited with the other's", () => {
    const own = shelfOf("for-you-1", { a: "network" });
    const popular = { ...shelfOf("trending-2", { b: undefined }), isInterleaved: false };
    const events = impressionsOf([card("a", own), card("b", popular)], "for-you");
    expect(events.map((event) => "shelfId" in event && event.shelfId)).toEqual([
      "for-you-1",
      "trending-2",
    ]);
  });

  it("contain no answer if the recommender gave none", () => {
    expect(impressionsOf([card("a"), card("b")], "for-you")).toEqual([
      { type: "impression", productIds: ["a", "b"], shelf: "for-you" },
    ]);
    expect(impressionsOf([], "for-you")).toEqual([]);
  });

  it("contain no side on a shelf that belongs to one", () => {
    const shelf = { ...shelfOf("for-you-1", { a: "baseline" }), isInterleaved: false };
    expect(impressionsOf([card("a", shelf)], "for-you")).toMatchObject([
      { placements: [{ propensity: 0.5 }] },
    ]);
  });
});
