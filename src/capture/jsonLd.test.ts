import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readJsonLd } from "./jsonLd.ts";
import { mainProduct } from "./pageProduct.ts";

const HERE = { href: "https://shop.example/products/cup?color=blue" };

function pageWith(...scripts: unknown[]): Document {
  const elements = scripts.map((script) => ({
    textContent: typeof script === "string" ? script : JSON.stringify(script),
  }));
  return { querySelectorAll: () => elements } as unknown as Document;
}

const namesOn = (...scripts: unknown[]) =>
  mainProduct(readJsonLd(pageWith(...scripts)), HERE)?.names;

describe("readJsonLd", () => {
  it("finds the product of a page, as Shopify's and WooCommerce's themes write it", () => {
    const product = { "@type": "Product", name: "Cup", sku: "CUP-1", offers: [{ sku: "CUP-1-B" }] };
    expect(namesOn({ "@context": "http://schema.org/", ...product })).toEqual(["CUP-1", "CUP-1-B"]);
    expect(namesOn({ "@graph": [{ "@type": "BreadcrumbList" }, product] })).toEqual([
      "CUP-1",
      "CUP-1-B",
    ]);
    expect(namesOn([{ "@type": "Organization" }, product])).toEqual(["CUP-1", "CUP-1-B"]);
    expect(namesOn({ "@type": "ItemPage", mainEntity: product })).toEqual(["CUP-1", "CUP-1-B"]);
  });

  it("takes a numeric SKU, identifiers with a scheme, and the product's address", () => {
    const url = "https://shop.example/products/cup";
    expect(namesOn({ "@type": ["Product", "Car"], sku: 4711, productID: "sku:C-1", url })).toEqual([
      "4711",
      "C-1",
      url,
    ]);
  });

  it("names a group of variants first, then each variant", () => {
    const hasVariant = [
      { "@type": "Product", sku: "B" },
      { "@type": "Product", sku: "R" },
    ];
    const group = { "@type": "https://schema.org/ProductGroup", productGroupID: "CUP", hasVariant };
    expect(namesOn(group)).toEqual(["CUP", "B", "R"]);
  });

  it("takes a list of products for none, unless this is the page of one of them", () => {
    const cup = { "@type": "Product", sku: "CUP", url: "/products/cup" };
    const pot = { "@type": "Product", sku: "POT", url: "/products/pot" };
    expect(namesOn(cup, pot)).toEqual(["CUP", "/products/cup"]);
    expect(namesOn({ ...cup, url: "/elsewhere" }, pot)).toBeUndefined();
    expect(namesOn({ "@type": "ItemList", itemListElement: [{ item: cup }] })).toBeUndefined();
  });

  it("passes over products that are only mentioned, and text that is no JSON", () => {
    const mention = { "@type": "Article", about: { "@type": "Product", sku: "CUP" } };
    expect(namesOn(mention, "{ sku: 'CUP' ", "")).toBeUndefined();
  });

  it("throws nothing at JSON of any kind, however deep", () => {
    const deep = `${'{"@graph":['.repeat(3000)}${"]}".repeat(3000)}`;
    expect(namesOn(deep)).toBeUndefined();
    fc.assert(
      fc.property(fc.array(fc.json()), (scripts) => {
        namesOn(...scripts);
      }),
    );
  });
});
