import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyEvent,
  fixtureCatalog,
  fixturePack,
  impression,
  NOW,
  packOf,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { type Catalog, createCatalog } from "../shop/catalog.ts";
import { emptyItemPack, type ItemPack } from "../shop/itemPack.ts";
import { candidatesOf, rowsByPopularity } from "./candidates.ts";
import { inputsOf } from "./features.ts";
import { shopperContextOf } from "./shopperContext.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const NOBODY_POPULAR = new Uint32Array(0);

function contextAfter(events: readonly ShopEvent[], of: Catalog, by: ItemPack) {
  const history = createHistory(of);
  for (const event of events) history.apply(event);
  return shopperContextOf(history, { catalog: of, pack: by, at: NOW });
}

function idsAfter(events: ShopEvent[], popular = NOBODY_POPULAR, by = pack): string[] {
  const rows = candidatesOf(contextAfter(events, catalog, by), popular);
  return [...rows].map((row) => catalog.products[row]!.id).sort();
}

const KITCHEN = ["k1", "k2", "k3", "k4", "k5", "k6", "k7"];

describe("candidatesOf", () => {
  it("finds the popular products for a new shopper", () => {
    expect(idsAfter([])).toEqual([]);
    expect(idsAfter([], Uint32Array.of(3, 5))).toEqual(["k4", "k6"]);
  });

  it("finds the categories and the crowd's neighbors of the recent products", () => {
    expect(idsAfter([view("k1")])).toEqual(["b1", ...KITCHEN]);
  });

  it("finds products that the shopper was shown", () => {
    expect(idsAfter([view("k5"), impression(["g4"])])).toEqual(["g4", ...KITCHEN]);
  });

  it("returns distinct rows, including every product with an input other than popularity", () => {
    const popularRows = rowsByPopularity(pack).subarray(0, 3);
    fc.assert(
      fc.property(fc.array(anyEvent(catalog), { maxLength: 30 }), (events) => {
        const context = contextAfter(events, catalog, pack);
        const rows = candidatesOf(context, popularRows);
        expect(new Set(rows).size).toBe(rows.length);
        const found = new Set(rows);
        for (const row of popularRows) expect(found.has(row)).toBe(true);
        for (let row = 0; row < catalog.size; row++) {
          const [coVisits, own] = inputsOf(context, [row]);
          if (coVisits! > 0 || own! > 0) expect(found.has(row)).toBe(true);
        }
      }),
      { numRuns: 100, seed: 12 },
    );
  });

  it("uses the closest category with at least twelve products, otherwise the department", () => {
    const products = Array.from({ length: 40 }, (_, index) => ({
      id: `p${index}`,
      title: `Product ${index}`,
      categoryPath: ["Shop", index < 15 ? "Wide" : "Narrow", index < 3 ? "Nook" : "Rest"],
      priceMinor: 100,
      currency: "EUR",
    }));
    const shop = createCatalog(products);
    const rowsAfter = (id: string) =>
      [...candidatesOf(contextAfter([view(id)], shop, emptyItemPack(40)), NOBODY_POPULAR)].length;
    expect(rowsAfter("p0")).toBe(15); // the nook of 3 is too small
    expect(rowsAfter("p3")).toBe(12); // the rest of the wide aisle is just enough
    expect(rowsAfter("p20")).toBe(25);
  });

  it("stays affordable in a huge department", () => {
    const products = Array.from({ length: 4000 }, (_, index) => ({
      id: `p${index}`,
      title: "x",
      categoryPath: ["Shop"],
      priceMinor: 100,
      currency: "EUR",
    }));
    const shop = createCatalog(products);
    const huge = emptyItemPack(4000);
    const rows = candidatesOf(contextAfter([view("p3999")], shop, huge), rowsByPopularity(huge));
    expect(rows.length).toBeLessThan(2000);
    expect(rows).toContain(3999);
  });
});

describe("rowsByPopularity", () => {
  it("sorts by falling popularity, ties in catalog order", () => {
    const popular = packOf(catalog, [], { k3: 5, b1: 200, k1: 5 });
    expect([...rowsByPopularity(popular)].slice(0, 5)).toEqual([14, 0, 2, 1, 3]);
    expect([...rowsByPopularity(emptyItemPack(4))]).toEqual([0, 1, 2, 3]);
  });
});
