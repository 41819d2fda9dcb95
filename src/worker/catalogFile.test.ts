import { afterEach, expect, it, vi } from "vitest";
import { parseCatalog } from "../engine/shop/parseCatalog.ts";
import { catalogFile } from "./catalogFile.ts";

afterEach(() => vi.unstubAllGlobals());

/** Answers requests with these files; returns the requested addresses. */
function serve(files: Record<string, unknown>): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    return address in files ? Response.json(files[address]) : new Response(null, { status: 404 });
  });
  return asked;
}

const SHOP = "https://shop.example";

function shopifyProduct(id: number) {
  const variants = [{ id: id + 100, price: "12.00", compare_at_price: null, available: true }];
  return { id, handle: `p-${id}`, title: `Product ${id}`, variants, images: [] };
}

it("returns a catalog unchanged", async () => {
  const file = { products: [{ id: "a", title: "A", priceMinor: 1, currency: "EUR" }] };
  serve({ [`${SHOP}/catalog.json`]: file });
  expect(await catalogFile({ catalog: `${SHOP}/catalog.json` })).toEqual(file);
  for (const odd of [null, 4, [], [null], { products: "many" }]) {
    expect(await catalogFile({ catalog: odd })).toBe(odd);
  }
});

it("converts Shopify's list, page by page until one is not full", async () => {
  const list = `${SHOP}/products.json?limit=2`;
  const asked = serve({
    [list]: { products: [1, 2].map(shopifyProduct) },
    [`${list}&page=2`]: { products: [3, 4].map(shopifyProduct) },
    [`${list}&page=3`]: { products: [shopifyProduct(5)] },
  });
  const { catalog, rejected } = parseCatalog(await catalogFile({ catalog: list, currency: "GBP" }));
  expect(rejected).toEqual([]);
  expect(catalog.products.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
  expect(catalog.products[0]).toMatchObject({
    aliases: ["p-1", "101"],
    priceMinor: 1200,
    currency: "GBP",
    url: "/products/p-1",
  });
  expect(asked).toHaveLength(3);
});

it("converts WooCommerce's list, and reports each row that is not a product", async () => {
  const list = `${SHOP}/wp-json/wc/store/v1/products`;
  const prices = { price: "4200", regular_price: "4200", currency_code: "EUR" };
  const asked = serve({ [list]: [{ id: 34, name: "Hoodie", prices }, { id: 35 }] });
  const { catalog, rejected } = parseCatalog(await catalogFile({ catalog: list }));
  expect(catalog.products).toMatchObject([{ id: "34", title: "Hoodie", priceMinor: 4200 }]);
  expect(rejected.map(({ reason }) => reason.message)).toEqual([
    expect.stringContaining('field "prices" is undefined'),
  ]);
  expect(asked).toHaveLength(1);
});

it("names the missing option if Shopify's list has no currency", async () => {
  const { rejected } = parseCatalog(
    await catalogFile({ catalog: { products: [shopifyProduct(1)] } }),
  );
  expect(rejected[0]?.reason.message).toContain("name it with --currency or data-currency");
});
