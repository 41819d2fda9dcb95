import { expect, it } from "vitest";
import type { Recommendation } from "../engine/ranking/explain.ts";
import type { Product } from "../engine/shop/catalog.ts";
import { fillShelf, type ShelfPlan, type ShelfSource } from "./fillShelf.ts";
import { createShelfQueue } from "./shelfQueue.ts";

const STOCK = ["a", "b", "c", "d", "e"];

/** Knows five products, best first; only the first two suit this shopper. */
const source: ShelfSource = {
  recommend: async ({ strategy, limit, exclude = [] }) => ({
    id: strategy,
    strategy,
    isCompared: false,
    cards: STOCK.slice(0, strategy === "trending" ? 5 : 2)
      .filter((id) => !exclude.includes(id))
      .slice(0, limit)
      .map(
        (id) => ({ productId: id, score: id === "b" ? 0.1 : 0.9, reason: {} }) as Recommendation,
      ),
  }),
  products: async (ids) =>
    ids.map((id) => (STOCK.includes(id) ? ({ id, currency: "EUR" } as Product) : undefined)),
};

function plan(changes: Partial<ShelfPlan> = {}): ShelfPlan {
  return {
    request: { strategy: "for-you", limit: 2 },
    minScore: 0,
    fallback: "none",
    ...changes,
  };
}

async function idsFor(changes: Partial<ShelfPlan>, taken: string[] = []): Promise<string[]> {
  return (await fillShelf(source, plan(changes), taken)).cards.map(({ product }) => product.id);
}

it("a shelf leaves out low scores, and fills its gaps with what is popular", async () => {
  expect(await idsFor({ minScore: 0.5 })).toEqual(["a"]);
  expect(await idsFor({ minScore: 0.5, fallback: "trending" }, ["c"])).toEqual(["a", "d"]);
});

it("a shelf shows only products in its currency", async () => {
  expect(await idsFor({ currency: "USD", fallback: "trending" })).toEqual([]);
});

it("shelves of a page never repeat a product, also when all are filled anew", async () => {
  const queue = createShelfQueue(Promise.resolve(source));
  const shown: string[][] = [];
  const full = new Promise<void>((resolve) => {
    const place = (index: number) => ({
      plan: () => plan({ fallback: "trending" }),
      show: ({ cards }: { cards: { product: Product }[] }) => {
        shown[index] = cards.map(({ product }) => product.id);
        if (index === 1) resolve();
      },
      fail: (error: Error) => {
        throw error;
      },
    });
    queue.join(place(0));
    queue.join(place(1));
  });
  await full;
  expect(shown).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
});

it("a shelf is told when there is no recommender", async () => {
  const queue = createShelfQueue(Promise.reject(new Error("no catalog")));
  const error = await new Promise<Error>((fail) => {
    queue.join({ plan, show: () => undefined, fail });
  });
  expect(error.message).toBe("no catalog");
});
