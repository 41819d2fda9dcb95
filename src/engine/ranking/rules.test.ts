import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyEvent,
  fixturePack,
  fixtureProducts,
  makeAnyShelf,
  NOW,
  purchase,
  randomNetwork,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { createCatalog, type Product } from "../shop/catalog.ts";
import { rowsByPopularity } from "./candidates.ts";
import { compileRules, idleRules, parseRules, type Rule, rowsMatching, rulesFor } from "./rules.ts";
import { type ShelfRequest, STRATEGIES, type Strategy } from "./shelfRequest.ts";

/** k1, k2 and k3 are variants of one product, g1 and g2 of another. */
const GROUPS: Record<string, string> = { k1: "k", k2: "k", k3: "k", g1: "g", g2: "g" };
const catalog = createCatalog(
  fixtureProducts().map((product) => {
    const groupId = GROUPS[product.id];
    return groupId === undefined ? product : { ...product, groupId };
  }),
);
const pack = fixturePack(catalog);
const row = (id: string) => catalog.rowOf(id)!;

interface Scene {
  events?: ShopEvent[];
  rules?: unknown;
  request?: Partial<ShelfRequest>;
  seed?: number;
}

function shelfOf({ events = [], rules = [], request = {}, seed = 1 }: Scene) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  const strategy: Strategy = request.strategy ?? "for-you";
  const shopRules = rulesFor(parseRules(rules, STRATEGIES), strategy);
  const { cards } = makeAnyShelf(
    {
      catalog,
      pack,
      history,
      popularRows: rowsByPopularity(pack),
      networks: [randomNetwork(seed)],
      shopRules: compileRules(shopRules, catalog),
    },
    { limit: 12, at: NOW, ...request, strategy },
  );
  return { ids: cards.map(({ productId }) => productId), cards, history };
}

describe("a rule", () => {
  it("pins products to the first places, in order, and marks their cards", () => {
    const { ids, cards } = shelfOf({ rules: [{ type: "pin", productIds: ["b6", "g4"] }] });
    expect(ids.slice(0, 2)).toEqual(["b6", "g4"]);
    expect(cards.map(({ reason }) => reason.pinned)).toEqual([
      true,
      true,
      ...Array(cards.length - 2).fill(undefined),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("pins nothing to a shelf that it does not fit", () => {
    const pin = (strategy: Strategy) =>
      shelfOf({
        rules: [{ type: "pin", productIds: ["b6", "g3"], strategies: [strategy] }],
        request: { strategy },
      }).ids;
    expect(pin("on-sale")).toEqual(["g3"]);
    expect(pin("recently-viewed")).toEqual([]);
    expect(pin("trending").slice(0, 2)).toEqual(["b6", "g3"]);
  });

  it("marks pinned cards of recently viewed products, whose reason stays the view", () => {
    const { cards } = shelfOf({
      events: [view("g1"), view("b6")],
      rules: [{ type: "pin", productIds: ["g1"], strategies: ["recently-viewed"] }],
      request: { strategy: "recently-viewed" },
    });
    const because = { input: "ownHistory", acts: { looks: 1 } };
    expect(cards.map(({ reason }) => reason)).toMatchObject([
      { ...because, because: "g1", pinned: true },
      { ...because, because: "b6" },
    ]);
    expect(cards[1]!.reason).not.toHaveProperty("pinned");
  });

  it("raises boosted products by the given strength", () => {
    const plain = shelfOf({ request: { diversity: 0 } });
    const min = plain.cards.at(-1)!;
    const lead = plain.cards[0]!.logOdds - min.logOdds;
    const boostBy = (logOdds: number) =>
      shelfOf({
        rules: [{ type: "boost", productIds: [min.productId], logOdds }],
        request: { diversity: 0 },
      });
    expect(boostBy(Math.max(0, lead - 0.01)).ids[0]).toBe(plain.ids[0]);
    expect(boostBy(lead + 0.01).ids[0]).toBe(min.productId);
    expect(boostBy(lead + 0.01).cards[0]!.logOdds).toBe(min.logOdds);
  });

  it("puts buried products after all others, on every kind of shelf", () => {
    for (const strategy of ["for-you", "trending"] as const) {
      const { ids } = shelfOf({
        rules: [{ type: "bury", category: ["Kitchen"] }],
        request: { strategy, limit: 21 },
      });
      const firstBuried = ids.findIndex((id) => id.startsWith("k"));
      expect(firstBuried).toBeGreaterThan(0);
      expect(ids.slice(firstBuried).every((id) => id.startsWith("k"))).toBe(true);
    }
  });

  it("moves products boosted by 1 to the front of a shelf in a fixed order, and keeps that order otherwise", () => {
    const request = { strategy: "trending", limit: 5 } as const;
    const { ids } = shelfOf({ request });
    const boosted = shelfOf({ rules: [{ type: "boost", productIds: ["b7"] }], request });
    expect(ids).not.toContain("b7");
    expect(boosted.ids).toEqual(["b7", ...ids.slice(0, 4)]);
  });

  it("matches the products that meet all of its conditions", () => {
    const rules = [{ type: "boost", brand: "aroma", category: ["Kitchen", "Coffee"], logOdds: 10 }];
    const { ids } = shelfOf({ rules, request: { diversity: 0, limit: 2 } });
    expect(ids.every((id) => ["k2", "k4", "k6"].includes(id))).toBe(true);
  });

  it("caps a brand and a category, counting pinned products, and still fills the shelf", () => {
    const { ids } = shelfOf({
      rules: [
        { type: "cap", per: "category", max: 2 },
        { type: "pin", productIds: ["b3"] },
      ],
    });
    const count = (prefix: string) => ids.filter((id) => id.startsWith(prefix)).length;
    expect([count("k"), count("g"), count("b")]).toEqual([2, 2, 2]);
    const perBrand = shelfOf({ rules: [{ type: "cap", per: "brand", max: 1 }] });
    const brands = perBrand.ids.map((id) => catalog.products[row(id)]!.brand);
    expect(brands.length).toBe(6);
    expect(new Set(brands).size).toBe(6);
  });

  it("applies to the shelves it names, or to all but those of the shopper's own history", () => {
    const on = (strategies?: Strategy[]) =>
      ["for-you", "trending", "recently-viewed"].filter(
        (strategy) =>
          rulesFor(
            [{ type: "pin", productIds: ["b6"], ...(strategies && { strategies }) }],
            strategy,
          ).length > 0,
      );
    expect(on()).toEqual(["for-you", "trending"]);
    expect(rulesFor([{ type: "pin", productIds: ["b6"] }], "buy-again")).toEqual([]);
    expect(on(["recently-viewed"])).toEqual(["recently-viewed"]);
  });

  it.each([
    ["rules", {}, "a list of 0 to 1000 entries"],
    ["rules[0]", ["pin"], "an object"],
    ["rules[0].type", [{ type: "hide" }], "one of pin, boost, bury, cap"],
    ["rules[0].productIds", [{ type: "pin", productIds: [] }], "a list of 1 to 500 entries"],
    ["rules[0]", [{ type: "boost" }], "a rule with productIds, brand or category"],
    ["rules[0].logOdds", [{ type: "boost", brand: "x", logOdds: -1 }], "a number from 0 to 10"],
    ["rules[0].category", [{ type: "bury", category: "Kitchen" }], "a list of 1 to 4 entries"],
    ["rules[0].productIds[1]", [{ type: "bury", productIds: ["k1", 2] }], "text"],
    ["rules[0].brand", [{ type: "bury", brand: "" }], "text"],
    ["rules[0].per", [{ type: "cap", per: "shop", max: 1 }], "one of brand, category"],
    [
      "rules[1].max",
      [
        { type: "pin", productIds: ["k1"] },
        { type: "cap", per: "brand", max: 0 },
      ],
      "a whole number from 1 to 200",
    ],
    [
      "rules[0].strategies[0]",
      [{ type: "pin", productIds: ["k1"], strategies: ["home"] }],
      "one of for-you",
    ],
  ])("that is malformed is refused by its field: %s", (field, rules, expected) => {
    expect(() => parseRules(rules, STRATEGIES)).toThrow(`field "${field}"`);
    expect(() => parseRules(rules, STRATEGIES)).toThrow(expected);
  });

  it("is reported if it matches no product", () => {
    const rules: Rule[] = [
      { type: "pin", productIds: ["gone"] },
      { type: "boost", brand: "Aroma" },
      { type: "bury", category: ["Kitchen", "Tea"] },
      { type: "cap", per: "brand", max: 3 },
    ];
    expect(idleRules(rules, catalog)).toMatchObject([
      {
        code: "rule-matches-nothing",
        message: "Rule rules[0] (pin) matches no product of the catalog",
      },
      { params: { index: 2, type: "bury" } },
    ]);
    const nothing = createCatalog([]);
    expect(idleRules([{ type: "cap", per: "brand", max: 3 }], nothing)).toEqual([]);
  });

  it("skips pins that are not in the catalog, and products without a brand", () => {
    const rules: Rule[] = [{ type: "pin", productIds: ["gone", "k2"] }];
    expect(compileRules(rules, catalog)!.pinned).toEqual([row("k2")]);
    const [{ brand: _, ...unbranded }] = fixtureProducts() as [Product];
    const shop = createCatalog([unbranded]);
    expect(rowsMatching({ brand: "Aroma" }, shop).size).toBe(0);
  });
});

describe("for a group of variants", () => {
  it("a shelf shows the best one, and none next to the current product", () => {
    for (const strategy of ["for-you", "trending", "recently-viewed"] as const) {
      const events = [view("k1"), view("k2"), view("k3"), view("b1")];
      const { ids } = shelfOf({ events, request: { strategy, limit: 21 } });
      expect(ids.filter((id) => GROUPS[id] === "k")).toHaveLength(1);
    }
    const { ids } = shelfOf({ request: { strategy: "related", productId: "k1", limit: 21 } });
    expect(ids.filter((id) => GROUPS[id] === "k")).toEqual([]);
    const alone = shelfOf({ request: { diversity: 0, limit: 21 } });
    const open = shelfOf({ request: { diversity: 0, limit: 1, among: ["k1", "k2", "k3"] } });
    expect(alone.ids.filter((id) => GROUPS[id] === "k")).toEqual(open.ids);
  });

  it("a pinned one represents the others", () => {
    const { ids } = shelfOf({ rules: [{ type: "pin", productIds: ["k3", "k1"] }] });
    expect(ids[0]).toBe("k3");
    expect(ids.filter((id) => GROUPS[id] === "k")).toEqual(["k3"]);
  });
});

describe("products that are already on the shelf", () => {
  it("keep their places if they are still allowed, and others fill the rest", () => {
    const { ids } = shelfOf({ request: { limit: 6 } });
    const kept = ["b7", ids[2]!, "k7", ids[0]!, "unknown"];
    const next = shelfOf({ request: { limit: 6, kept } });
    expect(next.ids.slice(0, 3)).toEqual(["b7", ids[2], ids[0]]);
    expect(next.ids).toHaveLength(6);
  });
});

describe("no rule brings back", () => {
  const anyId = fc.constantFrom(...catalog.products.map(({ id }) => id));
  const someIds = fc.array(anyId, { minLength: 1, maxLength: 21 });
  const someStrategies = fc.option(fc.array(fc.constantFrom(...STRATEGIES), { minLength: 1 }), {
    nil: undefined,
  });
  const anyRule = fc.oneof(
    fc.record({ type: fc.constant("pin"), productIds: someIds, strategies: someStrategies }),
    fc.record({
      type: fc.constant("boost"),
      productIds: someIds,
      logOdds: fc.double({ min: 0, max: 10, noNaN: true }),
      strategies: someStrategies,
    }),
    fc.record({ type: fc.constant("bury"), brand: fc.constantFrom("Aroma", "Moos") }),
    fc.record({
      type: fc.constant("cap"),
      per: fc.constantFrom("brand", "category"),
      max: fc.integer({ min: 1, max: 4 }),
    }),
  );

  it("products that are hidden, sold out, in the cart, current, or elsewhere on the page", () => {
    fc.assert(
      fc.property(
        fc.record({
          events: fc.array(anyEvent(catalog), { maxLength: 40 }),
          rules: fc.array(anyRule, { maxLength: 6 }),
          kept: fc.array(anyId, { maxLength: 10 }),
          exclude: fc.array(anyId, { maxLength: 3 }),
          strategy: fc.constantFrom(...STRATEGIES),
          productId: anyId,
          seed: fc.nat(1000),
        }),
        ({ events, rules, seed, ...request }) => {
          const { ids, history } = shelfOf({ events, rules, seed, request });
          expect(new Set(ids).size).toBe(ids.length);
          const groups = ids.flatMap((id) => GROUPS[id] ?? []);
          expect(new Set(groups).size).toBe(groups.length);
          for (const id of ids) {
            expect([request.productId, ...request.exclude]).not.toContain(id);
            expect(history.hidden.has(row(id))).toBe(false);
            expect(history.isInCart(row(id), NOW)).toBe(false);
            expect(catalog.products[row(id)]!.stock).not.toBe(0);
          }
        },
      ),
      { numRuns: 300, seed: 21 },
    );
  });

  it("purchased products that are not for buying again", () => {
    const rules = [{ type: "pin", productIds: ["b1", "b2"], strategies: [...STRATEGIES] }];
    for (const strategy of STRATEGIES) {
      const { ids } = shelfOf({ events: [purchase(["b1"])], rules, request: { strategy } });
      expect(ids).not.toContain("b1");
    }
  });
});
