import type { Experiment } from "./experiment.ts";
import type { Returning } from "./returning.ts";
import type { ShopEvent } from "./shopEvent.ts";

/** The facts that the four inputs of a product are computed from. */
export interface InputHistory {
  /**
   * Those of the last `RECENT_PRODUCTS` distinct products that speak for their kind, newest first.
   */
  readonly recent: readonly RecentProduct[];
  /** The last products that speak against their kind, newest first, at most `RECENT_PRODUCTS`. */
  readonly disliked: readonly RecentProduct[];
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
  /** The number of interactions with products (impressions and acts taken back do not count). */
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
  /** Its place among the last products, from 0, the newest. */
  step: number;
  /** The time of the last act that it owes its place to. */
  at: number;
  /** What the acts say about the product and its kind: `OwnProduct.taste`. */
  strength: number;
}

export interface OwnProduct {
  /** The shopper's acts with it that were not taken back, in the order in which they came. */
  inForce: Act[];
  /**
   * What they say about it and its kind: the sum of their strengths, each halved every
   * `OWN_HALF_LIFE_MS`, as of `lastAt`; negative if they speak against it (`acts.ts`).
   */
  taste: number;
  /** `taste`, or 0 if that is negative. */
  affinity: number;
  lastAt: number;
  /** The last act that speaks for it. */
  liked: { number: number; at: number } | undefined;
  /** Number of the last act that speaks against it. */
  dislikedNumber: number | undefined;
  /** The numbers of the shopper's interactions with it, ascending. */
  interactions: number[];
  acts: Acts;
  /** Orders that contained it, each weighted by `ORDER_DECAY` per later order, as of order `lastOrder`. */
  habit: number;
  /** Number of the last order that contained it, from 1; 0 if there is none. */
  lastOrder: number;
  /** The last purchases, oldest first, at most `PURCHASES_KEPT`. */
  bought: Bought[];
  /** Impressions, and those since the shopper last interacted with it. */
  shown: number;
  ignoredImpressions: number;
}

/** One act of the shopper with a product; an act that was taken back is gone. */
export interface Act {
  /** `hides` is no interaction: it is counted neither as one nor among `OwnProduct.acts`. */
  kind: keyof Acts | "hides";
  /** Among all acts of this shopper, from 1. */
  number: number;
  at: number;
  /** How much interest in the product it shows; negative: against it. */
  strength: number;
  /** Impressions of the product before it. */
  shown: number;
  /** Units that it put in the cart and that may still be removed. */
  units?: number;
  bought?: Bought;
}

/** Counts of the shopper's acts with a product, without those that were taken back. */
export interface Acts {
  /** Views of its page. */
  looks: number;
  /** Visits to its page of `LONG_DWELL_MS` or longer. */
  stays: number;
  /** Times it was saved to the wishlist. */
  saves: number;
  /** Times it was added to the cart. */
  carts: number;
  /** 1 if it was rated: the last rating counts. */
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
  disliked: [],
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
