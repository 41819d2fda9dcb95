import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyEvent,
  fixtureCatalog,
  impression,
  NOW,
  purchase,
  view,
} from "../../testing/fixtures.ts";
import { FieldError } from "../kit/fields.ts";
import {
  countedPart,
  NOTHING_MUTED,
  parseMuted,
  parseSelection,
  productsIn,
  withMuted,
  withoutProducts,
} from "./selection.ts";
import { productIdsOf, type ShopEvent } from "./shopEvent.ts";

const catalog = fixtureCatalog();

describe("a selection", () => {
  it.each([{ seq: 4 }, { productId: "k1" }, { category: ["Kitchen", "Coffee"] }])(
    "is read: %j",
    (selection) => expect(parseSelection({ ...selection, other: 1 })).toEqual(selection),
  );

  it("is read as one of the three kinds, or refused by field name", () => {
    const part = fc.record(
      { seq: fc.anything(), productId: fc.anything(), category: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(part, fc.anything()), (value) => {
        try {
          const selection = parseSelection(value);
          expect(Object.keys(selection)).toHaveLength(1);
          expect(parseSelection(selection)).toEqual(selection);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldError);
        }
      }),
      { seed: 43 },
    );
  });

  it.each([
    ["selection", null],
    ["selection", {}],
    ["selection", { seq: 1, productId: "k1" }],
    ["seq", { seq: 0 }],
    ["productId", { productId: " " }],
    ["category", { category: "Kitchen" }],
    ["category[1]", { category: ["Kitchen", 3] }],
  ])("is refused by the name %s: %j", (field, value) => {
    expect(() => parseSelection(value)).toThrow(`"${field}"`);
  });

  it("lists the three kinds in its refusal", () => {
    expect(() => parseSelection({})).toThrow("expected one of seq, productId and category");
  });

  it("of a category includes its subcategories, and no sibling", () => {
    const isIn = productsIn(catalog, { products: ["b1"], categories: [["Kitchen"]] });
    expect(["k1", "k7", "b1", "b2", "g1", "unknown"].map(isIn)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    const deeper = productsIn(catalog, { products: [], categories: [["Kitchen", "Tea"]] });
    expect(deeper("k1")).toBe(false);
    expect(productsIn(catalog, { products: ["b1"], categories: [] })("k1")).toBe(false);
  });

  it("of several categories includes the products of each", () => {
    const isIn = productsIn(catalog, { products: [], categories: [["Kitchen"], ["Books"]] });
    expect(["k1", "b1", "g1", "unknown"].map(isIn)).toEqual([true, true, false, false]);
  });
});

describe("an event without some products", () => {
  it("keeps the other products, is unchanged if it names none of them, and is dropped if nothing is left", () => {
    const isK = (id: string) => id.startsWith("k");
    const seen = view("g1");
    expect(withoutProducts(seen, isK)).toBe(seen);
    expect(withoutProducts(view("k1"), isK)).toBeUndefined();
    expect(withoutProducts(impression(["k1", "g1", "k2"]), isK)).toMatchObject({
      productIds: ["g1"],
    });
    expect(withoutProducts(purchase(["g1", "k1"]), isK)).toMatchObject({
      items: [{ productId: "g1", quantity: 1 }],
    });
  });

  it("keeps each placement with its product", () => {
    const shown: ShopEvent = {
      type: "impression",
      at: NOW,
      productIds: ["k1", "g1", "k2", "b1"],
      placements: [
        { propensity: 0.1 },
        { propensity: 0.2, team: "network" },
        { propensity: 0.3 },
        { propensity: 0.4, team: "baseline" },
      ],
    };
    expect(withoutProducts(shown, (id) => id.startsWith("k"))).toMatchObject({
      productIds: ["g1", "b1"],
      placements: [
        { propensity: 0.2, team: "network" },
        { propensity: 0.4, team: "baseline" },
      ],
    });
    expect(withoutProducts(impression(["k1", "g1"]), (id) => id === "k1")).not.toHaveProperty(
      "placements",
    );
  });

  it("never names a removed product, whatever the event, and keeps all others", () => {
    fc.assert(
      fc.property(anyEvent(catalog), fc.constantFrom("k", "g", "b"), (event, letter) => {
        const isMeant = (id: string) => id.startsWith(letter);
        const left = withoutProducts(event, isMeant);
        const ids = left === undefined ? [] : productIdsOf(left);
        expect(ids).toEqual(productIdsOf(event).filter((id) => !isMeant(id)));
      }),
      { seed: 44 },
    );
  });

  it("does not count if it is muted", () => {
    expect(countedPart({ ...view("k1"), muted: true }, () => false)).toBeUndefined();
    expect(countedPart(view("k1"), (id) => id === "k1")).toBeUndefined();
    expect(countedPart(view("k1"), () => false)).toEqual(view("k1"));
  });
});

describe("what is muted", () => {
  it("grows and shrinks without duplicates", () => {
    let muted = withMuted(NOTHING_MUTED, { productId: "k1" }, true);
    muted = withMuted(muted, { category: ["Books"] }, true);
    muted = withMuted(muted, { category: ["Books"] }, true);
    muted = withMuted(muted, { productId: "k1" }, true);
    expect(muted).toEqual({ products: ["k1"], categories: [["Books"]] });
    expect(parseMuted(muted)).toEqual(muted);
    muted = withMuted(withMuted(muted, { productId: "k1" }, false), { category: ["Books"] }, false);
    expect(muted).toEqual(NOTHING_MUTED);
  });

  it("loses only what is removed", () => {
    const muted = { products: ["k1", "k2"], categories: [["Books"], ["Garden", "Tools"]] };
    expect(withMuted(muted, { productId: "k1" }, false)).toEqual({ ...muted, products: ["k2"] });
    expect(withMuted(muted, { category: ["Books"] }, false)).toEqual({
      ...muted,
      categories: [["Garden", "Tools"]],
    });
    expect(withMuted(muted, { productId: "k1" }, true).products).toEqual(["k2", "k1"]);
  });

  it("does not change with an event that is muted by its number", () => {
    expect(withMuted(NOTHING_MUTED, { seq: 3 }, true)).toEqual(NOTHING_MUTED);
  });

  it("is refused unless it is a list of names", () => {
    expect(() => parseMuted(3)).toThrow('"muted"');
    expect(() => parseMuted({ products: [1], categories: [] })).toThrow('"muted.products[0]"');
    expect(() => parseMuted({ products: [], categories: [[]] })).toThrow('"muted.categories[0]"');
  });
});
