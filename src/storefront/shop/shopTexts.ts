import type { ImportOptions, PageTexts } from "vitrine";
import {
  type InterestChoices,
  isSame,
  readInterests,
  type StatedInterest,
} from "../state/interests.ts";
import { type Personalization, readShare } from "../state/personalization.ts";
import { readState, type ShopState, type ShopStateStore } from "../state/shopState.ts";

/** What the shop itself stores for this shopper, apart from the recommender. */
export interface KeptByShop {
  shopState: ShopStateStore;
  interests: InterestChoices;
  personalization: Personalization;
}

/**
 * The shop's part of the shopper's file: `shop`, JSON of cart, wishlist, orders and ratings; `interests`,
 * JSON of their stated interests; `personalization`, from 0 to 1. Language and theme are left out, since
 * they belong to the device.
 */
export function shopTextsOf({ shopState, interests, personalization }: KeptByShop): PageTexts {
  return {
    shop: JSON.stringify(shopState.get()),
    interests: JSON.stringify(interests.get()),
    personalization: String(personalization.get()),
  };
}

/** Imports what a file contains; the rest stays as it is. In a conflict, `merge` keeps the current value. */
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

function mergedInterests(
  own: readonly StatedInterest[],
  added: readonly StatedInterest[],
): StatedInterest[] {
  return [...own, ...added.filter((one) => !own.some((other) => isSame(one, other)))];
}
