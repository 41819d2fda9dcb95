import { describe, expect, it } from "vitest";
import type { Product } from "vitrine";
import type { ShelfSource } from "vitrine/shelf";
import { type FilledPage, fillPage, type PageFilling } from "./fillPage.ts";
import type { PlannedShelf, ShopShelf } from "./shelfPlans.ts";

const STOCK = ["a", "b", "c", "d", "e", "f"].map((id) => ({ id, currency: "EUR" }) as Product);
const FIRST: PlannedShelf = { strategy: "for-you", limit: 2, atFirst: "popular", isFirst: true };
const LATER: PlannedShelf = { strategy: "trending", limit: 2, atFirst: "popular" };

interface Shown {
  why: string;
  shelves: (string | undefined)[];
}

/** A page whose recommender offers the stock in order; `next` resolves to what it shows or reports next. */
function openPage(changes: Partial<PageFilling> = {}) {
  const waiting: ((shown: Shown) => void)[] = [];
  const done: Shown[] = [];
  const note = (shown: Shown) => {
    const waiter = waiting.shift();
    if (waiter === undefined) done.push(shown);
    else waiter(shown);
  };
  const source: ShelfSource = {
    recommend: async ({ strategy, limit, exclude = [] }) => ({
      id: strategy,
      strategy,
      isInterleaved: false,
      cards: STOCK.filter(({ id }) => !exclude.includes(id))
        .slice(0, limit)
        .map(({ id }) => ({ productId: id, score: 1, reason: {} }) as never),
    }),
    products: async (ids) => ids.map((id) => STOCK.find((product) => product.id === id)),
  };
  const page: FilledPage = fillPage({
    source,
    plans: [FIRST, LATER],
    wishes: () => ({ personalization: 1, rules: [], exclude: ["a"] }),
    cardsOf: (content) => content,
    isInView: false,
    show: (shelves, why) => note({ why, shelves: shelves.map(idsOn) }),
    fail: (error, why) => note({ why: `${why}: ${error.message}`, shelves: [] }),
    ...changes,
  });
  const next = () =>
    new Promise<Shown>((resolve) => {
      const shown = done.shift();
      if (shown === undefined) waiting.push(resolve);
      else resolve(shown);
    });
  return { page, next };
}

function idsOn(shelf: ShopShelf | undefined): string | undefined {
  return shelf?.cards.map(({ product }) => product.id).join(" ");
}

describe("the shelves of a page", () => {
  it("appear with the first ones early, then all, without repeated or excluded products", async () => {
    const { next } = openPage();
    expect(await next()).toEqual({ why: "filled", shelves: ["b c", undefined] });
    expect(await next()).toEqual({ why: "filled", shelves: ["b c", "d e"] });
  });

  it("change together where cards are in view", async () => {
    const { next } = openPage({ isInView: true });
    expect(await next()).toEqual({ why: "filled", shelves: ["b c", "d e"] });
  });

  it("keep cards that may stay, and exchange them on request, not for those of another shelf", async () => {
    const kept = [["b", "c"], ["d"]].map((ids) => ({
      cards: STOCK.filter(({ id }) => ids.includes(id)).map((product) => ({ product })),
    }));
    const { page, next } = openPage({ kept });
    page.reroll("trending", 1);
    expect(await next()).toEqual({ why: "rerolled", shelves: ["b c", "e f"] });
    page.reroll("for-you", 2);
    // One other product is left, for half of the cards to exchange.
    expect(await next()).toEqual({ why: "rerolled", shelves: ["d", "e f"] });
  });

  it("report which request failed", async () => {
    const recommend = () => Promise.reject(new Error("no answer"));
    const { page, next } = openPage({ source: { recommend, products: async () => [] } });
    expect((await next()).why).toBe("filled: no answer");
    expect((await next()).why).toBe("filled: no answer");
    page.reroll("for-you", 1);
    expect((await next()).why).toBe("rerolled: no answer");
  });
});
