import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToCart,
  anyEvent,
  DAY,
  fixtureCatalog,
  fixturePack,
  impression,
  NOW,
  notForMe,
  packOf,
  purchase,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { type Catalog, createCatalog } from "../shop/catalog.ts";
import { emptyItemPack, type ItemPack } from "../shop/itemPack.ts";
import { contentFit, coVisitation, inputsOf, ownHistory, popularity } from "./features.ts";
import { type ShopperContext, shopperContextOf } from "./shopperContext.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const row = (id: string) => catalog.rowOf(id)!;

function contextAfter(
  events: readonly ShopEvent[],
  { at = NOW, of = catalog, by = pack }: { at?: number; of?: Catalog; by?: ItemPack } = {},
): ShopperContext {
  const history = createHistory(of);
  for (const event of events) history.apply(event);
  return shopperContextOf(history, { catalog: of, pack: by, at });
}

describe("the four inputs", () => {
  it("lie between 0 and 1 for any past, any pack, at any time", () => {
    const id = fc.constantFrom(...catalog.products.map((product) => product.id));
    const links = fc.array(fc.tuple(id, id, fc.nat(255)), { maxLength: 60 });
    fc.assert(
      fc.property(
        fc.array(anyEvent(catalog), { maxLength: 60 }),
        links,
        fc.dictionary(id, fc.nat(255)),
        fc.integer({ min: -500 * DAY, max: 5000 * DAY }),
        (events, given, popular, shift) => {
          const by = packOf(catalog, given, popular);
          const inputs = inputsOf(
            contextAfter(events, { at: NOW + shift, by }),
            Uint32Array.from(catalog.products.keys()),
          );
          expect(inputs).toHaveLength(4 * catalog.size);
          for (const value of inputs) {
            expect(value).toBeGreaterThanOrEqual(0);
            expect(value).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 150, seed: 11 },
    );
  });

  it("are the same for all products without a past, all but popularity", () => {
    const inputs = inputsOf(contextAfter([]), [row("k1"), row("k2")]);
    expect([...inputs]).toEqual([0, 0, inputs[2], 1, 0, 0, inputs[2], 0]);
  });

  it("are in one row per product, in the requested order", () => {
    const context = contextAfter([view("k1")]);
    expect([...inputsOf(context, [row("b1"), row("k2")])]).toEqual(
      [row("b1"), row("k2")].flatMap((at) =>
        [coVisitation, ownHistory, contentFit, popularity].map((f) => Math.fround(f(context, at))),
      ),
    );
  });
});

describe("coVisitation", () => {
  const pullOf = (links: [string, string, number][], events: ShopEvent[], id: string) =>
    coVisitation(contextAfter(events, { by: packOf(catalog, links) }), row(id));

  it("rises with the neighbor's strength", () => {
    const pulls = [1, 50, 120, 255].map((value) =>
      pullOf([["k1", "g1", value]], [view("k1")], "g1"),
    );
    expect(pulls).toEqual([...pulls].sort((left, right) => left - right));
    expect(new Set(pulls).size).toBe(4);
  });

  it("is x / (x + 0.15) of weight times similarity", () => {
    expect(pullOf([["k1", "g1", 255]], [view("k1")], "g1")).toBeCloseTo(1 / 1.15, 5);
    expect(pullOf([["k1", "g1", 51]], [view("k1")], "g1")).toBeCloseTo(0.04 / 0.19, 5);
  });

  it("adds up over the recent products, and follows the direction of the link", () => {
    const links: [string, string, number][] = [
      ["k1", "g1", 100],
      ["k2", "g1", 100],
    ];
    const one = pullOf(links, [view("k1")], "g1");
    expect(pullOf(links, [view("k2"), view("k1")], "g1")).toBeGreaterThan(one);
    expect(pullOf(links, [view("g1")], "k1")).toBe(0);
  });

  it("fades with newer recent products, and with time", () => {
    const links: [string, string, number][] = [["k1", "g1", 200]];
    const fresh = pullOf(links, [view("k1")], "g1");
    expect(pullOf(links, [view("k1"), view("b1")], "g1")).toBeLessThan(fresh);
    expect(pullOf(links, [view("k1", NOW - 7 * DAY)], "g1")).toBeLessThan(fresh);
    expect(pullOf(links, [purchase(["k1"])], "g1")).toBeGreaterThan(fresh);
  });
});

describe("ownHistory", () => {
  const interestAfter = (events: ShopEvent[], id = "k1", at = NOW) =>
    ownHistory(contextAfter(events, { at }), row(id));

  it("rises with the shopper's actions", () => {
    const rising = [[view("k1")], [addToCart("k1")], [purchase(["k1"])]].map((events) =>
      interestAfter(events),
    );
    expect(rising[0]).toBeCloseTo(2 / 3, 12);
    expect(rising[1]).toBeGreaterThan(rising[0]!);
    expect(rising[2]).toBeGreaterThan(rising[1]!);
    expect(interestAfter([view("k1"), view("k1")])).toBeGreaterThan(rising[0]!);
  });

  it("falls with time and with each interaction with another product", () => {
    const once = interestAfter([view("k1")]);
    expect(interestAfter([view("k1", NOW - 30 * DAY)])).toBeLessThan(once);
    const further = interestAfter([view("k1"), view("k2")]);
    expect(further).toBeLessThan(once);
    expect(interestAfter([view("k1"), view("k2"), view("k3")])).toBeLessThan(further);
  });

  it("is high for products in many orders, however long ago the last one was", () => {
    const order = (ids: string[], ago: number) => purchase(ids, NOW - ago * DAY);
    const each = interestAfter([order(["k1"], 900), order(["k1", "k2"], 800), order(["k1"], 700)]);
    const twice = interestAfter([order(["k1"], 900), order(["k2"], 800), order(["k1"], 700)]);
    const long = interestAfter([order(["k1"], 900), order(["k2"], 800), order(["k2"], 700)]);
    expect(each).toBeCloseTo(2.71 / (2.71 + 2.71 + 1), 5);
    expect(twice).toBeCloseTo(1.81 / (1.81 + 2.71 + 1), 5);
    expect(long).toBeCloseTo(0.81 / (0.81 + 2.71 + 1), 3);
  });

  it("is zero for a product that was only shown", () => {
    expect(interestAfter([view("k2"), impression(["k1"])])).toBe(0);
  });
});

describe("contentFit", () => {
  const product = { title: "x", priceMinor: 1000, currency: "EUR" };
  const shop = createCatalog([
    { ...product, id: "hand", categoryPath: ["A", "B", "C"], brand: "Moos", title: "red bowl" },
    { ...product, id: "leaf", categoryPath: ["A", "B", "C"] },
    { ...product, id: "aisle", categoryPath: ["A", "B", "D"] },
    { ...product, id: "department", categoryPath: ["A", "E", "F"] },
    { ...product, id: "elsewhere", categoryPath: ["G", "B", "C"] },
    { ...product, id: "brand", categoryPath: ["G"], brand: "moos" },
    { ...product, id: "title", categoryPath: ["G"], title: "Red thing" },
    { ...product, id: "plain", categoryPath: ["G"] },
    { ...product, id: "dear", categoryPath: ["A", "B", "C"], priceMinor: 90_000 },
    { ...product, id: "bare", categoryPath: [] },
  ]);
  const context = contextAfter([view("hand")], { of: shop, by: emptyItemPack(shop.size) });
  const fitOf = (id: string) => contentFit(context, shop.rowOf(id)!);

  it("rises the closer the category", () => {
    expect(fitOf("leaf")).toBeGreaterThan(fitOf("aisle"));
    expect(fitOf("aisle")).toBeGreaterThan(fitOf("department"));
    expect(fitOf("department")).toBeGreaterThan(fitOf("elsewhere"));
    expect(fitOf("elsewhere")).toBeGreaterThan(0);
  });

  it("rises with the brand, with shared title words and with a similar price", () => {
    expect(fitOf("brand")).toBeGreaterThan(fitOf("plain"));
    expect(fitOf("title")).toBeGreaterThan(fitOf("plain"));
    expect(fitOf("dear")).toBeLessThan(fitOf("leaf"));
    expect(fitOf("hand")).toBeGreaterThan(fitOf("leaf"));
  });

  it("is higher the fewer products are in the category", () => {
    expect(fitOf("elsewhere")).toBeGreaterThan(fitOf("plain"));
    expect(fitOf("plain")).toBeGreaterThan(fitOf("bare"));
  });

  it("is .3 without recent products", () => {
    const empty = contextAfter([], { of: shop, by: emptyItemPack(shop.size) });
    for (const row of shop.products.keys()) expect(contentFit(empty, row)).toBeCloseTo(0.3, 2);
  });

  describe("after a no", () => {
    const fitAfter = (id: string, events: ShopEvent[], at = NOW) =>
      contentFit(contextAfter(events, { of: shop, at }), shop.rowOf(id)!);
    const no = notForMe("hand");

    it("falls the more a product has in common with the one that was waved away", () => {
      const kin = ["leaf", "aisle", "department", "elsewhere"];
      const fits = kin.map((id) => fitAfter(id, [no]));
      expect(fits).toEqual([...fits].sort((left, right) => left - right));
      expect(new Set(fits).size).toBe(kin.length);
      expect(fitAfter("elsewhere", [no])).toBe(fitAfter("elsewhere", []));
      for (const id of ["brand", "title"])
        expect(fitAfter(id, [no])).toBeLessThan(fitAfter(id, []));
    });

    it("falls also for a shopper who likes the kind, and fades within months", () => {
      const likes = [view("leaf"), view("aisle")];
      const before = fitAfter("department", likes);
      const after = fitAfter("department", [...likes, no]);
      expect(after).toBeLessThan(before);
      const old = [notForMe("hand", NOW - 120 * DAY), ...likes];
      expect(fitAfter("department", old)).toBeGreaterThan(after);
    });
  });
});

describe("popularity", () => {
  it("is the pack's, a little higher for a discounted product", () => {
    const context = contextAfter([]);
    expect(popularity(context, row("k1"))).toBe(1);
    expect(popularity(context, row("k3"))).toBeCloseTo(120 / 255, 12);
    const discount = 1 - 2500 / 5000;
    expect(popularity(context, row("g3"))).toBeCloseTo(0.1 * discount, 12);
    expect(catalog.products[row("g3")]!.priceMinor).toBe(2500);
  });
});
