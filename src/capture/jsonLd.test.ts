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
  it("finds the product of a page in Shopify's and WooCommerce's markup", () => {
    const product = { "@type": "Product", name: "Cup", sku: "CUP-1", offers: [{ sku: "CUP-1-B" }] };
    expect(namesOn({ "@context": "http://schema.org/", ...product })).toEqual(["CUP-1", "CUP-1-B"]);
    expect(namesOn({ "@graph": [{ "@type": "BreadcrumbList" }, product] })).toEqual([
      "CUP-1",
      "CUP-1-B",
    ]);
    expect(namesOn([{ "@type": "Organization" }, product])).toEqual(["CUP-1", "CUP-1-B"]);
    expect(namesOn({ "@type": "ItemPage", mainEntity: product })).toEqual(["CUP-1", "CUP-1-B"]);
  });

  it("accepts a numeric SKU, identifiers with a scheme, and the product's address", () => {
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

  it("ignores a list of products unless this is the page of one of them", () => {
    const cup = { "@type": "Product", sku: "CUP", url: "/products/cup" };
    const pot = { "@type": "Product", sku: "POT", url: "/products/pot" };
    expect(namesOn(cup, pot)).toEqual(["CUP", "/products/cup"]);
    expect(namesOn({ ...cup, url: "/elsewhere" }, pot)).toBeUndefined();
    expect(namesOn({ "@type": "ItemList", itemListElement: [{ item: cup }] })).toBeUndefined();
  });

  it("ignores products that are only mentioned, and text that is not JSON", () => {
    const mention = { "@type": "Article", about: { "@type": "Product", sku: "CUP" } };
    expect(namesOn(mention, "{ sku: 'CUP' ", "")).toBeUndefined();
  });

  it("finds the product after any number of scripts about the shop", () => {
    const cup = { "@type": "Product", sku: "CUP" };
    const others = ["Organization", "WebSite", "BreadcrumbList"].map((type) => ({ "@type": type }));
    expect(namesOn(...others, cup)).toEqual(["CUP"]);
    expect(namesOn({ "@graph": [...others, ...others, cup] })).toEqual(["CUP"]);
    const crumbs = { "@type": "BreadcrumbList", itemListElement: Array(400).fill(others[0]) };
    expect(namesOn(...Array(20).fill(crumbs), cup)).toEqual(["CUP"]);
  });

  it("still finds the product beside JSON of any kind, however deep", () => {
    const cup = { "@type": "Product", sku: "CUP" };
    const deep = `${'{"@graph":['.repeat(3000)}${"]}".repeat(3000)}`;
    expect(namesOn(deep)).toBeUndefined();
    expect(namesOn(deep, cup)).toEqual(["CUP"]);
    fc.assert(
      fc.property(fc.array(fc.json()), (scripts) => {
        expect(namesOn(...scripts, cup)).toEqual(["CUP"]);
      }),
      { seed: 51 },
    );
  });
});

describe("the product of a page", () => {
  const cup = (more: object) => ({ "@type": "Product", name: "Cup", ...more });
  const url = "/products/cup";

  it.each([
    ["by an address", cup({ sku: "CUP", url }), cup({ productID: "11", url })],
    [
      "by an id",
      cup({ sku: "CUP" }),
      { "@type": "Product", name: "Cup, blue", sku: "CUP", mpn: "M" },
    ],
    ["by the title", cup({ sku: "CUP", offers: { price: "1" } }), cup({ mpn: "M" })],
    ["by the title alone", cup({ sku: "CUP" }), cup({ aggregateRating: { ratingValue: 4 } })],
    [
      "by an offer's id",
      cup({ sku: "CUP", offers: [{ sku: "CUP-B" }] }),
      { "@type": "Product", sku: "CUP-B" },
    ],
    [
      "by forms of one address",
      cup({ sku: "CUP", url: `https://www.shop.example${url}/` }),
      cup({ gtin: "4", url: `${url}?utm_source=x` }),
    ],
  ])("may be described in two blocks, joined %s", (_, one, other) => {
    expect(namesOn(one, other)).toContain("CUP");
    expect(namesOn(other, one)).toContain("CUP");
  });

  it("of three blocks is one where the third joins the others", () => {
    const names = namesOn(
      { "@type": "Product", sku: "CUP" },
      { "@type": "Product", mpn: "M" },
      { "@type": "Product", sku: "CUP", mpn: "M" },
    );
    expect(names).toEqual(expect.arrayContaining(["CUP", "M"]));
  });

  it("is none where two have one title and pages of their own elsewhere", () => {
    expect(namesOn(cup({ sku: "A", url: "/p/a" }), cup({ sku: "B", url: "/p/b" }))).toBeUndefined();
  });

  it.each([
    "/products/cup",
    "https://shop.example/products/cup/",
    "http://www.shop.example/products/cup?variant=1",
    "https://shop.example/fr/products/cup",
    "https://other.example/products/cup",
    "#product",
  ])("is the one described with this page's address as %s", (address) => {
    expect(namesOn(cup({ sku: "CUP", url: address }))).toContain("CUP");
  });

  it.each(["/sale/cup", "/", "https://shop.example/c/cups/cup-2", "/collections/new"])(
    "is none on a page that describes one of another address: %s",
    (here) => {
      const described = readJsonLd(pageWith(cup({ sku: "CUP", url: "/products/mug" })));
      expect(mainProduct(described, { href: `https://shop.example${here}` })).toBeUndefined();
    },
  );

  it("is none on a page beside it that links to it, and is shown within a collection", () => {
    const described = readJsonLd(pageWith(cup({ sku: "CUP", url: "/mug.html" })));
    const here = { href: "https://shop.example/mugs.html" };
    const linked = (isSame: (address: string) => boolean) =>
      isSame("https://shop.example/mug.html");
    expect(mainProduct(described, here, linked)).toBeUndefined();
    expect(mainProduct(described, here)?.names).toContain("CUP");
    const within = { href: "https://shop.example/collections/new/mug.html" };
    expect(mainProduct(described, within, linked)?.names).toContain("CUP");
  });
});
