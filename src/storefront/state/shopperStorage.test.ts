import { describe, expect, it } from "vitest";
import { memoryStorage } from "../../testing/memoryStorage.ts";
import { createPersonalization } from "./personalization.ts";
import { createShopperStorage } from "./shopperStorage.ts";
import { createShopState } from "./shopState.ts";

describe("a guest's visit to the shop", () => {
  it("starts empty, leaves nothing, and restores the shopper's own data", () => {
    const storage = memoryStorage();
    const shopper = createShopperStorage(storage);
    const state = createShopState(shopper, new EventTarget());
    const share = createPersonalization(shopper);
    state.set({ wishlist: ["own"] });
    share.set(0.4);
    const kept = () => [
      storage.getItem("vitrine.shop"),
      storage.getItem("vitrine.personalisation"),
    ];
    const before = kept();

    shopper.setGuest(true);
    expect(state.get().wishlist).toEqual([]);
    expect(share.get()).toBe(1);
    state.set({ wishlist: ["guest's"] });
    share.set(0);
    expect(kept()).toEqual(before);

    shopper.setGuest(false);
    expect(state.get().wishlist).toEqual(["own"]);
    expect(share.get()).toBe(0.4);
    shopper.setGuest(true);
    expect(state.get().wishlist).toEqual([]);
  });

  it("ignores changes in the shopper's other tabs", () => {
    const tabs = new EventTarget();
    const storage = memoryStorage();
    const shopper = createShopperStorage(storage);
    const state = createShopState(shopper, tabs);
    shopper.setGuest(true);
    storage.setItem("vitrine.shop", '{"wishlist":["own"]}');
    tabs.dispatchEvent(Object.assign(new Event("storage"), { key: "vitrine.shop" }));
    expect(state.get().wishlist).toEqual([]);
  });
});

describe("the personalization", () => {
  it.each([
    ["0.25", 0.25],
    ["2", 1],
    ["much", 1],
    ["", 1],
    [undefined, 1],
  ])("kept as %j is %d", (kept, share) => {
    const storage = memoryStorage();
    if (kept !== undefined) storage.setItem("vitrine.personalisation", kept);
    expect(createPersonalization(createShopperStorage(storage)).get()).toBe(share);
  });
});
