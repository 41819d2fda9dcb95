import type { Evaluation } from "./evaluation.ts";
import type { ShopEvent } from "./shopEvent.ts";

/** What a product's inputs rest on; a strategy may look at a part of the past only. */
export interface Past {
  /** The last distinct products the shopper turned to, newest first, at most `RECENT_PRODUCTS`. */
  readonly recent: readonly Visit[];
  /** What this shopper did with a product, by row. */
  readonly own: ReadonlyMap<number, OwnProduct>;
  /** How many events were about a product the shopper turned to (impressions are not). */
  readonly interactions: number;
}

/**
 * One shopper's past, folded event by event. Each event costs the same however long the past is,
 * so a million stored events do not slow a shelf down.
 */
export interface ShopperHistory extends Past {
  apply(event: ShopEvent): void;
  /** Units in the cart, by row. */
  readonly cart: ReadonlyMap<number, number>;
  readonly wishlist: ReadonlySet<number>;
  /** Rows the shopper never wants to see again. */
  readonly hidden: ReadonlySet<number>;
  /** How the network fares with this shopper, beside a plain list. */
  readonly evaluation: Evaluation;
}

export interface Visit {
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

/** The past of somebody who was never here. */
export const NO_PAST: Past = { recent: [], own: new Map(), interactions: 0 };

/** A product's affinity at time `at`; time never runs backwards for it. */
export function decayed(product: OwnProduct, at: number): number {
  const elapsed = Math.max(0, at - product.lastAt);
  return product.affinity * halved(elapsed);
}

export function halved(elapsedMs: number): number {
  return 2 ** (-elapsedMs / OWN_HALF_LIFE_MS);
}
