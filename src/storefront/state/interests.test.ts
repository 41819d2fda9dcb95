import { describe, expect, it } from "vitest";
import { memoryStorage } from "../../testing/memoryStorage.ts";
import { createInterestChoices, interestIn, interestRules } from "./interests.ts";
import { createShopperStorage } from "./shopperStorage.ts";

const COFFEE = { kind: "department", name: "Coffee & Tea" } as const;
const PACEWELL = { kind: "brand", name: "Pacewell" } as const;

describe("stated interests", () => {
  it("are kept for the next visit, until they are removed", () => {
    const storage = memoryStorage();
    const interests = createInterestChoices(createShopperStorage(storage));
    interests.toggle(COFFEE);
    interests.toggle(PACEWELL);
    expect(createInterestChoices(createShopperStorage(storage)).get()).toEqual([COFFEE, PACEWELL]);
    interests.toggle(COFFEE);
    expect(createInterestChoices(createShopperStorage(storage)).get()).toEqual([PACEWELL]);
    interests.erase();
    expect(storage.getItem("vitrine.interests")).toBeNull();
  });

  it("are separate for a guest", () => {
    const shopper = createShopperStorage(memoryStorage());
    const interests = createInterestChoices(shopper);
    interests.toggle(COFFEE);
    shopper.setGuest(true);
    expect(interests.get()).toEqual([]);
    interests.toggle(PACEWELL);
    shopper.setGuest(false);
    expect(interests.get()).toEqual([COFFEE]);
  });

  it.each(["{", "7", '[null, 3, {"kind": "shop", "name": "x"}, {"kind": "brand", "name": 4}]'])(
    "are none where %s lies in their place",
    (text) => {
      const storage = memoryStorage();
      storage.setItem("vitrine.interests", text);
      expect(createInterestChoices(createShopperStorage(storage)).get()).toEqual([]);
    },
  );

  it("lift products less after more interactions", () => {
    const lift = (interactions: number, personalization = 1) =>
      interestRules([COFFEE], { interactions, personalization })[0];
    expect(lift(0)).toMatchObject({ type: "boost", category: ["Coffee & Tea"], logOdds: 3 });
    expect(lift(8)).toMatchObject({ logOdds: 1.5 });
    expect(lift(0, 0)).toBeUndefined();
  });

  it("match the products that belong to them", () => {
    const shoe = {
      id: "shoe",
      title: "Shoe",
      brand: "Pacewell",
      categoryPath: ["Running", "Shoes"],
      priceMinor: 100,
      currency: "EUR",
    };
    expect(interestIn(shoe, [COFFEE, PACEWELL])).toBe(PACEWELL);
    expect(interestIn(shoe, [COFFEE])).toBeUndefined();
  });
});
