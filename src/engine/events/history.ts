import type { Experiment } from "./experiment.ts";
import type { ShopEvent } from "./shopEvent.ts";

/** What a product's inputs rest on; a strategy may look at a part of the past only. */
export interface HistoryView {
  /** The last distinct products the shopper turned to, newest first, at most `RECENT_PRODUCTS`. */
  readonly recent: readonly RecentProduct[];
  /** What this shopper did with a product, by row. */
  readonly own: ReadonlyMap<number, OwnProduct>;
  /** How many events were about a product the shopper turned to (impressions are not). */
  readonly interactions: number;
  /** Orders placed. */
  readonly orders: number;
}

/**
 * One shopper's past, folded event by event. Each event costs the same however long the past is,
 * so a million stored events do not slow a shelf down.
 */
export interface ShopperHistory extends HistoryView {
  apply(event: ShopEvent): void;
  /** Units in the cart, by row. */
  readonly cart: ReadonlyMap<number, number>;
  /** Whether a product is in the cart still: what nobody has touched for long was bought elsewhere or left. */
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
  /** Value of `interactions` when the shopper last turned to it. */
  lastInteraction: number;
  visits: number;
  purchases: number;
  /** Orders that held it, each counting `ORDER_DECAY` for every order since, as of order `lastOrder`. */
  habit: number;
  /** Value of `orders` when the shopper last bought it; 0: never. */
  lastOrder: number;
  /** The last purchases, oldest first, at most `PURCHASES_KEPT`. */
  bought: Bought[];
  /** Times it was shown since the shopper last turned to it. */
  ignoredImpressions: number;
}

export interface Bought {
  at: number;
  units: number;
}

export const OWN_HALF_LIFE_MS = 30 * 86_400_000;

/** What an order counts for a habit, less than the next one. */
export const ORDER_DECAY = 0.9;

/** The past of somebody who was never here. */
export const EMPTY_HISTORY: HistoryView = {
  recent: [],
  own: new Map(),
  interactions: 0,
  orders: 0,
};

/** A product's affinity at time `at`; time never runs backwards for it. */
export function decayed(product: OwnProduct, at: number): number {
  const elapsed = Math.max(0, at - product.lastAt);
  return product.affinity * halved(elapsed);
}

/** Of what the shopper orders, how much the product is part: `habit` by now, beside that of all orders. */
export function habitOf(product: OwnProduct, orders: number): { own: number; all: number } {
  const own = product.habit * ORDER_DECAY ** (orders - product.lastOrder);
  return { own, all: (1 - ORDER_DECAY ** orders) / (1 - ORDER_DECAY) };
}

export function halved(elapsedMs: number): number {
  return 2 ** (-elapsedMs / OWN_HALF_LIFE_MS);
}
