import type { ImportOptions } from "../engine/control.ts";
import type { PageTexts } from "../engine/insight/exportFile.ts";
import { type Interest, type InterestChoices, isSame, readInterests } from "./interests.ts";
import { type Personalization, readShare } from "./personalization.ts";
import { readState, type ShopState, type ShopStateStore } from "./shopState.ts";

/** What the shop itself keeps for this shopper, beside what the recommender stores. */
export interface KeptByShop {
  shopState: ShopStateStore;
  interests: InterestChoices;
  personalization: Personalization;
}

/**
 * As it goes into the shopper's file: `shop`, JSON of cart, wishlist, orders and ratings; `interests`,
 * JSON of what they said they like; `personalization`, from 0 to 1. Language and colors are not in it:
 * they are a device's.
 */
export function shopTextsOf({ shopState, interests, personalization }: KeptByShop): PageTexts {
  return {
    shop: JSON.stringify(shopState.get()),
    interests: JSON.stringify(interests.get()),
    personalization: String(personalization.get()),
  };
}

/** Takes over what a file holds; what it lacks stays as it is. Where both have a say, `merge` keeps ours. */
export function takeIn(
  { shopState, interests, personalization }: KeptByShop,
  { shop, interests: liked, personalization: share }: PageTexts,
  mode: ImportOptions["mode"],
): void {
  if (shop !== undefined) {
    const added = readState(shop);
    shopState.set(mode === "replace" ? added : mergedStates(shopState.get(), added));
  }
  if (liked !== undefined) {
    const added = readInterests(liked);
    interests.set(mode === "replace" ? added : mergedInterests(interests.get(), added));
  }
  if (share !== undefined && mode === "replace") personalization.set(readShare(share));
}

function mergedStates(own: ShopState, added: ShopState): ShopState {
  const inCart = new Set(own.cart.map(({ productId }) => productId));
  const known = new Set(own.orders.map(({ id }) => id));
  const orders = [...own.orders, ...added.orders.filter(({ id }) => !known.has(id))];
  return {
    cart: [...own.cart, ...added.cart.filter(({ productId }) => !inCart.has(productId))],
    wishlist: [...new Set([...own.wishlist, ...added.wishlist])],
    orders: orders.sort((left, right) => right.at - left.at),
    ratings: { ...added.ratings, ...own.ratings },
  };
}

function mergedInterests(own: readonly Interest[], added: readonly Interest[]): Interest[] {
  return [...own, ...added.filter((one) => !own.some((other) => isSame(one, other)))];
}
