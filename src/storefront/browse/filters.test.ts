import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Product } from "../../engine/shop/catalog.ts";
import { facetsOf } from "./facets.ts";
import { type Filters, filtered, filtersFrom, NO_FILTERS, withFilters } from "./filters.ts";
import { sortProducts } from "./sortProducts.ts";

function product(id: string, facts: Partial<Product> = {}): Product {
  return {
    id,
    title: id,
    categoryPath: ["Coffee", "Beans"],
    priceMinor: 1000,
    currency: "EUR",
    brand: "Acme",
    ...facts,
  };
}

const products = [
  product("beans", { stock: 5, rating: { value: 4.6, count: 9 } }),
  product("dear-beans", { priceMinor: 3000, brand: "Bela", addedAt: "2026-11-01" }),
  product("mill", {
    categoryPath: ["Coffee", "Mills"],
    priceMinor: 9000,
    listPriceMinor: 9900,
    stock: 0,
    rating: { value: 3.2, count: 4 },
  }),
];
const idsOf = (list: readonly Product[]) => list.map(({ id }) => id);

describe("filters", () => {
  it.each<[Partial<Filters>, string[]]>([
    [{}, ["beans", "dear-beans", "mill"]],
    [{ categories: ["Mills"] }, ["mill"]],
    [{ brands: ["Acme"] }, ["beans", "mill"]],
    [{ brands: ["Acme", "Bela"] }, ["beans", "dear-beans", "mill"]],
    [{ minMinor: 1001, maxMinor: 8999 }, ["dear-beans"]],
    [{ minStars: 4.5 }, ["beans"]],
    [{ inStock: true }, ["beans", "dear-beans"]],
    [{ onSale: true, inStock: true }, []],
  ])("%j leave %j", (change, ids) => {
    expect(idsOf(filtered(products, { ...NO_FILTERS, ...change }))).toEqual(ids);
  });

  it("are read from the address they were written to, which keeps its other parts", () => {
    const filters = {
      categories: ["Bits & bobs"],
      brands: ["A=B", "C"],
      minMinor: 1050,
      maxMinor: 2000,
      minStars: 4.5,
      inStock: true,
      onSale: true,
    };
    const address = withFilters(new URLSearchParams("q=x&brand=old&to=3"), filters, "EUR");
    expect(filtersFrom(new URLSearchParams(`${address}`), "EUR")).toEqual(filters);
    expect(address.get("q")).toBe("x");
    expect(`${withFilters(address, NO_FILTERS, "EUR")}`).toBe("q=x");
    expect(withFilters(address, filters, "JPY").get("from")).toBe("1050");
  });

  it("are valid for any address", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (from, to, rating) => {
        const read = filtersFrom(new URLSearchParams({ from, to, rating }), "EUR");
        for (const value of [read.minMinor, read.maxMinor, read.minStars]) {
          expect(value === undefined || (Number.isFinite(value) && value >= 0)).toBe(true);
        }
      }),
      { seed: 5 },
    );
    expect(filtersFrom(new URLSearchParams("from=cheap&to=-1&rating=9"), "EUR")).toEqual(
      NO_FILTERS,
    );
  });
});

describe("facets", () => {
  it("count each choice as if nothing was chosen in its own facet", () => {
    const { brands, categories } = facetsOf(
      products,
      { ...NO_FILTERS, brands: ["Bela"], inStock: true },
      1,
    );
    expect(brands).toEqual([
      { name: "Acme", count: 1 },
      { name: "Bela", count: 1 },
    ]);
    expect(categories).toEqual([{ name: "Beans", count: 1 }]);
  });

  it("count ratings, sales and products in stock, and give the price range", () => {
    expect(facetsOf(products, NO_FILTERS, 1)).toMatchObject({
      price: { minMinor: 1000, maxMinor: 9000 },
      ratings: [
        { minStars: 4.5, count: 1 },
        { minStars: 4, count: 1 },
        { minStars: 3, count: 2 },
      ],
      inStock: 2,
      onSale: 1,
    });
  });

  it("keep a chosen option listed that leaves nothing", () => {
    const { brands } = facetsOf(products, { ...NO_FILTERS, brands: ["Gone"] }, 1);
    expect(brands).toContainEqual({ name: "Gone", count: 0 });
  });
});

describe("orders", () => {
  it.each([
    ["popular", ["beans", "dear-beans", "mill"]],
    ["price-up", ["beans", "dear-beans", "mill"]],
    ["price-down", ["mill", "dear-beans", "beans"]],
    ["rating", ["beans", "mill", "dear-beans"]],
    ["newest", ["dear-beans", "beans", "mill"]],
  ] as const)("by %s give %j", (sort, ids) => {
    expect(idsOf(sortProducts(products, sort, {}))).toEqual(ids);
  });

  it("by taste put products that the recommender does not rank last, in the order given", () => {
    const personal = new Map([["mill", -3]]);
    expect(idsOf(sortProducts(products, "for-you", { personal }))).toEqual([
      "mill",
      "beans",
      "dear-beans",
    ]);
  });

  it("weigh taste against how well a product matches the search", () => {
    const personal = new Map([
      ["beans", 0],
      ["mill", 1],
    ]);
    const order = (relevance: ReadonlyMap<string, number>) =>
      idsOf(sortProducts([products[0]!, products[2]!], "for-you", { personal, relevance }));
    expect(order(new Map(Object.entries({ beans: 1, mill: 0.9 })))).toEqual(["mill", "beans"]);
    expect(order(new Map(Object.entries({ beans: 1, mill: 0.1 })))).toEqual(["beans", "mill"]);
  });
});
