import { strings } from "../language/strings.ts";
import { type CartActions, createCartActions } from "./createCartActions.ts";
import { createHideActions, type Hidden, type HideActions } from "./createHideActions.ts";
import { createRatingActions, type RatingActions } from "./createRatingActions.ts";
import { createWishlistActions, type WishlistActions } from "./createWishlistActions.ts";
import type { Engine } from "./engine.ts";
import type { InterestChoices } from "./interests.ts";
import type { Personalization } from "./personalization.ts";
import type { ShopStateStore } from "./shopState.ts";
import type { WritableStore } from "./store.ts";
import type { Toasts } from "./toasts.ts";

/** What a shopper can do. Each changes the shop, informs the recommender and shows a toast. */
export interface Actions extends CartActions, WishlistActions, HideActions, RatingActions {
  erase(): Promise<void>;
}

interface ActionServices {
  engine: Engine;
  shopState: ShopStateStore;
  personalization: Personalization;
  interests: InterestChoices;
  toasts: Toasts;
}

/** Topics of toasts that are no longer true once everything is erased. */
const TOPICS = ["cart", "wishlist", "hidden", "rating"];

export function createActions(services: ActionServices, hidden: WritableStore<Hidden>): Actions {
  const { engine, shopState, personalization, interests, toasts } = services;

  async function erase(): Promise<void> {
    await engine.erase();
    shopState.erase();
    personalization.erase();
    interests.erase();
    hidden.set(new Map());
    for (const topic of TOPICS) toasts.clear(topic);
    toasts.show(strings.stored.erased);
  }

  return {
    ...createCartActions(services),
    ...createWishlistActions(services),
    ...createHideActions({ ...services, hidden }),
    ...createRatingActions(services),
    erase,
  };
}
