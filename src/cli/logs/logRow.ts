import type { ShopEvent } from "../../engine/events/shopEvent.ts";

/** The action in a line of a shop's log, checked. */
export interface LogEvent {
  userId: string;
  sessionId: string;
  /** Milliseconds since 1970, UTC. */
  at: number;
  type: LogEventType;
  productId: string;
  /** Units; 1 where the log does not say. */
  quantity?: number;
}

/** One line of a shop's log, checked, with its product data. */
export interface LogRow extends LogEvent {
  name: string;
  /** Levels joined by " > ". */
  category: string;
  brand: string;
  /** Of one unit, in major units; NaN where the log does not say. */
  price: number;
  /** Taken off the price of one unit, in major units; absent where the log does not say. */
  discount?: number;
}

/** Those that say something about a wish. */
export const LOG_EVENT_TYPES = ["view", "cart", "wishlist", "purchase"] as const;
export type LogEventType = (typeof LOG_EVENT_TYPES)[number] | "refund";

/** What a log's own format may say was done. */
export const LOG_WORDS = [...LOG_EVENT_TYPES, "refund"] as const;

/** The engine's names for them. */
export const ENGINE_EVENT_TYPE = {
  view: "view",
  cart: "add_to_cart",
  wishlist: "wishlist",
  purchase: "purchase",
  refund: "refund",
} as const satisfies Record<LogEventType, ShopEvent["type"]>;

/** A log line as the event the browser would have recorded. */
export function eventOf(row: LogEvent): ShopEvent {
  const { at, productId, quantity = 1 } = row;
  switch (row.type) {
    case "view":
      return { type: "view", at, productId };
    case "cart":
      return { type: "add_to_cart", at, productId, quantity };
    case "wishlist":
      return { type: "wishlist", at, productId, saved: true };
    case "purchase":
      return { type: "purchase", at, orderId: row.sessionId, items: [{ productId, quantity }] };
    case "refund":
      return { type: "refund", at, orderId: row.sessionId, items: [{ productId, quantity }] };
  }
}
