import type { Experiment } from "./experiment.ts";
import type { Returning } from "./returning.ts";
import type { ShopEvent } from "./shopEvent.ts";

/** The facts that the four inputs of a product are computed from. */
export interface InputHistory {
  /** The last distinct products the shopper interacted with, newest first, at most `RECENT_PRODUCTS`. */
  readonly recent: readonly RecentProduct[];
  /** This shopper's facts about a product; undefined without any event. */
  pastWith(row: number): PastWithProduct | undefined;
}

/** The history that a shelf is made from; a strategy may use only part of it. */
export interface HistoryView extends InputHistory {
  /** This shopper's facts about a product, by row. */
  readonly own: ReadonlyMap<number, OwnProduct>;
  /** The history as it would be without the source's events, bit for bit. */
  without(source: Source): InputHistory;
}

/** A part of the past that can be left out, to see what depends on it. */
export type Source = { type: "product"; row: number };

/**
 * One shopper's past, folded event by event. Each event costs the same however long the past is, so a
 * million stored events do not slow down a shelf.
 */
export interface ShopperHistory extends HistoryView {
  apply(event: ShopEvent): void;
  /** The number of interactions with products (impressions do not count). */
  readonly interactions: number;
  /** How often the shopper goes back to products they know. */
  readonly returning: Returning;
  /** The number of orders placed. */
  readonly orders: number;
  /** Units in the cart, by row. */
  readonly cart: ReadonlyMap<number, number>;
  /** Whether a product is still in the cart: it is not if it stayed untouched for `CART_MS`. */
  isInCart(row: number, at: number): boolean;
  readonly wishlist: ReadonlySet<number>;
  /** Rows of the products that the shopper hid. */
  readonly hidden: ReadonlySet<number>;
  /** How the network compares with a plain list for this shopper. */
  readonly experiment: Experiment;
}

export interface RecentProduct {
  row: number;
  at: number;
  strength: number;
}

export interface OwnProduct {
  /** Sum of event strengths, each halved every `OWN_HALF_LIFE_MS`, as of `lastAt`. */
  affinity: number;
  lastAt: number;
  /** The shopper's interactions with it, as numbers among all interactions, from 1, ascending. */
  interactions: number[];
  acts: Acts;
  /** Orders that contained it, each weighted by `ORDER_DECAY` per later order, as of order `lastOrder`. */
  habit: number;
  /** Number of the last order that contained it, from 1; 0 if there is none. */
  lastOrder: number;
  /** The last purchases, oldest first, at most `PURCHASES_KEPT`. */
  bought: Bought[];
  /** Impressions since the shopper last interacted with it. */
  ignoredImpressions: number;
}

/** Counts of the shopper's acts with a product; acts that were reversed stay counted, except purchases. */
export interface Acts {
  /** Views of its page. */
  looks: number;
  /** Visits to its page of `LONG_DWELL_MS` or longer. */
  stays: number;
  /** Times it was saved to the wishlist. */
  saves: number;
  /** Times it was added to the cart. */
  carts: number;
  ratings: number;
  /** Order lines that were not returned whole. */
  purchases: number;
}

/** The facts that a product's `ownHistory` is computed from. */
export interface PastWithProduct {
  product: OwnProduct;
  /** Interactions with other products since the last one with it. */
  interactionsSince: number;
  habit: Habit;
}

/** How regularly the shopper orders a product. */
export interface Habit {
  /** Sum of `ORDER_DECAY` to the power of the age, in orders, of each order that contained it. */
  own: number;
  /** The same sum over all orders. */
  all: number;
}

export interface Bought {
  at: number;
  units: number;
}

export const OWN_HALF_LIFE_MS = 30 * 86_400_000;

/** The history of a new shopper. */
export const EMPTY_HISTORY: HistoryView = {
  recent: [],
  own: new Map(),
  pastWith: () => undefined,
  without: () => EMPTY_HISTORY,
};

/** A product's affinity at time `at`, or at its last event if that is later. */
export function decayed(product: OwnProduct, at: number): number {
  const elapsed = Math.max(0, at - product.lastAt);
  return product.affinity * halved(elapsed);
}

export function halved(elapsedMs: number): number {
  return 2 ** (-elapsedMs / OWN_HALF_LIFE_MS);
}
