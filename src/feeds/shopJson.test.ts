import { describe, expect, it } from "vitest";
import { FieldError } from "../engine/kit/fields.ts";
import { shopifyReaders, wooReaders } from "./shopJson.ts";

/** Values that no feed has in a cell, and that cannot be turned into text. */
const BAD = [
  { toString: 5 },
  { toString: null, valueOf: null },
  [{ toString: 5 }],
  Object.create(null),
];

const shopify = (id: number) => ({
  id,
  handle: `mug-${id}`,
  title: `Mug ${id}`,
  body_html: "<p>A mug</p>",
  vendor: "Clay",
  product_type: "Mugs",
  tags: ["mug"],
  variants: [{ id: 10 + id, sku: `M${id}`, price: "9.00", available: true }],
  images: [{ src: "https://cdn.example/m.jpg" }],
});
const woo = (id: number) => ({
  id,
  name: `Mug ${id}`,
  slug: `mug-${id}`,
  permalink: `https://shop.example/mug-${id}`,
  description: "A mug",
  prices: { price: "900", regular_price: "900", currency_code: "EUR", currency_minor_unit: 2 },
  categories: [{ name: "Mugs", link: "https://shop.example/mugs" }],
  images: [{ src: "https://shop.example/m.jpg" }],
});

describe.each([
  [
    "Shopify's",
    shopify,
    (rows: object[]) =>
      shopifyReaders({ products: rows }, { currency: "EUR", now: 0 }).map((one) => one()),
  ],
  ["WooCommerce's", woo, (rows: object[]) => wooReaders(rows, { now: 0 }).map((one) => one())],
] as const)("%s list", (_name, rowOf, read) => {
  it("with a bad cell loses no row but its own, whatever the cell", () => {
    for (const key of Object.keys(rowOf(1))) {
      for (const bad of BAD) {
        const entries = read([{ ...rowOf(1), [key]: bad }, rowOf(2)]);
        expect(entries, key).toHaveLength(2);
        expect(entries[1]!.product, key).toMatchObject({ title: "Mug 2" });
        const [{ product }] = entries as [(typeof entries)[0]];
        if (product instanceof Error) expect(product).toBeInstanceOf(FieldError);
      }
    }
  });
});

it("Shopify's bulk export with a bad cell is read all the same", () => {
  for (const bad of BAD) {
    const rows = [shopify(1), { id: bad, __parentId: 1 }, shopify(2)];
    const entries = shopifyReaders(rows, { currency: "EUR", now: 0 }).map((one) => one());
    expect(entries[1]!.product).toMatchObject({ title: "Mug 2" });
  }
});
