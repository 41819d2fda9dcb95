import type { ShopEvent } from "../events/shopEvent.ts";
import { itemsOf } from "../events/shopEvent.ts";

/** The inputs of the intent network, in this order; each in [0, 1]. */
export const INTENT_INPUTS = ["depth", "cart", "pull", "focus"] as const;

/** How a visit continues from this point. */
export const INTENT_OUTCOMES = [
  "leaves",
  "browses on",
  "carts",
  "buys in this visit",
  "comes back and buys",
] as const;

/** An item pack's data about a product, as a visit uses it. */
export interface ProductPull {
  /** Share of the visits with this product in which it was bought, in (0, 1). */
  rate: number;
  /** An id of its category; −1 if it has none. */
  category: number;
}

/** The number of steps at which `depth` reaches one half. */
const HALF_DEPTH = 5;
/** The rates at which pull is 0 and 1. */
const LOW_RATE = 0.005;
const HIGH_RATE = 0.2;
/** The factor by which a product of the visit counts less than the next one. */
const PULL_KEPT = 0.8;

/** One visit, folded event by event; each event costs the same. */
export interface Visit {
  apply(event: ShopEvent): void;
  /** Steps so far: events about a product, except impressions. */
  readonly steps: number;
  /** The four inputs at this point. */
  inputs(): [depth: number, cart: number, pull: number, focus: number];
}

export function createVisit(pullOf: (productId: string) => ProductPull): Visit {
  const seen = new Set<string>();
  const categories = new Set<number>();
  const cart = new Set<string>();
  let steps = 0;
  let addedAt = 0;
  let pull = 0;
  let pullWeight = 0;
  let isAgain = false;

  function step(event: ShopEvent, productId: string): void {
    steps++;
    isAgain = seen.has(productId);
    seen.add(productId);
    const { rate, category } = pullOf(productId);
    categories.add(category);
    pull = pull * PULL_KEPT + pullInput(rate);
    pullWeight = pullWeight * PULL_KEPT + 1;
    if (event.type === "add_to_cart") {
      cart.add(productId);
      addedAt = steps;
    } else if (event.type === "remove_from_cart" || event.type === "purchase") {
      cart.delete(productId);
    }
  }

  return {
    apply(event) {
      if (event.type === "impression") return;
      for (const { productId } of itemsOf(event)) step(event, productId);
    },
    get steps() {
      return steps;
    },
    inputs() {
      if (steps === 0) return [0, 0, 0, 0];
      return [
        steps / (steps + HALF_DEPTH),
        cart.size === 0 ? 0 : 1 / (1 + steps - addedAt),
        pull / pullWeight,
        (isAgain ? 0.5 : 0) + 0.5 * (1 - categories.size / steps),
      ];
    },
  };
}

/** A rate on a logarithmic scale, in [0, 1]. */
export function pullInput(rate: number): number {
  const place = Math.log(rate / LOW_RATE) / Math.log(HIGH_RATE / LOW_RATE);
  return Math.max(0, Math.min(1, place));
}
