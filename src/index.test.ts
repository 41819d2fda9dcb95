import { expect, it } from "vitest";

it("all doors of the package load where there is no page, and leave no trace there", async () => {
  const before = Reflect.ownKeys(globalThis);
  const { openRecommender, STRATEGIES } = await import("./index.ts");
  const { Recommendations, useRecommendations } = await import("./react/index.ts");
  const { createShelfQueue, impressionsOf } = await import("./shelf/index.ts");
  const { networksFromBytes, productIdsOf } = await import("./inspect/index.ts");
  expect(typeof window).toBe("undefined");
  const found = [
    openRecommender,
    Recommendations,
    useRecommendations,
    createShelfQueue,
    impressionsOf,
    networksFromBytes,
    productIdsOf,
  ];
  expect(found.filter((one) => typeof one !== "function")).toEqual([]);
  expect(STRATEGIES).toContain("for-you");
  expect(Reflect.ownKeys(globalThis)).toEqual(before);
});
