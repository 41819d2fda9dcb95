import { expect, it } from "vitest";
import { coffeeShopper, NOW } from "../../testing/fixtures.ts";
import { open } from "../../testing/openRecommender.ts";
import { DEMO_RECOMMENDER } from "./demo.ts";

const SHELVES = 60;

async function sharedShelves(options: Parameters<typeof open>[0]): Promise<number> {
  const recommender = await open(options);
  await recommender.observe(coffeeShopper(10));
  let shared = 0;
  for (let at = NOW; at < NOW + SHELVES; at++) {
    const shelf = await recommender.recommend({ strategy: "for-you", limit: 4, at });
    if (shelf.isInterleaved) shared++;
  }
  return shared;
}

it("no experiment runs on a demo shopper, as it does on a visitor", async () => {
  expect(await sharedShelves({ databaseName: "visitor", experiment: 0.5 })).toBeGreaterThan(15);
  expect(await sharedShelves(DEMO_RECOMMENDER)).toBe(0);
});
