import type { Product } from "vitrine";
import { strings } from "../language/strings.ts";
import type { Engine } from "./engine.ts";
import type { ShopStateStore } from "./shopState.ts";
import type { Toasts } from "./toasts.ts";

export interface RatingActions {
  /** @param stars 1 to 5 */
  rate(product: Product, stars: number): void;
}

interface RatingServices {
  engine: Engine;
  shopState: ShopStateStore;
  toasts: Toasts;
}

export function createRatingActions({ engine, shopState, toasts }: RatingServices): RatingActions {
  /** @param stars undefined deletes the rating */
  function keepRating({ id }: Product, stars: number | undefined): void {
    const { [id]: _, ...others } = shopState.get().ratings;
    shopState.set({ ratings: stars === undefined ? others : { ...others, [id]: stars } });
  }

  return {
    rate(product, stars) {
      const before = shopState.get().ratings[product.id];
      keepRating(product, stars);
      engine.observe({ type: "rate", productId: product.id, stars });
      toasts.show(strings.orders.rated(product.title, stars), {
        topic: `rating/${product.id}`,
        // The recommender cannot undo a rating; observing the previous one again would count it twice.
        undo: () => keepRating(product, before),
      });
    },
  };
}
