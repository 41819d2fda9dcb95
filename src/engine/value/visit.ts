import type { ShopEvent } from "../events/shopEvent.ts";
import { itemsOf } from "../events/shopEvent.ts";

/** What the intent network looks at, in this order; each lies in [0, 1]. */
export const INTENT_INPUTS = ["depth", "cart", "pull", "focus"] as const;

/** What becomes of a visit from here on. */
export const INTENT_OUTCOMES = [
  "leaves",
  "browses on",
  "carts",
  "buys in this visit",
  "comes back and buys",
] as const;

/** What an item pack knows of a product, as a visit uses it. */
export interface ProductPull {
  /** Share of the visits with this product in which it was bought, in (0, 1). */
  rate: number;
  /** A number for its category; −1 for none. */
  category: number;
}

/** So many steps are half of all there can be. */
const HALF_DEPTH = 5;
/** A rate at which pull is 0, and one at which it is 1. */
const LOW_RATE = 0.005;
const HIGH_RATE = 0.2;
/** What an earlier product of the visit counts, less than the one after it. */
const PULL_KEPT = 0.8;

/** One visit, folded event by event; each costs the same. */
export interface Visit {
  apply(event: ShopEvent): void;
  /** Steps so far: events about a product, showings apart. */
  readonly steps: number;
  /** The four inputs now. */
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
