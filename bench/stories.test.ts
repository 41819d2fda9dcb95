import { describe, expect, it } from "vitest";
import { playStory } from "../src/testing/stories/playStory.ts";
import { STORIES } from "../src/testing/stories/stories.ts";
import { demoShop } from "./demoShop.ts";

const shop = demoShop();

describe("shoppers' stories", () => {
  it.each(STORIES.filter(({ open }) => open === undefined))("$title", async (story) => {
    expect(await playStory(story, shop)).toEqual([]);
  });

  // A story that comes out after all must lose its note.
  it.each(STORIES.filter(({ open }) => open !== undefined))("not yet: $title", async (story) => {
    expect(await playStory(story, shop)).not.toEqual([]);
  });

  it("are about products that the demo shop has", () => {
    const ids = STORIES.flatMap(({ days }) => days.flatMap(({ acts = [] }) => acts)).flatMap(
      (act) =>
        "productId" in act
          ? [act.productId]
          : "items" in act
            ? (act.items ?? []).map((item) => item.productId)
            : [],
    );
    expect(ids.filter((id) => shop.catalog.rowOf(id) === undefined)).toEqual([]);
  });
});
