import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { memoryStorage } from "../../testing/memoryStorage.ts";
import { createShopperStorage } from "./shopperStorage.ts";
import {
  createShopState,
  type Order,
  placeBack,
  quantityOf,
  readState,
  withQuantity,
} from "./shopState.ts";

const order: Order = {
  id: "A1",
  at: 5,
  lines: [{ productId: "mug", quantity: 2 }],
  totalMinor: 990,
  currency: "EUR",
};

describe("the shop's state", () => {
  it("is restored on the next page", () => {
    const storage = createShopperStorage(memoryStorage());
    const first = createShopState(storage, new EventTarget());
    first.set({ cart: [{ productId: "mug", quantity: 2 }] });
    first.set({ wishlist: ["mug"], orders: [order], ratings: { mug: 4 } });
    const next = createShopState(storage, new EventTarget());
    expect(next.get()).toEqual({
      cart: [{ productId: "mug", quantity: 2 }],
      wishlist: ["mug"],
      orders: [order],
      ratings: { mug: 4 },
    });
  });

  it("follows another tab", () => {
    const tabs = new EventTarget();
    const storage = memoryStorage();
    const state = createShopState(createShopperStorage(storage), tabs);
    const listener = vi.fn();
    state.subscribe(listener);
    storage.setItem("vitrine.shop", '{"wishlist":["mug"]}');
    const event = Object.assign(new Event("storage"), { key: "vitrine.shop" });
    tabs.dispatchEvent(event);
    expect(state.get().wishlist).toEqual(["mug"]);
    expect(listener).toHaveBeenCalledOnce();
  });

  it("is empty, and gone from storage, after an erase", () => {
    const storage = memoryStorage();
    const state = createShopState(createShopperStorage(storage), new EventTarget());
    state.set({ wishlist: ["mug"] });
    state.erase();
    expect(state.get()).toEqual({ cart: [], wishlist: [], orders: [], ratings: {} });
    expect(storage.getItem("vitrine.shop")).toBeNull();
  });

  it("works for the page where nothing can be stored", () => {
    const full = { ...memoryStorage(), setItem: () => expect.fail("QuotaExceededError") };
    for (const storage of [full, undefined]) {
      const state = createShopState(createShopperStorage(storage), new EventTarget());
      state.set({ wishlist: ["mug"] });
      expect(state.get().wishlist).toEqual(["mug"]);
    }
  });
});

describe("readState", () => {
  it.each([
    [{ at: 1e300 }],
    [{ at: "5" }],
    [{ at: null }],
    [{ currency: "€" }],
    [{ currency: "" }],
    [{ currency: "eur " }],
    [{ totalMinor: "990" }],
  ])("leaves out an order that no page could show, and keeps the others: %j", (wrong) => {
    const { orders } = readState(JSON.stringify({ orders: [{ ...order, ...wrong }, order] }));
    expect(orders).toEqual([order]);
  });

  it("keeps what is valid", () => {
    const kept = {
      cart: [{ productId: "a", quantity: 1e9 }, { productId: 3 }, null, "x"],
      wishlist: ["a", 7, null],
      orders: [order, { id: "B" }, 4],
      ratings: { a: 5, b: 6, c: "4", d: 2.5 },
    };
    expect(readState(JSON.stringify(kept))).toEqual({
      cart: [{ productId: "a", quantity: 99 }],
      wishlist: ["a"],
      orders: [order],
      ratings: { a: 5 },
    });
  });

  it("returns a valid state for any text", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ cart: fc.anything(), wishlist: fc.anything(), orders: fc.anything() })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const { cart, wishlist, orders } = readState(text);
        for (const { productId, quantity } of [...cart, ...orders.flatMap(({ lines }) => lines)]) {
          expect(typeof productId).toBe("string");
          expect(quantity >= 1 && quantity <= 99 && Number.isInteger(quantity)).toBe(true);
        }
        for (const id of wishlist) expect(typeof id).toBe("string");
      }),
      { seed: 3, numRuns: 500 },
    );
  });
});

it("withQuantity adds, changes and removes", () => {
  const one = withQuantity([], { productId: "mug", quantity: 1 });
  const two = withQuantity(withQuantity(one, { productId: "cup", quantity: 1 }), {
    productId: "mug",
    quantity: 3,
  });
  expect(two).toEqual([
    { productId: "mug", quantity: 3 },
    { productId: "cup", quantity: 1 },
  ]);
  expect(withQuantity(two, { productId: "mug", quantity: 0 })).toEqual([
    { productId: "cup", quantity: 1 },
  ]);
  expect(quantityOf(withQuantity(two, { productId: "mug", quantity: 500 }), "mug")).toBe(99);
  expect(quantityOf(two, "none")).toBe(0);
});

it.each([
  ["between the same two", "b", ["a", "b", "c"], ["a", "c"], 1],
  ["last", "c", ["a", "b", "c"], ["a", "b"], 2],
  ["first", "a", ["a", "b"], ["b"], 0],
  ["behind what has been added before it", "b", ["a", "b", "c"], ["new", "a", "c"], 2],
  [
    "ahead of those that followed, though its neighbor is gone",
    "b",
    ["a", "b", "c", "d"],
    ["d"],
    0,
  ],
  ["last where it never was", "x", ["a", "b"], ["a", "b"], 2],
])("placeBack puts it %s", (_, id, before, ids, place) => {
  expect(placeBack(id, before, ids)).toBe(place);
});
