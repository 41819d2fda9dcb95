import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ShopEventInput } from "../../engine/events/shopEvent.ts";
import type { Product } from "../../engine/shop/catalog.ts";
import type { Services } from "../ShopContext.tsx";
import { createActions } from "./createActions.ts";
import type { Hidden } from "./createHideActions.ts";
import { createInterestChoices } from "./interests.ts";
import { createPersonalization } from "./personalization.ts";
import { createShopperStorage } from "./shopperStorage.ts";
import { type CartLine, createShopState } from "./shopState.ts";
import { createStore } from "./store.ts";
import { createToasts } from "./toasts.ts";

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());

function product(id: string, stock?: number): Product {
  return { id, title: `The ${id}`, stock } as Product;
}

const MUG = product("mug");
const CUP = product("cup");
const POT = product("pot");
const FEW = product("rare tea", 4);

/** The actions of a shop, with the toasts they show; `undo` presses the button of the last one. */
function openShop({ cart = [] as CartLine[], wishlist = [] as string[] } = {}) {
  const storage = createShopperStorage(undefined);
  const shopState = createShopState(storage, new EventTarget());
  shopState.set({ cart, wishlist });
  const seen: ShopEventInput[] = [];
  const toasts = createToasts();
  const hidden = createStore<Hidden>(new Map());
  const services = {
    engine: {
      observe: async (events: ShopEventInput | ShopEventInput[]) =>
        void seen.push(...[events].flat()),
      erase: async () => undefined,
    },
    shopState,
    toasts,
    personalization: createPersonalization(storage),
    interests: createInterestChoices(storage),
  } as unknown as Services;
  return {
    actions: createActions(services, hidden),
    shopState,
    seen,
    hidden,
    toasts,
    texts: () => toasts.get().map(({ text }) => text),
    undo: () => toasts.get().at(-1)!.action!.run(),
    cart: () => shopState.get().cart.map(({ productId, quantity }) => `${quantity} ${productId}`),
  };
}

const lines = (...ids: string[]) => ids.map((productId) => ({ productId, quantity: 1 }));

describe("the cart", () => {
  it("shows the new quantity, with a link to the cart", () => {
    const { actions, texts, toasts } = openShop();
    actions.add(MUG);
    expect(texts()).toEqual(["The mug is in your cart."]);
    actions.setQuantity(MUG, 2);
    expect(texts()).toEqual(["2 × The mug in your cart."]);
    expect(toasts.get()[0]!.link).toEqual({ label: "View cart", href: "/cart" });
  });

  it("shows how many were added from a low stock, and when it is used up", () => {
    const { actions, cart, texts } = openShop();
    actions.add(FEW, 3);
    actions.add(FEW, 3);
    expect(texts()).toEqual(["Only 1 more in stock. You now have all 4 in your cart."]);
    actions.add(FEW);
    expect(texts().at(-1)).toBe("You already have all 4 of The rare tea in your cart.");
    expect(cart()).toEqual(["4 rare tea"]);
  });

  it("undoes its own change, as far as that is still in the cart", () => {
    const { actions, cart, undo, shopState, seen } = openShop({ cart: lines("mug") });
    actions.setQuantity(MUG, 3);
    shopState.set({ cart: [{ productId: "mug", quantity: 5 }] });
    undo();
    expect(cart()).toEqual(["3 mug"]);
    shopState.set({ cart: [] }); // An order was placed in another tab.
    const before = seen.length;
    undo();
    expect(cart()).toEqual([]);
    expect(seen).toHaveLength(before);
  });

  it("restores a line in its old place", () => {
    const { actions, cart, undo, seen } = openShop({ cart: lines("mug", "cup", "pot") });
    actions.setQuantity(CUP, 0);
    actions.add(product("kettle"));
    expect(cart()).toEqual(["1 mug", "1 pot", "1 kettle"]);
    actions.setQuantity(POT, 0);
    undo();
    expect(cart()).toEqual(["1 mug", "1 pot", "1 kettle"]);
    expect(seen.at(-1)).toEqual({ type: "add_to_cart", productId: "pot", quantity: 1 });
  });

  it("adds a bundle as far as the stock allows, and undoes no more than that", () => {
    const { actions, cart, texts, undo } = openShop({
      cart: [{ productId: "rare tea", quantity: 4 }],
    });
    actions.addAll([MUG, CUP, FEW]);
    expect(texts()).toEqual(["2 of 3 added. The rest is out of stock."]);
    undo();
    expect(cart()).toEqual(["4 rare tea"]);
    actions.addAll([FEW]);
    expect(texts().at(-1)).toBe("That's all we have. They're already in your cart.");
  });
});

it("a product restored to the wishlist gets its old place, after newer ones", () => {
  const { actions, undo, shopState } = openShop({ wishlist: ["mug", "cup", "pot"] });
  actions.toggleWish(CUP);
  shopState.set({ wishlist: ["kettle", ...shopState.get().wishlist] });
  undo();
  expect(shopState.get().wishlist).toEqual(["kettle", "mug", "cup", "pot"]);
  actions.toggleWish(product("tray"));
  expect(shopState.get().wishlist[0]).toBe("tray");
});

it('undoing "not for me" on a card also removes the toast about it', () => {
  const { actions, hidden, texts } = openShop();
  actions.hide(MUG);
  actions.hide(CUP);
  actions.unhide(MUG);
  expect(texts()).toEqual(["We won't recommend The cup again."]);
  expect([...hidden.get()]).toEqual([
    ["mug", false],
    ["cup", true],
  ]);
});

it("undoing a rating restores the previous one, or none, and observes nothing new", () => {
  const { actions, undo, shopState, seen } = openShop();
  actions.rate(MUG, 4);
  actions.rate(MUG, 2);
  undo();
  expect(shopState.get().ratings).toEqual({ mug: 4 });
  actions.rate(CUP, 1);
  undo();
  expect(shopState.get().ratings).toEqual({ mug: 4 });
  expect(seen.map((event) => "stars" in event && event.stars)).toEqual([4, 2, 1]);
});

it("after everything is erased nothing can be undone", async () => {
  const { actions, texts } = openShop();
  actions.add(MUG);
  actions.rate(CUP, 1);
  await actions.erase();
  expect(texts()).toEqual(["Everything has been erased."]);
});
