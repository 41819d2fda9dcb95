import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createInterestChoices } from "../state/interests.ts";
import { createPersonalization } from "../state/personalization.ts";
import { createShopperStorage } from "../state/shopperStorage.ts";
import { createShopState, type Order } from "../state/shopState.ts";
import { shopTextsOf, takeIn } from "./shopTexts.ts";

const COFFEE = { kind: "department", name: "Coffee & Tea" } as const;
const PACEWELL = { kind: "brand", name: "Pacewell" } as const;
const order = (id: string, at: number): Order => ({
  id,
  at,
  totalMinor: 990,
  currency: "EUR",
  lines: [{ productId: "mug", quantity: 2 }],
});

function shopper() {
  const storage = createShopperStorage(undefined);
  return {
    shopState: createShopState(storage, new EventTarget()),
    interests: createInterestChoices(storage),
    personalization: createPersonalization(storage),
  };
}

function shopperWithThings() {
  const one = shopper();
  one.shopState.set({
    cart: [{ productId: "mug", quantity: 2 }],
    wishlist: ["kettle"],
    orders: [order("A1", 5)],
    ratings: { mug: 4 },
  });
  one.interests.set([COFFEE]);
  one.personalization.set(0.25);
  return one;
}

describe("what the shop stores", () => {
  it("is exported completely, and replaces what another browser has stored", () => {
    const [from, to] = [shopperWithThings(), shopper()];
    to.interests.set([PACEWELL]);
    takeIn(to, shopTextsOf(from), "replace");
    expect(shopTextsOf(to)).toEqual(shopTextsOf(from));
  });

  it("is merged without losing or duplicating anything, and keeps the browser's own amounts, stars and share", () => {
    const [from, to] = [shopperWithThings(), shopper()];
    to.shopState.set({
      cart: [{ productId: "mug", quantity: 1 }],
      wishlist: ["rug"],
      orders: [order("B1", 9), order("A1", 5)],
      ratings: { mug: 1 },
    });
    to.interests.set([PACEWELL]);
    for (let times = 0; times < 2; times++) takeIn(to, shopTextsOf(from), "merge");
    expect(to.shopState.get()).toEqual({
      cart: [{ productId: "mug", quantity: 1 }],
      wishlist: ["rug", "kettle"],
      orders: [order("B1", 9), order("A1", 5)],
      ratings: { mug: 1 },
    });
    expect(to.interests.get()).toEqual([PACEWELL, COFFEE]);
    expect(to.personalization.get()).toBe(1);
  });

  it("stays as it is if a file has nothing about it, like those of version 1", () => {
    const one = shopperWithThings();
    takeIn(one, {}, "replace");
    expect(shopTextsOf(one)).toEqual(shopTextsOf(shopperWithThings()));
  });

  it("accepts any text, keeps only what it can write and read again, and changes no prototype", () => {
    const hostile = fc.oneof(fc.string(), fc.json(), fc.constant('{"__proto__":{"polluted":1}}'));
    const texts = fc.record({ shop: hostile, interests: hostile, personalization: hostile });
    fc.assert(
      fc.property(texts, (given) => {
        const [one, other] = [shopper(), shopper()];
        takeIn(one, given, "replace");
        takeIn(other, shopTextsOf(one), "replace");
        expect(shopTextsOf(other)).toEqual(shopTextsOf(one));
      }),
      { seed: 50 },
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
