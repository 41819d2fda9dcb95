import { expect, it } from "vitest";
import { fixtureCatalog } from "../../testing/fixtures.ts";
import { demoReviews } from "./demoReviews.ts";

const [product] = fixtureCatalog().products;

it("generates the same reviews every time, near the mean rating", () => {
  const rated = { ...product!, rating: { value: 4.5, count: 80 } };
  const reviews = demoReviews(rated);
  expect(reviews).toHaveLength(4);
  expect(reviews).toEqual(demoReviews(rated));
  expect(new Set(reviews.map(({ name }) => name)).size).toBe(4);
  for (const { stars } of reviews) expect([4, 5]).toContain(stars);
});

it("generates no more reviews than there are ratings", () => {
  expect(demoReviews({ ...product!, rating: { value: 2, count: 1 } })).toHaveLength(1);
  const { rating: _, ...unrated } = product!;
  expect(demoReviews(unrated)).toEqual([]);
});
