import { describe, expect, it } from "vitest";
import type { StoredEvent } from "../../engine/events/shopEvent.ts";
import { fixtureCatalog } from "../../testing/fixtures.ts";
import { matchingEvents, NO_FILTER } from "./timelineFilter.ts";

const catalog = fixtureCatalog();
const productOf = (id: string) => catalog.products[catalog.rowOf(id) ?? -1];
const EVENTS: StoredEvent[] = [
  { seq: 4, at: 4, type: "view", productId: "g3" },
  { seq: 3, at: 3, type: "impression", productIds: ["k1", "g2"] },
  { seq: 2, at: 2, type: "view", productId: "k1" },
  { seq: 1, at: 1, type: "view", productId: "gone" },
];
const found = (filter: Partial<typeof NO_FILTER>) =>
  matchingEvents(EVENTS, { ...NO_FILTER, ...filter }, productOf).map(({ seq }) => seq);

describe("the timeline's filter", () => {
  it("matches everything while it is empty", () => {
    expect(found({})).toEqual([4, 3, 2, 1]);
    expect(found({ words: "  " })).toEqual([4, 3, 2, 1]);
  });

  it("matches events of one type", () => {
    expect(found({ type: "view" })).toEqual([4, 2, 1]);
  });

  it("finds words in title, category and the id of a product that is no longer sold", () => {
    expect(found({ words: "coffee K1" })).toEqual([3, 2]);
    expect(found({ words: "garden" })).toEqual([4, 3]);
    expect(found({ words: "GONE" })).toEqual([1]);
  });

  it("does not combine the words of two products", () => {
    expect(found({ words: "coffee garden" })).toEqual([]);
  });
});
