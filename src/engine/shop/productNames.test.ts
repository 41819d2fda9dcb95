import { describe, expect, it } from "vitest";
import { createCatalog, type Product } from "./catalog.ts";
import { withOtherNames } from "./productNames.ts";

const product = (id: string, more: Partial<Product> = {}): Product => ({
  id,
  title: id,
  categoryPath: [],
  priceMinor: 1,
  currency: "EUR",
  ...more,
});

describe("a product's names", () => {
  const catalog = withOtherNames(
    createCatalog([
      product("a", { url: "https://shop.example/p/a?utm_source=google&utm_medium=cpc" }),
      product("b", { url: "https://shop.example/p/b/" }),
      product("c", { url: "https://www.shop.example/p/c" }),
      product("d", { url: "/p/d" }),
      product("oil", {
        url: "https://shop.example/oil/?size=250",
        aliases: ["9255", "https://shop.example/oil/?size=500"],
      }),
      product("42", { url: "/index.php?id=42" }),
      product("43", { url: "/index.php?id=43" }),
      product("44", { url: "/?p=44", aliases: ["4400", "SKU-44"] }),
      product("tea", { url: "/en/tee/gr%C3%BCn" }),
    ]),
  );
  const idOf = (name: string) => catalog.products[catalog.rowOf(name) ?? -1]?.id;

  it.each([
    ["https://shop.example/p/a", "a"],
    ["http://shop.example/p/a/?gclid=x", "a"],
    ["/p/b", "b"],
    ["https://shop.example/p/b", "b"],
    ["https://shop.example/p/c/", "c"],
    ["//shop.example/p/c", "c"],
    ["http://shop.example/p/d?variant=1", "d"],
    ["https://shop.example/fr/p/d", "d"],
    ["/pt-br/p/d/", "d"],
    ["https://shop.example/p/d#reviews", "d"],
    ["/oil", "oil"],
    ["https://shop.example/oil/?size=500", "oil"],
    ["/oil/?utm_campaign=x&size=250", "oil"],
    ["/index.php?id=43&fbclid=7", "43"],
    ["https://shop.example/?p=44", "44"],
    ["/de/tee/grün/", "tea"],
    ["/index.php?id=99", undefined],
    ["/index.php", undefined],
    ["/", undefined],
    ["https://shop.example/", undefined],
    ["/p", undefined],
    ["/p/e", undefined],
  ])("are addresses in any of their forms: %s", (name, id) => {
    expect(idOf(name)).toBe(id);
  });

  it.each([
    ["gla_44", "44"],
    ["woocommerce_gpf_44", "44"],
    ["shopify_US_44_4400", "44"],
    ["shopify_DE_77_4400", "44"],
    ["44-4400", "44"],
    ["44_4400", "44"],
    ["#44", "44"],
    ["gid://shopify/ProductVariant/4400", "44"],
    ["product-44", "44"],
    ["wc_post_id_44", "44"],
    ["gla_9000", undefined],
    ["shopify_US_42_43", undefined],
    ["size 42", undefined],
    ["x42", undefined],
  ])("are ids behind a plug-in's prefix: %s", (name, id) => {
    expect(idOf(name)).toBe(id);
  });

  it("are exact ones first", () => {
    const both = withOtherNames(
      createCatalog([
        product("gla_1"),
        product("1"),
        product("/p/1"),
        product("2", { url: "/p/1" }),
      ]),
    );
    expect(["gla_1", "1", "/p/1"].map((name) => both.rowOf(name))).toEqual([0, 1, 2]);
  });
});
