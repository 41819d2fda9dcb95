import { describe, expect, it } from "vitest";
import { importProducts } from "./importProducts.ts";
import { type FeedOptions, readFeed, readFeedAndNotes } from "./readFeed.ts";

/** Feeds in the shapes that shops export, and what each of them means. */
const imported = (text: string, options: FeedOptions = {}) =>
  importProducts(readFeed(text, "feed", { now: Date.UTC(2026, 5, 1), ...options }));
const products = (text: string, options: FeedOptions = {}) => imported(text, options).products;
const reasons = (text: string, options: FeedOptions = {}) =>
  imported(text, options).rejected.map(({ reason }) => reason);

describe("Google's and Meta's columns", () => {
  const ROWS = [
    "id,title,availability,price,link,image_link,product_type,item_group_id,sale_price,brand",
    "A-1,Red bowl,in stock,12.00 EUR,https://s.example/b?color=red,https://s.example/r.jpg,Table > Bowls,A,9.00 EUR,Ott",
    "A-2,Blue bowl,out of stock,8.00 EUR,https://s.example/b?color=blue,,Table > Bowls,A,,Ott",
    "B-1,Vase,sold out,45.00 EUR,https://s.example/v,,Living,,,",
  ];
  const expected = [
    {
      id: "B-1",
      title: "Vase",
      categoryPath: ["Living"],
      priceMinor: 4500,
      currency: "EUR",
      stock: 0,
      url: "https://s.example/v",
    },
    {
      id: "A-1",
      aliases: ["A-2", "https://s.example/b?color=blue", "A"],
      title: "Red bowl",
      categoryPath: ["Table", "Bowls"],
      priceMinor: 900,
      listPriceMinor: 1200,
      currency: "EUR",
      brand: "Ott",
      url: "https://s.example/b?color=red",
      image: { src: "https://s.example/r.jpg", alt: "Red bowl" },
    },
  ];

  it.each([
    ["commas", (row: string) => row],
    ["semicolons", (row: string) => row.replaceAll(",", ";")],
    ["tabs", (row: string) => row.replaceAll(",", "\t")],
    ["bars", (row: string) => row.replaceAll(",", "|")],
    ["quotes", (row: string) => `"${row.replaceAll(",", '","')}"`],
  ])("are read under %s", (_, written) => {
    const text = ROWS.map(written).join("\r\n");
    for (const one of [text, `\ufeff${text}\r\n`, `${text}\r\n\r\n`]) {
      expect(products(one)).toEqual(expected);
    }
  });

  it.each([
    ["ID,TITLE,AVAILABILITY,PRICE,LINK,IMAGE_LINK,PRODUCT_TYPE,ITEM_GROUP_ID,SALE_PRICE,BRAND"],
    ["id,title,availability,price,link,image link,product type,item group id,sale price,brand"],
    [
      "g:id,g:title,g:availability,g:price,g:link,g:image_link,g:product_type,g:item_group_id,g:sale_price,g:brand",
    ],
    ["Id,Title,Availability,Price,Link,Image-Link,Product-Type,Item-Group-Id,Sale-Price,Brand"],
    ["sku,name,stock status,regular price,url,image,category,group,sale_price,vendor"],
  ])("are read under the headings %s", (header) => {
    const read = products([header, ...ROWS.slice(1)].join("\n"));
    expect(read.map(({ id, priceMinor, stock }) => [id, priceMinor, stock])).toEqual([
      ["B-1", 4500, 0],
      ["A-1", 900, undefined],
    ]);
  });

  it("under sep= and in gzip's company are the same table", () => {
    const text = ["sep=;", ...ROWS.map((row) => row.replaceAll(",", ";"))].join("\r\n");
    expect(products(text)).toHaveLength(2);
  });
});

describe("one column of a feed", () => {
  const withColumn = (name: string, value: string) =>
    `id;title;price;${name}\n1;Mug;60.00 EUR;${value}\n`;
  const read = (name: string, value: string) => products(withColumn(name, value))[0]!;

  it.each([
    ["in stock", undefined],
    ["in_stock", undefined],
    ["InStock", undefined],
    ["https://schema.org/InStock", undefined],
    ["preorder", undefined],
    ["backorder", undefined],
    ["available for order", undefined],
    ["1", undefined],
    ["true", undefined],
    ["Out of Stock", 0],
    ["out-of-stock", 0],
    ["outofstock", 0],
    ["sold out", 0],
    ["SoldOut", 0],
    ["discontinued", 0],
    ["http://schema.org/OutOfStock", 0],
    ["schema.org/Discontinued", 0],
    ["ausverkauft", 0],
    ["0", 0],
    ["false", 0],
  ])("reads the availability %j", (word, stock) => {
    expect(read("availability", word).stock).toBe(stock);
  });

  it("says of an unknown word that it was taken for available", () => {
    expect(imported(withColumn("availability", "perhaps")).notes).toEqual([
      '1 row: treated as available: "perhaps" is not a known word',
    ]);
  });

  it.each([
    ["5", 5],
    ["-3", 0],
    ["0", 0],
    ["7.0", 7],
    ["5,00", 5],
    [">10", 10],
    ["10+", 10],
    ["12 pcs", 12],
    ["sold out", 0],
    ["in stock", undefined],
  ])("reads the stock %j", (count, stock) => {
    expect(read("quantity", count).stock).toBe(stock);
  });

  it.each([
    ["40.00 EUR", 4000, 6000],
    ["40", 4000, 6000],
    ["0.00 EUR", 6000, undefined],
    ["0", 6000, undefined],
    ["EUR", 6000, undefined],
    ["", 6000, undefined],
    ["60.00 EUR", 6000, undefined],
    ["80.00 EUR", 6000, undefined],
  ])("takes a sale price of %j only where it is one", (sale, price, listPrice) => {
    const { priceMinor, listPriceMinor } = read("sale_price", sale);
    expect([priceMinor, listPriceMinor]).toEqual([price, listPrice]);
  });

  it("refuses a sale price that it cannot read, rather than showing a wrong one", () => {
    expect(reasons(withColumn("sale_price", "half"))).toEqual([]);
    expect(reasons(withColumn("sale_price", "-5.00"))).toEqual([
      expect.stringContaining('field "sale_price" is "-5.00"'),
    ]);
  });

  it.each([
    ["https://s.example/a.jpg", "https://s.example/a.jpg"],
    ["//s.example/a.jpg", "https://s.example/a.jpg"],
    ["https://s.example/my photo.jpg", "https://s.example/my%20photo.jpg"],
    ["https://s.example/a.jpg, https://s.example/b.jpg", "https://s.example/a.jpg"],
    ["/media/a.jpg", "/media/a.jpg"],
    ["http://s.example/a.jpg", undefined],
    ["data:image/png;base64,AAAA", undefined],
    ["javascript:alert(1)", undefined],
  ])("takes the picture %j, or the product without it", (address, src) => {
    const text = `id\ttitle\tprice\timage_link\n1\tMug\t6 EUR\t${address}\n2\tPot\t6 EUR\t${address}`;
    const { products, rejected, notes } = imported(text);
    expect(products.map(({ image }) => image?.src)).toEqual([src, src]);
    expect([rejected, notes.length]).toEqual([[], src === undefined ? 1 : 0]);
    if (src === undefined) expect(notes[0]).toMatch(/^2 rows: no picture/);
  });

  it.each([
    ["https://s.example/p/1", "https://s.example/p/1"],
    ["//s.example/p/1", "https://s.example/p/1"],
    ["http://s.example/p/1", "https://s.example/p/1"],
    ["/p/1", "https://s.example/p/1"],
    ["p/1?a=b", "https://s.example/p/1?a=b"],
    ["https://s.example/p?id=1&utm_source=google&gclid=x#top", "https://s.example/p?id=1#top"],
  ])("makes the link %j whole with the shop's address", (link, url) => {
    const options = { base: "https://s.example" };
    expect(products(withColumn("link", link), options)[0]?.url).toBe(url);
  });

  it("says what makes a link of http: usable", () => {
    expect(reasons(withColumn("link", "http://s.example/p/1"))).toEqual([
      expect.stringContaining("--base https://"),
    ]);
  });

  it.each([
    ["Caf&eacute; &amp; Th&#233;", "Café & Thé"],
    ["Rock &amp;amp; Roll", "Rock & Roll"],
    ["<b>New</b> mug", "New mug"],
    ["&lt;em&gt;New&lt;/em&gt; mug", "New mug"],
    ["Screws <5 mm", "Screws <5 mm"],
  ])("decodes %j", (written, title) => {
    const text = `id\tprice\tdescription\ttitle\n1\t6 EUR\t${written}\t${written}`;
    expect(products(text)[0]).toMatchObject({ title, description: title });
  });
});

describe("amounts of a feed", () => {
  it("are settled by what the others show, by --decimal, or not at all", () => {
    const feed = (...prices: string[]) =>
      ["id;title;price", ...prices.map((price, at) => `${at};Mug;${price}`)].join("\n");
    const minors = (text: string, options: FeedOptions = {}) =>
      products(text, { currency: "EUR", ...options }).map(({ priceMinor }) => priceMinor);
    expect(minors(feed("1.299", "1.234,56", "12,00"))).toEqual([129900, 123456, 1200]);
    expect(minors(feed("12.990", "12.00"))).toEqual([1299, 1200]);
    expect(minors(feed("1.299", "5"))).toEqual([500]);
    expect(minors(feed("1.299", "5"), { decimal: "," })).toEqual([129900, 500]);
    expect(minors(feed("1.299 EUR", "12.00", "12,00"))).toEqual([1200, 1200]);
    expect(minors(feed("12.990 CLP", "1.500 JPY", "1.299 KWD"))).toEqual([12990, 1500, 1299]);
  });
});

describe("XML", () => {
  const item = (fields: string) =>
    `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item>${fields}</item></channel></rss>`;

  it.each([
    "<id>9</id><g:id>S-9</g:id><title>Pot</title><price>7.00</price><g:price>6.00 EUR</g:price><link>https://s.example/9</link>",
    "<g:id>S-9</g:id><id>9</id><g:title>Pot</g:title><title>Other</title><g:price>6.00 EUR</g:price><g:link>https://s.example/9</g:link><link>https://s.example/other</link>",
    '<g:id>S-9</g:id><title>Pot</title><g:price>6.00 EUR</g:price><link rel="edit" href="https://api.example/9"/><link rel="alternate" href="https://s.example/9"/>',
    '<g:id>S-9</g:id><title>Pot</title><g:price>6.00 EUR</g:price><link rel="self" href="https://api.example/9"/><link href="https://s.example/9"/>',
    "<g:id></g:id><id>S-9</id><g:title><![CDATA[Pot]]></g:title><g:price>6.00 EUR</g:price><link>https://s.example/9</link>",
  ])("counts Google's fields before plain ones, and the page's link: %j", (fields) => {
    expect(products(item(fields))).toMatchObject([
      { id: "S-9", title: "Pot", priceMinor: 600, url: "https://s.example/9" },
    ]);
  });

  it.each([
    ["<?xml version='1.0'?><yml_catalog date='2026'><shop/></yml_catalog>", "YML"],
    ["<?xml version='1.0'?><SHOP><SHOPITEM></SHOPITEM></SHOP>", "Heureka"],
    ["<?xml version='1.0'?><urlset></urlset>", "site map"],
  ])("names the maker of another feed: %j", (text, maker) => {
    expect(() => readFeed(text, "feed", {})).toThrow(maker);
  });

  it("joins variants under all their names, and leaves out names that two products share", () => {
    const variant = (id: string, group: string, mpn: string) =>
      `<item><g:id>${id}</g:id><g:item_group_id>${group}</g:item_group_id><title>Oil ${id}</title>
       <link>https://s.example/${group}/?size=${id}</link><g:price>2${id} EUR</g:price>
       <g:mpn>${mpn}</g:mpn><g:gtin>400638133393${id}</g:gtin></item>`;
    const text = `<rss><channel>${variant("1", "42", "OIL")}${variant("2", "42", "OIL")}${variant("3", "43", "1")}${variant("4", "44", "1")}</channel></rss>`;
    expect(products(text).map(({ id, aliases }) => [id, aliases])).toEqual([
      ["1", ["2", "https://s.example/42/?size=2", "42", "4006381333931", "OIL", "4006381333932"]],
      ["3", ["43", "4006381333933"]],
      ["4", ["44", "4006381333934"]],
    ]);
  });
});

describe("Shopify's own CSV", () => {
  const OLD = `Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Barcode,Image Src,Status
bowl,Clay bowl,<p>A <b>bowl</b></p>,Ott,Home > Table,Bowls,"table, red",TRUE,Color,Red,BO-R,shopify,0,deny,11.00,,'4006381333931,https://cdn.example/r.jpg,active
bowl,,,,,,,,,Blue,BO-B,shopify,4,deny,12.00,15.00,,,
bowl,,,,,,,,,,,,,,,,,https://cdn.example/3.jpg,
jar,Jar,"<p>In
two lines</p>",Ott,Home > Jars,,,TRUE,Title,Default Title,JAR,,,,45.00,,,,active
secret,Secret,,Ott,,,,FALSE,Title,Default Title,SE,,,deny,5.00,,,,draft
gone,Gone,,Ott,,,,FALSE,Title,Default Title,GO,,,deny,5.00,,,,active`;

  it("joins variants, leaves drafts out, and has links, pictures and names", () => {
    const { products, leftOut, variants, rejected } = imported(OLD, { currency: "EUR" });
    expect([rejected, leftOut, variants]).toEqual([[], { draft: 1, "not published": 1 }, 1]);
    expect(products).toEqual([
      {
        id: "bowl",
        aliases: ["BO-B", "BO-R", "4006381333931"],
        title: "Clay bowl",
        categoryPath: ["Bowls"],
        priceMinor: 1200,
        listPriceMinor: 1500,
        currency: "EUR",
        brand: "Ott",
        tags: ["table", "red"],
        stock: 4,
        description: "A bowl",
        url: "/products/bowl",
        image: { src: "https://cdn.example/r.jpg", alt: "Clay bowl" },
      },
      {
        id: "jar",
        aliases: ["JAR"],
        title: "Jar",
        categoryPath: ["Home", "Jars"],
        priceMinor: 4500,
        currency: "EUR",
        brand: "Ott",
        description: "In two lines",
        url: "/products/jar",
      },
    ]);
  });

  it("of 2025 is read alike, under its new headings", () => {
    const text = `Title,URL handle,Description,Vendor,Product category,Type,Tags,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Compare-at price,Inventory quantity,Continue selling when out of stock,Product image URL
Clay bowl,bowl,<p>A bowl</p>,Ott,Home > Table,Bowls,"table, red",TRUE,Active,BO-R,Color,Red,12.00,15.00,0,deny,https://cdn.example/r.jpg
,bowl,,,,,,,,BO-B,,Blue,13.00,,-2,continue,
Draft,draft,,,,,,TRUE,Draft,D,,,1.00,,,,`;
    const { products, leftOut } = imported(text, { currency: "EUR" });
    expect(leftOut).toEqual({ draft: 1 });
    expect(products).toMatchObject([
      { id: "bowl", aliases: ["BO-B", "BO-R"], priceMinor: 1300, url: "/products/bowl" },
    ]);
    expect(products[0]).not.toHaveProperty("stock");
  });

  it("needs the currency's name, and says so", () => {
    expect(reasons(OLD)[0]).toContain("--currency");
  });
});

describe("WooCommerce's own CSV", () => {
  const CSV = `ID,Type,SKU,"GTIN, UPC, EAN, or ISBN",Name,Published,"Visibility in catalog","Short description","In stock?",Stock,"Backorders allowed?","Sale price","Regular price",Categories,Tags,Images,Parent
44,variable,HOOD,,Hoodie,1,visible,<p>Warm</p>,1,,0,,,"Clothing > Hoodies, Sale",warm,"https://s.example/a.jpg, https://s.example/b.jpg",
45,"variation, virtual",HOOD-R,4006381333931,Hoodie - Red,1,visible,,1,3,0,40,45,,,https://s.example/r.jpg,id:44
46,variation,HOOD-B,,Hoodie - Blue,1,visible,,0,,0,,30,,,,HOOD
47,"simple, downloadable",CAP,,Cap &amp; co,1,visible,,1,-2,0,0,16,Uncategorized,,,
48,simple,D,,Draft,-1,visible,,1,,0,,1,,,,
49,simple,H,,Hidden,1,hidden,,1,,0,,1,,,,
50,simple,P,,Private,0,visible,,1,,0,,1,,,,`;

  it("joins variations with their parent and keeps what is not shown out", () => {
    const { products, leftOut, rejected } = imported(CSV, { currency: "EUR" });
    expect([rejected, leftOut]).toEqual([[], { draft: 1, hidden: 1, private: 1 }]);
    expect(products).toMatchObject([
      { id: "47", title: "Cap & co", priceMinor: 1600, stock: 0, categoryPath: [], url: "/?p=47" },
      {
        id: "45",
        title: "Hoodie",
        priceMinor: 4000,
        listPriceMinor: 4500,
        stock: 3,
        categoryPath: ["Clothing", "Hoodies"],
        tags: ["warm"],
        url: "/?p=44",
        image: { src: "https://s.example/r.jpg", alt: "Hoodie" },
      },
    ]);
    const names = ["44", "HOOD", "HOOD-R", "46", "HOOD-B", "4006381333931", "#44"];
    expect(products[1]!.aliases).toEqual(expect.arrayContaining(names));
  });

  it.each([
    ['"CAP, id:44"', ["CAP", "44"]],
    ["CAP", ["CAP"]],
    ["", undefined],
  ])("takes cross-sells %s as companions", (told, companions) => {
    const text = `ID,Type,SKU,Name,Published,"Visibility in catalog","Regular price",Cross-sells
7,simple,MUG,Mug,1,visible,9,${told}`;
    expect(imported(text, { currency: "EUR" }).products[0]!.companions).toEqual(companions);
  });
});

describe("JSON", () => {
  const variants = [
    { id: 11, sku: "S-1", price: "9.00", available: false },
    { id: 12, sku: "S-2", price: "12.00", compare_at_price: "15.00", available: true },
  ];
  const product = {
    id: 1,
    title: "Mug",
    handle: "mug",
    variants,
    images: [{ src: "//cdn.example/m.jpg" }],
  };
  const node = {
    id: "gid://shopify/Product/1",
    title: "Mug",
    handle: "mug",
    featuredImage: { url: "//cdn.example/m.jpg" },
    variants: {
      edges: [
        {
          node: {
            id: "gid://shopify/ProductVariant/11",
            sku: "S-1",
            price: "9.00",
            availableForSale: false,
          },
        },
        {
          node: {
            id: "gid://shopify/ProductVariant/12",
            sku: "S-2",
            price: { amount: "12.0", currencyCode: "EUR" },
            compareAtPrice: "15.00",
            availableForSale: true,
          },
        },
      ],
    },
  };
  const bulk = [
    { id: node.id, title: "Mug", handle: "mug" },
    {
      id: "gid://shopify/ProductVariant/11",
      __parentId: node.id,
      price: "9.00",
      sku: "S-1",
      inventoryQuantity: 0,
    },
    {
      id: "gid://shopify/ProductVariant/12",
      __parentId: node.id,
      price: "12.00",
      compareAtPrice: "15.00",
      sku: "S-2",
      inventoryQuantity: 4,
    },
    { id: "gid://shopify/MediaImage/3", __parentId: node.id, url: "https://cdn.example/m.jpg" },
  ];

  it.each([
    ["products.json", { products: [product] }],
    ["GraphQL's edges", { data: { products: { edges: [{ node }] } } }],
    ["GraphQL's nodes", { data: { products: { nodes: [node] } } }],
    ["a list of nodes", [node]],
    ["a bulk export", bulk],
  ])("of Shopify as %s is the product with the variant that can be bought", (name, file) => {
    const text =
      name === "a bulk export"
        ? bulk.map((row) => JSON.stringify(row)).join("\n")
        : JSON.stringify(file);
    expect(products(text, { currency: "EUR" })).toMatchObject([
      {
        id: "1",
        title: "Mug",
        priceMinor: 1200,
        listPriceMinor: 1500,
        url: "/products/mug",
        image: { src: "https://cdn.example/m.jpg" },
        aliases: expect.arrayContaining(["mug", "11", "S-1", "12", "S-2"]),
      },
    ]);
  });

  it("of Shopify may have hundreds of variants and tags, and says when it was published", () => {
    const many = Array.from({ length: 300 }, (_, at) => ({
      id: 1000 + at,
      sku: `S-${at}`,
      price: "5.00",
      available: true,
    }));
    const tags = Array.from({ length: 60 }, (_, at) => `tag ${at}`);
    const file = { products: [{ ...product, variants: many, tags, published_at: "2026-05-20" }] };
    const [read] = products(JSON.stringify(file), { currency: "EUR" });
    expect([read!.aliases!.length, read!.tags!.length, read!.addedAt]).toEqual([
      601,
      60,
      "2026-05-20",
    ]);
  });

  const store = {
    id: 1,
    name: "Caf&eacute; <b>mug</b>",
    slug: "mug",
    sku: "W-1",
    permalink: "https://s.example/product/mug/",
    prices: { price: "1200", regular_price: "1500", currency_code: "EUR", currency_minor_unit: 2 },
    categories: [
      { name: "Uncategorized", link: "https://s.example/c/uncategorized/" },
      { name: "Cups", link: "https://s.example/c/table/cups/" },
      { name: "Table", link: "https://s.example/c/table/" },
    ],
    images: [false],
    variations: [{ id: 21 }, 22],
    is_in_stock: true,
    is_purchasable: true,
  };
  const rest = {
    id: 1,
    name: "Caf&eacute; <b>mug</b>",
    slug: "mug",
    sku: "W-1",
    permalink: "https://s.example/product/mug/",
    price: "12.00",
    regular_price: "15.00",
    status: "publish",
    stock_status: "instock",
    categories: store.categories,
    images: [],
    variations: [21, 22],
  };

  it.each([
    ["the Store API", [store]],
    ["the Store API, grouped", [{ ...store, type: "grouped", is_purchasable: false }]],
    [
      "the Store API, least price of a range",
      [
        {
          ...store,
          prices: {
            ...store.prices,
            price: "",
            price_range: { min_amount: "1200", max_amount: "9000" },
          },
        },
      ],
    ],
    ["the REST API", [rest]],
    ["the REST API beside a draft", [{ ...rest, id: 2, status: "draft" }, rest]],
  ])("of WooCommerce's %s is the product", (_, file) => {
    expect(products(JSON.stringify(file), { currency: "EUR" })).toEqual([
      {
        id: "1",
        title: "Café mug",
        categoryPath: ["Table", "Cups"],
        aliases: ["W-1", "#1", "mug", "21", "22"],
        priceMinor: 1200,
        listPriceMinor: 1500,
        currency: "EUR",
        url: "https://s.example/product/mug/",
      },
    ]);
  });

  it("of other shops is read under the names that its platform gives the list", () => {
    const row = { sku: "a", name: "Mug", price: 12.5 };
    for (const file of [
      [row],
      { items: [row] },
      { data: [row] },
      { products: [row] },
      { results: [row] },
    ]) {
      expect(products(JSON.stringify(file), { currency: "EUR" })).toMatchObject([
        { id: "a", title: "Mug", priceMinor: 1250 },
      ]);
    }
    const lines = `${JSON.stringify(row)}\n${JSON.stringify({ ...row, sku: "b" })}\n`;
    expect(products(lines, { currency: "EUR" })).toHaveLength(2);
  });

  it("of a catalog's own rows is taken as it is", () => {
    const row = { id: "a", title: "A", categoryPath: ["X", "Y"], priceMinor: 5, currency: "EUR" };
    expect(products(JSON.stringify([row]))).toEqual([row]);
  });
});

describe("pages with JSON-LD", () => {
  it.each([
    { price: "12.00", priceCurrency: "EUR" },
    { lowPrice: 12, highPrice: 20, priceCurrency: "EUR" },
    { priceSpecification: { price: "12.00", priceCurrency: "EUR" } },
    [
      {
        priceSpecification: [
          {
            "@type": "UnitPriceSpecification",
            price: "15.00",
            priceCurrency: "EUR",
            priceType: "https://schema.org/ListPrice",
          },
          { "@type": "UnitPriceSpecification", price: "12.00", priceCurrency: "EUR" },
        ],
      },
    ],
    { price: "12,00", priceCurrency: "EUR", availability: "InStock" },
  ])("are read with their offers as %j", (offers) => {
    const product = { "@type": "Product", sku: "A", name: "Mug", offers };
    const page = `<html><script type="application/ld+json">${JSON.stringify({ "@type": "ItemPage", mainEntity: product })}</script></html>`;
    expect(products(page)).toMatchObject([{ id: "A", priceMinor: 1200, currency: "EUR" }]);
  });
});

describe("columns that nothing is read from", () => {
  it("are listed, with the --map that would help", () => {
    const { notes } = readFeedAndNotes(
      "id;title;price;Marke;Farbcode\n1;Mug;6 EUR;Ott;7",
      "feed",
      {},
    );
    expect(notes).toEqual([
      "columns that nothing is read from: Marke, Farbcode; --map brand=Marke would read them",
    ]);
  });

  it("make a feed without ids, titles or prices one question", () => {
    expect(() => readFeed("Artikelnummer;Bezeichnung;Preis\n1;Uhr;6", "feed", {})).toThrow(
      /expected one for id, title, price; name them with --map id=Artikelnummer --map title=Bezeichnung --map price=Preis/,
    );
    expect(() => readFeed("a;b\n1;2", "feed", {})).toThrow("--map id=COLUMN");
  });
});
