import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseCatalog } from "../engine/shop/parseCatalog.ts";
import { runVitrine } from "../testing/runVitrine.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vitrine-catalog-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a feed and makes a catalog of it. */
async function catalogOf(name: string, content: string, ...args: string[]) {
  const feed = join(folder, name);
  writeFileSync(feed, content);
  const out = join(folder, "site");
  const result = await runVitrine("catalog", feed, "--out", out, "--json", ...args);
  const report = result.exitCode === 0 ? JSON.parse(result.out) : undefined;
  const { catalog, rejected } =
    result.exitCode === 0
      ? parseCatalog(JSON.parse(readFileSync(join(out, "catalog.json"), "utf8")))
      : parseCatalog([]);
  expect(rejected).toEqual([]);
  return { ...result, report, products: catalog.products };
}

const RSS = `<?xml version="1.0"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item>
  <g:id>SKU-1</g:id><g:title><![CDATA[Kettle & Co <b>]]></g:title><g:link>https://shop.example/kettle</g:link>
  <g:description>&lt;p&gt;Boils &amp;amp; sings&lt;/p&gt;</g:description>
  <g:image_link>https://shop.example/kettle.jpg</g:image_link>
  <g:availability>in_stock</g:availability><g:price>49.90 EUR</g:price><g:sale_price>39.90 EUR</g:sale_price>
  <g:brand>Sonn</g:brand><g:product_type>Kitchen &gt; Kettles</g:product_type>
  <g:shipping><g:country>DE</g:country><g:price>4.90 EUR</g:price></g:shipping>
</item>
<item><g:id>T-S</g:id><g:item_group_id>T</g:item_group_id><g:title>Shirt S</g:title><g:price>20 EUR</g:price>
  <g:availability>out of stock</g:availability><g:product_type>Clothes</g:product_type></item>
<item><g:id>T-M</g:id><g:item_group_id>T</g:item_group_id><g:title>Shirt M</g:title><g:price>22 EUR</g:price>
  <g:availability>in stock</g:availability><g:product_type>Clothes</g:product_type></item>
<item><g:id>BAD</g:id><g:title>No price</g:title></item>
<item><g:id>EVIL</g:id><g:title>x</g:title><g:price>1 EUR</g:price><g:link>javascript:alert(1)</g:link></item>
</channel></rss>`;

describe("vitrine catalog", () => {
  it("reads a Google Merchant feed as RSS, merges variants and reports each rejected row", async () => {
    const { products, report } = await catalogOf("feed.xml", RSS);
    expect(products).toEqual([
      {
        id: "T-M",
        aliases: ["T-S", "T"],
        title: "Shirt M",
        categoryPath: ["Clothes"],
        priceMinor: 2200,
        currency: "EUR",
      },
      {
        id: "SKU-1",
        title: "Kettle & Co",
        categoryPath: ["Kitchen", "Kettles"],
        priceMinor: 3990,
        currency: "EUR",
        listPriceMinor: 4990,
        brand: "Sonn",
        description: "Boils & sings",
        url: "https://shop.example/kettle",
        image: { src: "https://shop.example/kettle.jpg", alt: "Kettle & Co" },
      },
    ]);
    expect(report).toMatchObject({ products: 2, variants: 1 });
    expect(report.rejected).toEqual([
      {
        place: expect.stringContaining("feed.xml: item 4"),
        reason: expect.stringContaining('field "price"'),
      },
      {
        place: expect.stringContaining("feed.xml: item 5"),
        id: "EVIL",
        reason: expect.stringContaining(
          'field "url" is "javascript:alert(1)", expected an https address',
        ),
      },
    ]);
  });

  it("reads Atom and tab-separated Google feeds alike", async () => {
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0"><title>S</title>
      <entry><g:id>1</g:id><title>Mug</title><link href="https://shop.example/mug"/><g:price>1200 JPY</g:price></entry></feed>`;
    const tsv = "id\ttitle\tlink\tprice\n1\tMug\thttps://shop.example/mug\t1200 JPY\n";
    const fromAtom = await catalogOf("atom.xml", atom);
    const fromTsv = await catalogOf("feed.tsv", tsv);
    // Yen has no minor unit.
    expect(fromAtom.products).toMatchObject([{ id: "1", title: "Mug", priceMinor: 1200 }]);
    expect(fromTsv.products).toEqual(fromAtom.products);
  });

  it("reads Shopify's products.json with variants as aliases", async () => {
    const file = {
      products: [
        {
          id: 632910392,
          handle: "mug-blue",
          title: "Mug",
          body_html: "<p>Holds <strong>tea</strong>.</p>",
          vendor: "Sonn",
          product_type: "Cups",
          tags: ["tea", "blue"],
          variants: [
            { id: 11, sku: "MUG-S", price: "12.00", compare_at_price: null, available: false },
            { id: 12, sku: "MUG-L", price: "10.00", compare_at_price: "15.00", available: true },
          ],
          images: [{ src: "https://cdn.example/mug.jpg" }],
        },
      ],
    };
    const { products } = await catalogOf(
      "products.json",
      JSON.stringify(file),
      "--currency",
      "GBP",
    );
    expect(products).toMatchObject([
      {
        id: "632910392",
        aliases: ["mug-blue", "11", "MUG-S", "12", "MUG-L"],
        priceMinor: 1000,
        listPriceMinor: 1500,
        currency: "GBP",
        description: "Holds tea.",
        url: "/products/mug-blue",
      },
    ]);
    const without = await catalogOf("products.json", JSON.stringify(file));
    expect(without.errors).toContain("name it with --currency");
    expect(without.exitCode).toBe(1);
  });

  it("reads WooCommerce's Store API with prices as text in minor units", async () => {
    const file = [
      {
        id: 34,
        sku: "woo-hoodie",
        name: "Hoodie &#8211; &quot;Rock &amp; Roll&quot;",
        permalink: "https://shop.example/hoodie/",
        prices: {
          currency_code: "EUR",
          currency_minor_unit: 2,
          price: "4200",
          regular_price: "4500",
        },
        categories: [{ name: "Bed &amp; Bath" }],
        average_rating: "4.50",
        review_count: 12,
        images: [],
        is_in_stock: false,
      },
      {
        id: 36,
        name: "Shown without decimals",
        prices: {
          currency_code: "EUR",
          currency_minor_unit: 0,
          price: "42",
          regular_price: "42",
        },
        average_rating: "0",
        review_count: 0,
        is_in_stock: true,
        is_purchasable: false,
      },
      { id: 35, name: "Cap", prices: { currency_code: "EUR", price: "12.00" } },
    ];
    const { products, report } = await catalogOf("woo.json", JSON.stringify(file));
    expect(products.slice(1)).toMatchObject([
      {
        id: "34",
        aliases: ["woo-hoodie", "#34"],
        title: 'Hoodie – "Rock & Roll"',
        categoryPath: ["Bed & Bath"],
        priceMinor: 4200,
        listPriceMinor: 4500,
        rating: { value: 4.5, count: 12 },
        stock: 0,
      },
    ]);
    expect(products[0]).toMatchObject({ id: "36", priceMinor: 4200, stock: 0 });
    expect(products[0]).not.toHaveProperty("rating");
    expect(report.rejected[0].reason).toContain('field "prices.price" is "12.00"');
  });

  it("reads JSON-LD from a folder of saved pages", async () => {
    const pages = join(folder, "pages", "deep");
    mkdirSync(pages, { recursive: true });
    const ld = (value: object) =>
      `<html><script>var x = "<script>";</script><script type="application/ld+json">${JSON.stringify(value)}</script></html>`;
    const offers = {
      "@type": "Offer",
      price: 19.5,
      priceCurrency: "EUR",
      availability: "https://schema.org/OutOfStock",
    };
    writeFileSync(
      join(pages, "a.html"),
      ld({
        "@graph": [
          { "@type": "WebSite" },
          {
            "@type": ["Product"],
            sku: "A",
            name: "Axe",
            brand: { name: "Ott" },
            offers,
            aggregateRating: { ratingValue: "4.4", reviewCount: "89" },
          },
        ],
      }),
    );
    writeFileSync(
      join(pages, "b.html"),
      ld({
        "@type": "ProductGroup",
        productGroupID: "G",
        name: "Bow",
        hasVariant: [
          { "@type": "Product", sku: "B1", offers: { lowPrice: "9.00", priceCurrency: "EUR" } },
          { "@type": "Product", sku: "B2", offers: [{ price: "8.00", priceCurrency: "EUR" }] },
        ],
      }),
    );
    writeFileSync(join(pages, "c.html"), '<script type="application/ld+json">{oops</script>');
    const out = join(folder, "site");
    const result = await runVitrine("catalog", join(folder, "pages"), "--out", out);
    expect(result.out).toMatch(/2 products\n1 variant joined.*c\.html: .*"\{oops", expected JSON/s);
    const { products } = JSON.parse(readFileSync(join(out, "catalog.json"), "utf8"));
    expect(products).toMatchObject([
      { id: "A", title: "Axe", brand: "Ott", priceMinor: 1950, rating: { value: 4.4, count: 89 } },
      { id: "B2", aliases: ["B1", "G"], title: "Bow", priceMinor: 800 },
    ]);
  });

  it("reads CSV and JSON with mapped columns", async () => {
    const map = [
      "--map",
      "id=Artikel",
      "--map",
      "title=Name",
      "--map",
      "price=Preis",
      "--currency",
      "CHF",
    ];
    const csv = 'Artikel,Name,Preis\n7,"Uhr, rund",99.95\n7,Doppelt,1\n8,Ring,free\n';
    const { products, report } = await catalogOf("list.csv", csv, ...map);
    expect(products).toMatchObject([
      { id: "7", title: "Uhr, rund", priceMinor: 9995, currency: "CHF" },
    ]);
    expect(report.rejected.map(({ reason }: { reason: string }) => reason)).toEqual([
      expect.stringContaining('field "id" is "7", expected an id not used before'),
      expect.stringContaining('field "Preis" is "free", expected an amount'),
    ]);
    const json = JSON.stringify([{ Artikel: 7, Name: "Uhr, rund", Preis: 99.95 }]);
    expect((await catalogOf("list.json", json, ...map)).products).toEqual(products);
    const deep = JSON.stringify([{ id: 7, title: "Uhr, rund", price: { amount: "99.95" } }]);
    const inside = ["--map", "price=price.amount", "--currency", "CHF"];
    expect((await catalogOf("deep.json", deep, ...inside)).products).toEqual(products);
  });

  it("loads a feed by its address, over redirects, compressed, in the encoding that its server names", async () => {
    const feed = gzipSync(Buffer.from("id;title;price\n1;Gl\u00e4ser;1,50 EUR", "latin1"));
    const site = createServer(({ url }, response) => {
      if (url === "/feed.csv") response.writeHead(302, { location: "/feed.csv.gz" }).end();
      else if (url === "/feed.csv.gz") {
        response.writeHead(200, { "content-type": "text/csv; charset=iso-8859-1" }).end(feed);
      } else if (url?.startsWith("/products.json")) {
        const page = new URL(url, "http://localhost").searchParams.get("page");
        const variants = [{ price: "1.00", available: true }];
        const products = (page === null ? [1, 2] : [3]).map((id) => ({
          id,
          title: `P${id}`,
          handle: `p${id}`,
          variants,
        }));
        response.writeHead(200).end(JSON.stringify({ products }));
      } else response.writeHead(410).end();
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const out = join(folder, "site");
    const good = await runVitrine("catalog", `${origin}/feed.csv`, "--out", out);
    const gone = await runVitrine("catalog", `${origin}/gone.csv`, "--out", out);
    const list = `${origin}/products.json?limit=2`;
    const pages = await runVitrine("catalog", list, "--out", folder, "--currency", "EUR");
    site.close();
    expect(pages.out).toContain("3 products");
    expect([good.exitCode, good.out]).toEqual([0, expect.stringContaining("1 product")]);
    expect(readFileSync(join(out, "catalog.json"), "utf8")).toContain('"title":"Gläser"');
    expect([gone.exitCode, gone.errors]).toEqual([1, expect.stringContaining("it answered 410")]);
  });

  it("with --report writes a page of counts, reasons and cards, in which nothing of the feed runs", async () => {
    const page = join(folder, "report.html");
    const evil = RSS.replace(
      "Shirt M",
      "&amp;lt;img src=x onerror=alert(1)&amp;gt; Shirt &amp;quot;M",
    );
    await catalogOf("feed.xml", evil, "--report", page);
    const report = readFileSync(page, "utf8");
    expect(report).toContain("rows rejected<td>2");
    expect(report).toMatch(/1 × .*price.*: expected an amount/);
    expect(report).toContain("€39.90");
    expect(report.match(/<article>/g)).toHaveLength(2);
    expect(report).not.toMatch(/onerror|<script/);
  });

  it("with --strict writes nothing when a row is rejected", async () => {
    const { exitCode, errors } = await catalogOf("feed.xml", RSS, "--strict");
    expect(exitCode).toBe(1);
    expect(errors).toContain("2 rows rejected");
    expect(() => readFileSync(join(folder, "site", "catalog.json"))).toThrow();
  });

  it("names the file that cannot be written", async () => {
    const { exitCode, errors } = await catalogOf(
      "feed.xml",
      RSS,
      "--out",
      join(folder, "feed.xml"),
    );
    expect([exitCode, errors]).toEqual([1, expect.stringMatching(/cannot write ".*catalog.json"/)]);
  });

  it("names the file that cannot be read", async () => {
    const missing = await runVitrine("catalog", join(folder, "none.xml"), "--out", folder);
    expect(missing.errors).toMatch(/cannot read feed ".*none.xml"/);
    expect(missing.exitCode).toBe(1);
    expect((await catalogOf("x.json", "{oops")).errors).toMatch(/cannot read feed .*expected JSON/);
  });
});
