import { expect, it } from "vitest";
import { FieldError } from "../engine/kit/fields.ts";
import { shopFeedRows } from "./shopFeed.ts";

const NO_FILES = {
  address: undefined,
  currency: "EUR",
  load: () => Promise.reject(new Error("no file expected")),
};

function shopifyProduct(id: number, price: unknown) {
  return { id, title: `Bowl ${id}`, handle: `bowl-${id}`, variants: [{ id: id * 10, price }] };
}

function wooProduct(id: number) {
  const prices = { price: "4200", currency_code: "EUR", currency_minor_unit: 2 };
  return { id, name: `Bowl ${id}`, prices };
}

it("puts the error of a product that cannot be read in its place", async () => {
  const products = [shopifyProduct(1, "4.20"), shopifyProduct(2, "soon"), shopifyProduct(3, "7")];
  const rows = await shopFeedRows({ products }, NO_FILES);
  expect(rows[0]).toMatchObject({ id: "1", priceMinor: 420 });
  expect(rows[1]).toBeInstanceOf(FieldError);
  expect(rows[2]).toMatchObject({ id: "3", priceMinor: 700 });
});

it("reads further pages in order, up to the first that is not full", async () => {
  const pages: Record<string, unknown> = {
    "https://shop.example/products?per_page=2&page=2": [wooProduct(3), wooProduct(4)],
    "https://shop.example/products?per_page=2&page=3": [wooProduct(5)],
  };
  const loaded: string[] = [];
  const rows = await shopFeedRows([wooProduct(1), wooProduct(2)], {
    address: "https://shop.example/products?per_page=2",
    currency: undefined,
    load: async (address) => {
      loaded.push(address);
      return pages[address];
    },
  });
  expect(rows.map((row) => (row as { id: string }).id)).toEqual(["1", "2", "3", "4", "5"]);
  expect(loaded).toEqual(Object.keys(pages));
});

it("leaves out what is not for sale, and rejects a file that is no list", async () => {
  const products = [{ ...shopifyProduct(1, "1"), status: "draft" }, shopifyProduct(2, "2")];
  expect(await shopFeedRows({ products }, NO_FILES)).toHaveLength(1);
  await expect(shopFeedRows({ products: "soon" }, NO_FILES)).rejects.toThrow(FieldError);
});
