import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureCatalog } from "../../testing/fixtures.ts";
import { FieldError } from "../kit/fields.ts";
import { CATEGORY_LEVELS, createCatalog, type Product, wordsOf } from "./catalog.ts";
import { parseCatalog } from "./parseCatalog.ts";

const CUP: Product = {
  id: "cup",
  title: "Blue Cup",
  categoryPath: ["Kitchen", "Cups"],
  priceMinor: 1250,
  currency: "EUR",
};

function row(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...CUP, ...changes };
}

describe("parseCatalog", () => {
  it("accepts a list of rows, or an object that contains one", () => {
    expect(parseCatalog([row()]).catalog.products).toEqual([CUP]);
    expect(parseCatalog({ products: [row()] }).catalog.products).toEqual([CUP]);
    expect(parseCatalog([])).toMatchObject({ catalog: { size: 0 }, rejected: [] });
  });

  it("keeps every optional fact of a product", () => {
    const whole: Product = {
      ...CUP,
      aliases: ["cup-blue", "4711"],
      brand: "Brunnen",
      listPriceMinor: 2000,
      stock: 3,
      tags: ["glazed"],
      rating: { value: 4.5, count: 12 },
      description: "For tea.",
      image: { src: "/cup.png", alt: "A cup" },
      url: "https://shop.example/cup",
      addedAt: "2026-01-02",
      rebuyable: true,
    };
    expect(parseCatalog([whole])).toMatchObject({ catalog: { products: [whole] }, rejected: [] });
  });

  it.each([
    ["products", {}],
    ["catalog", null],
    ["catalog", "a,b"],
    ["catalog", 3],
  ] as const)("says at once that there is no %s in %j", (field, file) => {
    expect(() => parseCatalog(file)).toThrow(FieldError);
    expect(() => parseCatalog(file)).toThrow(`field "${field}"`);
  });

  it("skips malformed rows, reports their position, id and reason, and loads the rest", () => {
    const { catalog, rejected } = parseCatalog([
      row({ id: "first" }),
      row({ id: "free", priceMinor: 12.5 }),
      "no row",
      row({ id: 7 }),
      row({ id: "last" }),
    ]);
    expect(catalog.products.map(({ id }) => id)).toEqual(["first", "last"]);
    expect(rejected.map(({ index, id }) => [index, id])).toEqual([
      [1, "free"],
      [2, undefined],
      [3, undefined],
    ]);
    expect(rejected[0]!.reason.message).toContain(
      'field "priceMinor" is 12.5, expected a whole number',
    );
    expect(rejected[1]!.reason.message).toContain(
      'field "product" is "no row", expected an object',
    );
    expect(rejected[2]!.reason.message).toContain('field "id" is 7, expected text');
  });

  it("reports a hole in the list as a missing row", () => {
    const rows = [row({ id: "a" }), row({ id: "b" })];
    delete rows[0];
    const { catalog, rejected } = parseCatalog(rows);
    expect(catalog.products.map(({ id }) => id)).toEqual(["b"]);
    expect(rejected.map(({ index }) => index)).toEqual([0]);
  });

  it("keeps the first of two rows with the same id", () => {
    const { catalog, rejected } = parseCatalog([
      row(),
      row({ title: "Other" }),
      row({ id: " cup " }),
    ]);
    expect(catalog.products.map(({ title }) => title)).toEqual(["Blue Cup"]);
    expect(rejected.map(({ index, id }) => [index, id])).toEqual([
      [1, "cup"],
      [2, " cup "],
    ]);
    expect(rejected[0]!.reason.message).toContain(
      'field "id" is "cup", expected an id not used before',
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ["title", { title: "" }],
    ["categoryPath", { categoryPath: "Kitchen" }],
    ["categoryPath[1]", { categoryPath: ["Kitchen", 4] }],
    ["priceMinor", { priceMinor: -1 }],
    ["currency", { currency: "eur" }],
    ["currency", { currency: "EURO" }],
    ["brand", { brand: 5 }],
    ["listPriceMinor", { listPriceMinor: "20" }],
    ["stock", { stock: -1 }],
    ["tags[0]", { tags: [""] }],
    ["rating.value", { rating: { value: 6, count: 1 } }],
    ["rating.count", { rating: { value: 4 } }],
    ["image.src", { image: { src: "javascript:alert(1)", alt: "" } }],
    ["image.src", { image: { src: "data:image/png;base64,AAAA", alt: "" } }],
    ["url", { url: "javascript:alert(1)" }],
    ["url", { url: "data:text/html,<script>" }],
    ["addedAt", { addedAt: "soon" }],
    ["rebuyable", { rebuyable: "yes" }],
    ["companions", { companions: "lid" }],
    ["companions[1]", { companions: ["lid", ""] }],
  ])("names %s as the reason for leaving out %j", (field, changes) => {
    const { catalog, rejected } = parseCatalog([row(changes)]);
    expect(catalog.size).toBe(0);
    expect(rejected).toMatchObject([{ index: 0, id: "cup" }]);
    expect(rejected[0]!.reason.message).toContain(`field "${field}" is `);
  });

  it("treats null as an absent fact, and drops a list price that is not a discount", () => {
    const [product] = parseCatalog([row({ brand: null, listPriceMinor: 1250 })]).catalog.products;
    expect(product).toEqual(CUP);
  });

  it("never throws for arbitrary rows, accounts for each, and changes no prototype", () => {
    const key = fc.oneof(
      fc.constantFrom(...Object.keys(CUP), "image", "rating", "__proto__", "constructor"),
      fc.string(),
    );
    const anyRow = fc.oneof(
      fc.anything({ key, withNullPrototype: true, withBigInt: true }),
      fc.dictionary(key, fc.anything({ key })).map((changes) => row(changes)),
    );
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 5 }), (rows) => {
        const { catalog, rejected } = parseCatalog(rows);
        expect(catalog.size + rejected.length).toBe(rows.length);
        const again = parseCatalog(catalog.products);
        expect(again.rejected).toEqual([]);
        expect(again.catalog.products).toEqual(catalog.products);
        for (const product of catalog.products) {
          expect(Object.getPrototypeOf(product)).toBe(Object.prototype);
          expect(catalog.rowOf(product.id)).toBeDefined();
        }
      }),
      { numRuns: 400, seed: 4 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    " javascript:alert(1)",
    "\u0001javascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "blob:https://shop.example/1",
    "file:///etc/passwd",
    "http://shop.example/a.png",
    "//evil.example/a.png",
    "/\\evil.example/a.png",
    "\\\\evil.example\\a.png",
    "https:///evil.example",
  ])("leaves out a product that links to or loads %j", (address) => {
    for (const change of [{ url: address }, { image: { src: address, alt: "" } }]) {
      expect(parseCatalog([row(change)]).rejected).toHaveLength(1);
    }
  });

  it("treats markup as plain text", () => {
    const title = '<img src=x onerror=alert(1)>"><script>alert(1)</script>';
    expect(parseCatalog([row({ title })]).catalog.products[0]!.title).toBe(title);
  });

  it("neither hangs nor overflows on deep and polluting rows", () => {
    const deep = JSON.parse(`${'{"tags":['.repeat(5000)}1${"]}".repeat(5000)}`);
    const polluting = JSON.parse(
      '{"__proto__":{"id":"x","title":"x"},"constructor":{"prototype":{"polluted":1}}}',
    );
    const { catalog, rejected } = parseCatalog([deep, row(deep), polluting, row(polluting)]);
    expect(catalog.size + rejected.length).toBe(4);
    expect(rejected.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("throws nothing but a FieldError for arbitrary files", () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (file) => {
        try {
          parseCatalog(file);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldError);
        }
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe("the columns", () => {
  const catalog = createCatalog([
    { ...CUP, id: "a", brand: "Moos", tags: ["blue", "glaze"] },
    { ...CUP, id: "b", brand: "MOOS", categoryPath: ["Kitchen", "Pots"], title: "Red pot" },
    { ...CUP, id: "c", categoryPath: ["Garden", "Pots"], priceMinor: 0, title: "Cup" },
    { ...CUP, id: "d", categoryPath: [], title: "—" },
    { ...CUP, id: "e", categoryPath: ["1", "2", "3", "4", "5"], title: "x" },
  ]);
  const categoryOf = (id: string, level: number) =>
    catalog.categories[catalog.rowOf(id)! * CATEGORY_LEVELS + level];

  it("find the row of an id, and none for an unknown one", () => {
    expect(["a", "b", "c", "nobody", "__proto__"].map((id) => catalog.rowOf(id))).toEqual([
      0,
      1,
      2,
      undefined,
      undefined,
    ]);
  });

  it("find a product by an alias or its address, and ids win over aliases", () => {
    const catalog = createCatalog([
      { ...CUP, aliases: ["cup-blue", "pot"] },
      { ...CUP, id: "pot", aliases: ["cup-blue"], url: "/products/pot" },
    ]);
    const rows = ["cup-blue", "pot", "/products/pot"].map((name) => catalog.rowOf(name));
    expect(rows).toEqual([0, 1, 1]);
  });

  it("share a category id only along the same path", () => {
    expect(categoryOf("a", 0)).toBe(categoryOf("b", 0));
    expect(categoryOf("a", 1)).not.toBe(categoryOf("b", 1));
    expect(categoryOf("b", 1)).not.toBe(categoryOf("c", 1));
    expect(categoryOf("a", 2)).toBe(-1);
    expect(categoryOf("d", 0)).toBe(-1);
    expect(new Set(catalog.categories)).toHaveLength(catalog.categoryCount + 1);
  });

  it("keep the first four levels of a deeper path", () => {
    expect([0, 1, 2, 3].map((level) => categoryOf("e", level)! >= 0)).not.toContain(false);
    expect(catalog.categories).toHaveLength(5 * CATEGORY_LEVELS);
  });

  it("list the rows of a category at every level", () => {
    expect([...catalog.rowsIn(categoryOf("a", 0)!)]).toEqual([0, 1]);
    expect([...catalog.rowsIn(categoryOf("b", 1)!)]).toEqual([1]);
    expect([...catalog.rowsIn(-1)]).toEqual([]);
    expect([...catalog.rowsIn(99)]).toEqual([]);
  });

  it("match brands without regard to case", () => {
    expect([...catalog.brands]).toEqual([0, 0, -1, -1, -1]);
    expect(catalog.brandCount).toBe(1);
  });

  it("hold the logarithm of the price", () => {
    expect(catalog.logPrices[0]).toBeCloseTo(Math.log(13.5), 6);
    expect(catalog.logPrices[2]).toBe(0);
  });

  it("hold the distinct words of title and tags, with more weight for rarer ones", () => {
    const wordsIn = (at: number) => [
      ...catalog.words.subarray(catalog.wordStarts[at]!, catalog.wordStarts[at + 1]!),
    ];
    expect(wordsIn(0)).toHaveLength(3);
    expect(wordsIn(3)).toEqual([]);
    const [blue, cup] = wordsIn(0);
    expect(wordsIn(2)).toEqual([cup]);
    expect(catalog.wordRarity[blue!]).toBeCloseTo(1, 6);
    expect(catalog.wordRarity[cup!]).toBeLessThan(catalog.wordRarity[blue!]!);
    expect(wordsOf("Öko-Tee 2 x 100g")).toEqual(["öko", "tee", "100g"]);
  });

  it("identify the catalog by its ids in order", () => {
    const ids = (products: Product[]) => createCatalog(products).idsHash;
    const [first, second] = [CUP, { ...CUP, id: "pot" }];
    expect(ids([first, second])).toBe(ids([{ ...first, title: "Other" }, second]));
    expect(ids([first, second])).not.toBe(ids([second, first]));
    expect(
      ids([
        { ...CUP, id: "ab" },
        { ...CUP, id: "c" },
      ]),
    ).not.toBe(
      ids([
        { ...CUP, id: "a" },
        { ...CUP, id: "bc" },
      ]),
    );
  });

  it("cannot be reassigned", () => {
    expect(Object.isFrozen(fixtureCatalog())).toBe(true);
  });
});
