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
    isInterleaved: false,
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

it("a shelf leaves out low scores, and fills its gaps with popular products", async () => {
  expect(await idsFor({ minScore: 0.5 })).toEqual(["a"]);
  expect(await idsFor({ minScore: 0.5, fallback: "trending" }, ["c"])).toEqual(["a", "d"]);
});

it("a shelf with a minimum score is not part of the experiment, which it would bias", async () => {
  const asked: (number | undefined)[] = [];
  const listening: ShelfSource = {
    ...source,
    recommend: (request) => {
      asked.push(request.experiment);
      return source.recommend(request);
    },
  };
  await fillShelf(listening, plan(), []);
  await fillShelf(listening, plan({ minScore: 0.1 }), []);
  expect(asked).toEqual([undefined, 0]);
});

it("a rerolled shelf gets other cards, or keeps some if there are too few others", async () => {
  const popular = { request: { strategy: "trending" as const, limit: 2 } };
  expect(await idsFor({ ...popular, replaced: ["a", "b"] })).toEqual(["c", "d"]);
  expect(await idsFor({ ...popular, replaced: ["a", "b", "c", "d"] })).toEqual(["a", "b"]);
});

it("a card has the id of the answer that it came with", async () => {
  const { cards } = await fillShelf(source, plan({ fallback: "trending", minScore: 0.5 }), []);
  expect(cards.map(({ product, shelf }) => [product.id, shelf.id])).toEqual([
    ["a", "for-you"],
    ["c", "trending"],
  ]);
});

it("a shelf shows only products in its currency", async () => {
  expect(await idsFor({ currency: "USD", fallback: "trending" })).toEqual([]);
});

it("shelves of a page never repeat a product, even after all are refreshed", async () => {
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

it("a shelf gets the error if there is no recommender", async () => {
  const queue = createShelfQueue(Promise.reject(new Error("no catalog")));
  const error = await new Promise<Error>((fail) => {
    queue.join({ plan, show: () => undefined, fail });
  });
  expect(error.message).toBe("no catalog");
});

it("cards that a place already shows are not shown elsewhere, and change when it is refreshed", async () => {
  const queue = createShelfQueue(Promise.resolve(source));
  const fail = (error: Error) => {
    throw error;
  };
  const filled: string[] = [];
  const idsOn = ({ cards }: { cards: { product: Product }[] }) => {
    filled.push(cards.map(({ product }) => product.id).join());
  };
  const standing = { plan, shown: ["a"], show: idsOn, fail };
  queue.join(standing);
  await new Promise<void>((resolve) => {
    queue.join({ plan, show: (content) => resolve(idsOn(content)), fail });
  });
  expect(filled).toEqual(["b"]);
  await new Promise<void>((resolve) => {
    standing.show = (content) => resolve(idsOn(content));
    queue.refresh(standing);
  });
  expect(filled).toEqual(["b", "a"]);
});
