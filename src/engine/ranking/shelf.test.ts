import { describe, expect, it } from "vitest";
import {
  addToCart,
  DAY,
  fixtureCatalog,
  fixturePack,
  makeAnyShelf,
  NOW,
  notForMe,
  purchase,
  randomNetwork,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import type { Network } from "../network/network.ts";
import { createCatalog } from "../shop/catalog.ts";
import { emptyItemPack } from "../shop/itemPack.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import { rowsByPopularity } from "./candidates.ts";
import { MORE_STRATEGIES } from "./moreStrategies.ts";
import { bestFirst } from "./rank.ts";
import { beginShelf, makeShelf, strategyRules } from "./shelf.ts";
import { parseShelfRequest, type ShelfRequest, STRATEGIES } from "./shelfRequest.ts";
import { FIRST_STRATEGIES } from "./strategies.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const PRIOR: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };

function shelfAfter(events: readonly ShopEvent[], request: Partial<ShelfRequest>, network = PRIOR) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return makeAnyShelf(
    { catalog, pack, history, popularRows: rowsByPopularity(pack), networks: [network] },
    { strategy: "for-you", limit: 21, at: NOW, ...request },
  );
}

function idsAfter(...args: Parameters<typeof shelfAfter>): string[] {
  return shelfAfter(...args).cards.map(({ productId }) => productId);
}

const COFFEE_LOVER = [view("k1"), view("k2"), addToCart("k3")];
const GARDENER = [view("g1"), view("g2"), view("g4")];

describe("because you viewed", () => {
  const request = { strategy: "because-you-viewed" } as const;

  it("starts from the last viewed product, and has only similar ones", () => {
    const { because, cards } = shelfAfter([...GARDENER, view("k1")], request);
    expect(because).toBe("k1");
    const ids = cards.map(({ productId }) => productId);
    expect(ids.filter((id) => id.startsWith("k"))).toEqual(ids.filter((id) => id !== "b1"));
    expect(ids).toContain("b1"); // Its neighbor in the pack.
    expect(ids).not.toContain("k1");
    for (const { reason } of cards) expect([undefined, "k1"]).toContain(reason.because);
  });

  it("skips purchased, hidden and current products as a start", () => {
    const events = [view("g1"), view("k1"), view("k2"), view("k3")];
    const later = [notForMe("k3"), purchase(["k2"])];
    expect(shelfAfter([...events, ...later], request).because).toBe("k1");
    expect(shelfAfter([...events, ...later], { ...request, productId: "k1" }).because).toBe("g1");
  });

  it("is empty for a new shopper", () => {
    expect(shelfAfter([], request)).toMatchObject({ strategy: "because-you-viewed", cards: [] });
  });
});

it("related has only products similar to the current one, whatever was viewed before", () => {
  const ids = idsAfter(GARDENER, { strategy: "related", productId: "k1" });
  expect(ids.filter((id) => id.startsWith("g"))).toEqual([]);
  expect(ids).toContain("b1");
});

describe("bought together", () => {
  const request = { strategy: "bought-together", productId: "k1" } as const;

  it("has the crowd's companions of other kinds, none of the product's own kind", () => {
    expect(idsAfter([], request)).toEqual(["b1"]);
    expect(idsAfter([view("g1")], { ...request, productId: "k2" })).toEqual([]);
  });

  it("skips products in the cart, and uses the next one of the kind if there is one", () => {
    expect(idsAfter([addToCart("b1")], request)).toEqual([]);
  });

  it("starts with what the shop says completes the product, of its own kind too", () => {
    const companions = ["k3", "elsewhere", "k1", "g2"];
    const products = catalog.products.map((product) =>
      product.id === "k1" ? { ...product, companions } : product,
    );
    const shop = { catalog: createCatalog(products), pack };
    const idsWith = (events: ShopEvent[]) => {
      const history = createHistory(shop.catalog);
      for (const event of events) history.apply(event);
      const sources = { ...shop, history, popularRows: rowsByPopularity(pack), networks: [PRIOR] };
      const shelf = makeAnyShelf(sources, { ...request, limit: 21, at: NOW });
      return shelf.cards.map(({ productId }) => productId);
    };
    expect(idsWith([])).toEqual(["k3", "g2", "b1"]);
    expect(idsWith([addToCart("g2")])).toEqual(["k3", "b1"]);
  });

  it("is empty without a current product", () => {
    expect(shelfAfter([], { strategy: "bought-together" })).toEqual({
      id: "bought-together-1",
      strategy: "bought-together",
      isInterleaved: false,
      cards: [],
    });
    expect(idsAfter([], { ...request, productId: "unknown" })).toEqual([]);
  });
});

describe("trending and recently viewed", () => {
  it("are the crowd's order, and the shopper's own", () => {
    expect(idsAfter(GARDENER, { strategy: "trending", limit: 3 })).toEqual(["k1", "b1", "k3"]);
    expect(idsAfter(GARDENER, { strategy: "recently-viewed" })).toEqual(["g4", "g2", "g1"]);
  });

  it("give the view as the reason on recently viewed, whatever the other reasons", () => {
    const { cards } = shelfAfter(GARDENER, { strategy: "recently-viewed" });
    for (const { reason, productId } of cards) {
      expect(reason).toMatchObject({ input: "ownHistory", because: productId });
    }
    expect(cards).toHaveLength(3);
  });

  it("exclude products that are in the cart, or bought and not for buying again", () => {
    const events = [view("g1"), view("b1"), view("k1"), purchase(["b1"]), addToCart("k1")];
    expect(idsAfter(events, { strategy: "recently-viewed" })).toEqual(["g1"]);
    expect(idsAfter(events, { strategy: "trending", limit: 2 })).toEqual(["k3", "g2"]);
  });
});

describe("buy it again", () => {
  const request = { strategy: "buy-again" } as const;

  it("shows due products first, with interval and due date", () => {
    const events = [
      ...[44, 34, 24].map((ago) => purchase(["k1"], NOW - ago * DAY)),
      ...[19, 14, 9].map((ago) => purchase(["g1"], NOW - ago * DAY)),
      purchase(["k5"], NOW - DAY),
      purchase(["b1", "b4"], NOW - DAY),
    ];
    const { cards } = shelfAfter(events, request);
    expect(cards.map(({ productId }) => productId)).toEqual(["g1", "k1", "k5"]);
    for (const { rebuy } of cards) expect(rebuy!.dueAt).toBeGreaterThan(rebuy!.lastBoughtAt);
    expect(cards[0]!.rebuy!.purchases).toBe(3);
  });

  it("is empty without purchases, or with purchases of durable products only", () => {
    expect(idsAfter(COFFEE_LOVER, request)).toEqual([]);
    expect(idsAfter([purchase(["b1"])], request)).toEqual([]);
  });
});

describe("on sale, and new", () => {
  it("contain discounted products, and products added in the last month", () => {
    expect(idsAfter(COFFEE_LOVER, { strategy: "on-sale" })).toEqual(["g3"]);
    expect(idsAfter(COFFEE_LOVER, { strategy: "new" })).toEqual(["b6"]);
    expect(idsAfter(COFFEE_LOVER, { strategy: "new", at: NOW + 30 * DAY })).toEqual([]);
  });

  it("choose only from the requested products", () => {
    expect(idsAfter([], { strategy: "on-sale", among: ["g2", "k1"] })).toEqual([]);
    expect(idsAfter([], { strategy: "new", among: ["b6"] })).toEqual(["b6"]);
  });
});

describe("the personal and the neutral shelf", () => {
  it("have the network's order and the crowd's, with every step in between", () => {
    const order = (personalization: number) =>
      idsAfter(COFFEE_LOVER, { personalization, diversity: 0 });
    expect(order(1)).toEqual(idsAfter(COFFEE_LOVER, { diversity: 0 }));
    const crowd = idsAfter(COFFEE_LOVER, { strategy: "trending", limit: 21 });
    expect(order(0).slice(0, 4)).toEqual(crowd.slice(0, 4));
    expect(order(0.5)).not.toEqual(order(1));
  });

  it("at neutral is the same for all shoppers, without personal reasons", () => {
    const neutral = { personalization: 0, exclude: ["k3"], limit: 4 };
    const [one, other] = [COFFEE_LOVER, GARDENER].map((events) => shelfAfter(events, neutral));
    expect(one!.cards.map(({ productId }) => productId)).toEqual(
      other!.cards.map(({ productId }) => productId),
    );
    for (const { reason } of one!.cards) expect(reason).toEqual({ input: "popularity" });
  });

  it.each([0, 0.3, 1])("adds up at a share of %d: parts to log-odds", (personalization) => {
    for (const seed of [1, 2, 3]) {
      for (const card of shelfAfter(GARDENER, { personalization }, randomNetwork(seed)).cards) {
        const sum = Object.values(card.contributions).reduce((all, value) => all + value, 0);
        expect(sum).toBeCloseTo(card.logOdds - card.averageLogOdds, 4);
      }
    }
  });
});

describe("a re-rolled shelf", () => {
  it("differs for another number, and is the same for the same number", () => {
    const roll = (reroll: number) => idsAfter(COFFEE_LOVER, { reroll, limit: 6 });
    expect(roll(7)).toEqual(roll(7));
    expect(new Set([0, 1, 2, 3].map((number) => roll(number).join())).size).toBeGreaterThan(2);
  });

  it("keeps each card's log-odds, and clearly better cards before clearly worse ones", () => {
    const logOdds = new Map(
      shelfAfter(COFFEE_LOVER, {}).cards.map((card) => [card.productId, card.logOdds]),
    );
    const best = [...logOdds.values()].sort((left, right) => right - left);
    for (let reroll = 1; reroll <= 50; reroll++) {
      const { cards } = shelfAfter(COFFEE_LOVER, { reroll, limit: 4 });
      for (const card of cards) expect(card.logOdds).toBe(logOdds.get(card.productId));
      const mean = cards.reduce((sum, card) => sum + card.logOdds, 0) / cards.length;
      expect(mean).toBeGreaterThan(best[Math.floor(best.length / 2)]!);
    }
  });
});

describe("a large shop's shelf", () => {
  /** The first 40 are variants of one product. */
  const large = createCatalog(
    Array.from({ length: 300 }, (_, index) => ({
      id: `p${index}`,
      title: `Product ${index}`,
      categoryPath: ["Shelf"],
      priceMinor: 100 + index,
      currency: "EUR",
      ...(index < 40 && { groupId: "variants" }),
    })),
  );
  const popularity = new Uint8Array(large.size).fill(10);
  const equalPack = { ...emptyItemPack(large.size), popularity };
  const sources = {
    catalog: large,
    pack: equalPack,
    history: createHistory(large),
    popularRows: rowsByPopularity(equalPack),
    networks: [randomNetwork(4)],
  };

  it("looks further down a fixed order if the first products are variants of one", () => {
    const request = { strategy: "trending", limit: 4, at: NOW } as const;
    const { cards, isInterleaved } = makeAnyShelf(sources, request);
    expect(cards.map(({ productId }) => productId)).toEqual(["p0", "p40", "p41", "p42"]);
    expect(isInterleaved).toBe(false);
  });

  it("is scored in parts of 128 rows, each on its own", async () => {
    const rules = await strategyRules("for-you");
    const request = { strategy: "for-you", limit: 200, at: NOW, diversity: 0 } as const;
    const { scorings, place } = beginShelf(sources, request, rules);
    expect(scorings).toHaveLength(2); // Of the 200 most popular.
    for (const score of scorings.toReversed()) score();
    const { explanations, ...shelf } = place();
    expect(shelf).toEqual({ id: "for-you-1", strategy: "for-you", isInterleaved: false });
    const cards = explanations.map((explained) => explained());
    expect(cards).toHaveLength(161); // One of the variants, and the others.
    expect(cards).toEqual(makeShelf(sources, request, rules).cards);
    for (const { contributions, logOdds, averageLogOdds } of cards) {
      const sum = Object.values(contributions).reduce((all, value) => all + value, 0);
      expect(sum).toBeCloseTo(logOdds - averageLogOdds, 4);
    }
  });

  it("does not lead back to the current product, its variants or what the page excludes", () => {
    const request = { strategy: "for-you", limit: 200, at: NOW } as const;
    const ids = (given: Partial<ShelfRequest>) =>
      makeAnyShelf(sources, { ...request, ...given }).cards.map(({ productId }) => productId);
    const others = ids({ productId: "p7" });
    expect(others).toHaveLength(160);
    expect(others.filter((id) => Number(id.slice(1)) < 40)).toEqual([]);
    expect(ids({ exclude: ["p3", "p50", "unknown"] })).toHaveLength(159);
    expect(ids({ productId: "p50" })).toHaveLength(160);
  });

  it("counts contributions from the average of its candidates", () => {
    const { cards } = makeAnyShelf(sources, {
      strategy: "for-you",
      limit: 5,
      at: NOW,
      personalization: 0,
    });
    // All are equally popular.
    for (const { logOdds, averageLogOdds, contributions } of cards) {
      expect(averageLogOdds).toBeCloseTo(logOdds, 5);
      expect(contributions.popularity).toBeCloseTo(0, 5);
    }
    expect(cards).toHaveLength(5);
  });

  it("starts with the products that are already there, in their order", () => {
    const kept = ["p90", "unknown", "p250"];
    const { cards } = makeAnyShelf(sources, { strategy: "for-you", limit: 3, at: NOW, kept });
    expect(cards.map(({ productId }) => productId).slice(0, 2)).toEqual(["p90", "p250"]);
    expect(cards).toHaveLength(3);
  });

  it("is filled by its policy, which can ask for the log-odds of any networks", async () => {
    const rules = await strategyRules("for-you");
    const request = { strategy: "for-you", limit: 5, at: NOW } as const;
    const networks = [randomNetwork(4), randomNetwork(5)];
    let asked: ArrayLike<number> = [];
    const { cards, isInterleaved, id } = makeShelf(
      {
        ...sources,
        networks,
        seed: 35,
        chooseSlatePolicy(_sources, _request, { rows, logOddsBy }) {
          asked = logOddsBy([networks[1]!]);
          return { chooser: bestFirst(rows.map((row) => row)), isInterleaved: true };
        },
      },
      { ...request, diversity: 0 },
      rules,
    );
    expect([id, isInterleaved]).toEqual(["for-you-z", true]);
    expect(cards.map(({ productId }) => productId)).toEqual([
      "p199",
      "p198",
      "p197",
      "p196",
      "p195",
    ]);
    const alone = makeShelf({ ...sources, networks: [networks[1]!] }, request, rules);
    for (const card of alone.cards) {
      const row = large.rowOf(card.productId)!;
      expect(asked[row]).toBeCloseTo(card.logOdds, 4);
    }
  });
});

it.each(STRATEGIES)(
  "the rules of %s are loaded, whether they are needed first or later",
  async (strategy) => {
    expect(await strategyRules(strategy)).toBe(
      { ...FIRST_STRATEGIES, ...MORE_STRATEGIES }[strategy],
    );
  },
);

describe("parseShelfRequest", () => {
  it.each([
    [{ strategy: "best" }, "strategy"],
    [{ strategy: "new", personalization: 1.5 }, "personalization"],
    [{ strategy: "new", personalization: "much" }, "personalization"],
    [{ strategy: "new", reroll: -1 }, "reroll"],
    [{ strategy: "new", reroll: 0.5 }, "reroll"],
  ])("refuses %j, naming %s", (request, field) => {
    expect(() => parseShelfRequest(request)).toThrow(field);
  });
});
