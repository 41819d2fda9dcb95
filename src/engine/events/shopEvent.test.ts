import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyEvent, fixtureCatalog, NOW } from "../../testing/fixtures.ts";
import { FieldError } from "../kit/fields.ts";
import { createHistory } from "./foldHistory.ts";
import { parseShopEvent, productIdsOf, type ShopEvent } from "./shopEvent.ts";

const VALID: ShopEvent[] = [
  { type: "impression", at: 5, productIds: ["a", "b"], shelf: "for-you" },
  {
    type: "impression",
    at: 5,
    productIds: ["a", "b", "c"],
    shelfId: "s1",
    placements: [
      { propensity: 0 },
      { propensity: 0.5, team: "network" },
      { propensity: 1, team: "baseline" },
    ],
  },
  { type: "view", at: 5, productId: "a" },
  { type: "dwell", at: 5, productId: "a", dwellMs: 1500.5 },
  { type: "search", at: 5, query: "red shoes" },
  { type: "add_to_cart", at: 5, productId: "a", quantity: 2 },
  { type: "remove_from_cart", at: 5, productId: "a", quantity: 2 },
  { type: "wishlist", at: 5, productId: "a", saved: false },
  { type: "purchase", at: 5, orderId: "o1", items: [{ productId: "a", quantity: 3 }] },
  {
    type: "purchase",
    at: 5,
    orderId: "o2",
    items: [{ productId: "a", quantity: 3, priceMinor: 1250, discountMinor: 250 }],
  },
  { type: "refund", at: 5, orderId: "o1" },
  { type: "refund", at: 5, orderId: "o1", items: [{ productId: "a", quantity: 1 }] },
  { type: "cart", at: 5, items: [] },
  { type: "cart", at: 5, items: [{ productId: "a", quantity: 1 }] },
  { type: "rate", at: 5, productId: "a", stars: 4.5 },
  { type: "not_for_me", at: 5, productId: "a", hidden: false },
];

/** An impression of one product with this placement. */
function shownWith(placements: unknown[]): object {
  return { type: "impression", productIds: ["a"], placements };
}

function refusalOf(value: unknown): FieldError {
  try {
    parseShopEvent(value, NOW);
  } catch (error) {
    if (error instanceof FieldError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("parseShopEvent", () => {
  it.each(VALID.map((event) => [event.type, event] as const))(
    "accepts a complete %s",
    (_, event) => {
      expect(parseShopEvent(event, NOW)).toEqual(event);
    },
  );

  it("fills in the time and default values", () => {
    const parse = (value: object) => parseShopEvent(value, NOW);
    const about = { at: NOW, productId: "a" };
    expect(parse({ type: "view", productId: "a" })).toEqual({ type: "view", ...about });
    expect(parse({ type: "add_to_cart", productId: "a" })).toMatchObject({ quantity: 1 });
    expect(parse({ type: "remove_from_cart", productId: "a" })).toMatchObject({ quantity: 1 });
    expect(parse({ type: "wishlist", productId: "a" })).toMatchObject({ saved: true });
    expect(parse({ type: "not_for_me", productId: "a" })).toMatchObject({ hidden: true });
    expect(parse({ type: "purchase", orderId: "o", items: [{ productId: "a" }] })).toMatchObject({
      items: [{ productId: "a", quantity: 1 }],
    });
    expect(parse({ type: "impression", productIds: ["a"] })).not.toHaveProperty("shelf");
  });

  it("limits a time in the future to now, and keeps an earlier time", () => {
    expect(parseShopEvent({ type: "view", productId: "a", at: NOW + 1 }, NOW).at).toBe(NOW);
    expect(parseShopEvent({ type: "view", productId: "a", at: NOW - 1 }, NOW).at).toBe(NOW - 1);
  });

  it("trims ids, rounds quantities and drops unknown fields", () => {
    const event = { type: "add_to_cart", productId: " a ", quantity: 1.6, color: "red" };
    expect(parseShopEvent(event, NOW)).toEqual({
      type: "add_to_cart",
      at: NOW,
      productId: "a",
      quantity: 2,
    });
  });

  it.each<[string, unknown, string]>([
    ["event", null, "is null, expected an object"],
    ["event", [], "is a list of 0, expected an object"],
    ["type", {}, "is undefined, expected one of impression, view"],
    ["type", { type: "constructor" }, 'is "constructor", expected one of'],
    ["type", { type: "__proto__" }, 'is "__proto__", expected one of'],
    ["at", { type: "search", query: "a", at: -1 }, "is -1, expected a number from 0"],
    ["at", { type: "search", query: "a", at: "now" }, 'is "now", expected a number'],
    ["at", { type: "search", query: "a", at: Number.NaN }, "is NaN, expected a number"],
    ["productId", { type: "view" }, "is undefined, expected text"],
    ["productId", { type: "view", productId: " " }, 'is " ", expected text of 1 to 256'],
    ["productIds", { type: "impression", productIds: [] }, "is a list of 0, expected a list of 1"],
    ["productIds", { type: "impression", productIds: "a" }, 'is "a", expected a list'],
    ["productIds[1]", { type: "impression", productIds: ["a", 3] }, "is 3, expected text"],
    ["shelf", { type: "impression", productIds: ["a"], shelf: 7 }, "is 7, expected text"],
    ["shelfId", { type: "impression", productIds: ["a"], shelfId: "" }, 'is "", expected text'],
    ["placements", shownWith([]), "is a list of 0, expected a list of 1 to 1"],
    [
      "placements",
      shownWith([{ propensity: 1 }, { propensity: 1 }]),
      "is a list of 2, expected a list of 1 to 1",
    ],
    ["placements[0]", shownWith([3]), "is 3, expected an object"],
    ["placements[0].propensity", shownWith([{}]), "is undefined, expected a number from 0 to 1"],
    ["placements[0].propensity", shownWith([{ propensity: 1.01 }]), "is 1.01, expected a number"],
    [
      "placements[0].team",
      shownWith([{ propensity: 1, team: "ours" }]),
      'is "ours", expected one of network, baseline',
    ],
    ["dwellMs", { type: "dwell", productId: "a" }, "is undefined, expected a number from 0"],
    ["dwellMs", { type: "dwell", productId: "a", dwellMs: -5 }, "is -5, expected a number from 0"],
    ["query", { type: "search", query: "" }, 'is "", expected text'],
    ["quantity", { type: "add_to_cart", productId: "a", quantity: 0 }, "is 0, expected a number"],
    ["quantity", { type: "remove_from_cart", productId: "a", quantity: "2" }, 'is "2", expected'],
    ["saved", { type: "wishlist", productId: "a", saved: "yes" }, 'is "yes", expected true or'],
    ["orderId", { type: "purchase", items: [{ productId: "a" }] }, "is undefined, expected text"],
    ["items", { type: "purchase", orderId: "o", items: {} }, "is an object, expected a list"],
    ["items[0]", { type: "purchase", orderId: "o", items: ["a"] }, 'is "a", expected an object'],
    ["items[0].productId", { type: "purchase", orderId: "o", items: [{}] }, "is undefined"],
    [
      "items[1].quantity",
      {
        type: "purchase",
        orderId: "o",
        items: [{ productId: "a" }, { productId: "b", quantity: -1 }],
      },
      "is -1, expected a number from 1",
    ],
    ["stars", { type: "rate", productId: "a", stars: 6 }, "is 6, expected a number from 1 to 5"],
    ["hidden", { type: "not_for_me", productId: "a", hidden: 1 }, "is 1, expected true or false"],
  ])("names the field %s of %j", (field, value, message) => {
    const error = refusalOf(value);
    expect(error.field).toBe(field);
    expect(error.message).toContain(`field "${field}" ${message}`);
  });

  it("refuses purchases and impressions whose lists have holes", () => {
    expect(refusalOf({ type: "purchase", orderId: "o", items: new Array(1) }).field).toBe(
      "items[0]",
    );
    const productIds = new Array(2);
    expect(refusalOf({ type: "impression", productIds }).field).toBe("productIds[0]");
  });
});

const KEYS = [
  "type",
  "at",
  "productId",
  "productIds",
  "shelf",
  "dwellMs",
  "query",
  "quantity",
  "saved",
  "orderId",
  "items",
  "stars",
  "hidden",
  "__proto__",
  "constructor",
  "toString",
];
const anyJson = fc.anything({
  key: fc.oneof(fc.constantFrom(...KEYS), fc.string()),
  withSparseArray: true,
  withNullPrototype: true,
  withBigInt: true,
  withDate: true,
});
/** Events that are almost valid: a known type with arbitrary fields. */
const nearEvent = fc
  .tuple(
    fc.constantFrom(...VALID),
    fc.dictionary(fc.constantFrom(...KEYS.slice(1)), anyJson, { maxKeys: 2 }),
  )
  .map(([event, fields]) => ({ ...event, ...fields }));

describe("arbitrary input from a page", () => {
  const catalog = fixtureCatalog();

  it("is refused with a FieldError, or parsed into an event that can be folded", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(fc.oneof(anyJson, nearEvent), (value) => {
        let event: ShopEvent;
        try {
          event = parseShopEvent(value, NOW);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldError);
          return;
        }
        createHistory(catalog).apply(event);
        expect(parseShopEvent(event, NOW)).toEqual(event);
        expect(event.at).toBeLessThanOrEqual(NOW);
        expect(productIdsOf(event).every((id) => typeof id === "string")).toBe(true);
      }),
      { numRuns: 1500, seed: 2 },
    );
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it("cannot reach Object.prototype through special keys", () => {
    const hostile = JSON.parse(
      '{"type":"view","productId":"a","__proto__":{"polluted":1},"constructor":{"polluted":1}}',
    );
    const event = parseShopEvent(hostile, NOW);
    expect(event).toEqual({ type: "view", at: NOW, productId: "a" });
    expect(Object.getPrototypeOf(event)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("parses to the same event a second time", () => {
    fc.assert(
      fc.property(anyEvent(catalog), (value) => {
        const once = parseShopEvent(value, NOW);
        expect(parseShopEvent(once, NOW)).toEqual(once);
        expect(parseShopEvent(structuredClone(once), NOW)).toEqual(once);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});

it("productIdsOf returns the products of an event in order", () => {
  expect(VALID.map(productIdsOf)).toEqual([
    ["a", "b"],
    ["a", "b", "c"],
    ["a"],
    ["a"],
    [],
    ["a"],
    ["a"],
    ["a"],
    ["a"],
    ["a"],
    [],
    ["a"],
    [],
    ["a"],
    ["a"],
    ["a"],
  ]);
});
