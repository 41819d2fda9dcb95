import type { Experiment } from "./experiment.ts";
import type { ShopEvent } from "./shopEvent.ts";

/** What the four inputs of a product rest on. */
export interface InputHistory {
  /** The last distinct products the shopper interacted with, newest first, at most `RECENT_PRODUCTS`. */
  readonly recent: readonly RecentProduct[];
  /** What this shopper did with a product; undefined: nothing. */
  pastWith(row: number): PastWithProduct | undefined;
}

/** What a shelf rests on; a strategy may look at a part of the past only. */
export interface HistoryView extends InputHistory {
  /** What this shopper did with a product, by row. */
  readonly own: ReadonlyMap<number, OwnProduct>;
  /** The past as the log without the source's events tells it, to the last bit. */
  without(source: Source): InputHistory;
}

/** Something in the past that can be imagined away. Other kinds join as inputs come to rest on them. */
export type Source = { type: "product"; row: number };

/**
 * One shopper's past, folded event by event. Each event costs the same however long the past is,
 * so a million stored events do not slow a shelf down.
 */
export interface ShopperHistory extends HistoryView {
  apply(event: ShopEvent): void;
  /** How many events were about a product the shopper interacted with (impressions are not). */
  readonly interactions: number;
  /** Orders placed. */
  readonly orders: number;
  /** Units in the cart, by row. */
  readonly cart: ReadonlyMap<number, number>;
  /** Whether a product is still in the cart: it is not if it stayed untouched for `CART_MS`. */
  isInCart(row: number, at: number): boolean;
  readonly wishlist: ReadonlySet<number>;
  /** Rows the shopper never wants to see again. */
  readonly hidden: ReadonlySet<number>;
  /** How the network fares with this shopper, beside a plain list. */
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
  /** The shopper's interactions with it, each as its number among all interactions, from 1, ascending. */
  interactions: number[];
  acts: Acts;
  /** Orders that held it, each counting `ORDER_DECAY` for every order since, as of order `lastOrder`. */
  habit: number;
  /** Number of the last order that held it, from 1; 0: none. */
  lastOrder: number;
  /** The last purchases, oldest first, at most `PURCHASES_KEPT`. */
  bought: Bought[];
  /** Times it was shown since the shopper last interacted with it. */
  ignoredImpressions: number;
}

/** How often the shopper did what with a product; acts that were taken back stay counted, except purchases. */
export interface Acts {
  /** Views of its page. */
  looks: number;
  /** Stays on its page of `LONG_DWELL_MS` or longer. */
  stays: number;
  /** Times it was saved to the wishlist. */
  saves: number;
  /** Times it was put into the cart. */
  carts: number;
  ratings: number;
  /** Order lines that were not returned whole. */
  purchases: number;
}

/** What a product's `ownHistory` follows from. */
export interface PastWithProduct {
  product: OwnProduct;
  /** Interactions with other products since the last one with it. */
  interactionsSince: number;
  habit: Habit;
}

/** How regularly the shopper orders a product. */
export interface Habit {
  /** Sum of `ORDER_DECAY` to the age, in orders, of each order that held it. */
  own: number;
  /** The same sum over all orders. */
  all: number;
}

export interface Bought {
  at: number;
  units: number;
}

export const OWN_HALF_LIFE_MS = 30 * 86_400_000;

/** The past of somebody who was never here. */
export const EMPTY_HISTORY: HistoryView = {
  recent: [],
  own: new Map(),
  pastWith: () => undefined,
  without: () => EMPTY_HISTORY,
};

/** A product's affinity at time `at`; time never runs backwards for it. */
export function decayed(product: OwnProduct, at: number): number {
  const elapsed = Math.max(0, at - product.lastAt);
  return product.affinity * halved(elapsed);
}

export function halved(elapsedMs: number): number {
  return 2 ** (-elapsedMs / OWN_HALF_LIFE_MS);
}
