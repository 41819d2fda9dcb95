import { expect, it } from "vitest";

it("both modules load where there is no page, and leave no trace there", async () => {
  const before = Reflect.ownKeys(globalThis);
  const { openRecommender, STRATEGIES } = await import("./index.ts");
  const { Recommendations, useRecommendations } = await import("./react/index.ts");
  expect(typeof window).toBe("undefined");
  expect([openRecommender, Recommendations, useRecommendations].map((one) => typeof one)).toEqual([
    "function",
    "function",
    "function",
  ]);
  expect(STRATEGIES).toContain("for-you");
  expect(Reflect.ownKeys(globalThis)).toEqual(before);
});
