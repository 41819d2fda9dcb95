import type { ShopEvent } from "../../engine/events/shopEvent.ts";

/** The action in a line of a shop's log, checked. */
export interface LogEvent {
  userId: string;
  sessionId: string;
  /** Milliseconds since 1970, UTC. */
  at: number;
  type: LogEventType;
  productId: string;
}

/** One line of a shop's log, checked, with its product data. */
export interface LogRow extends LogEvent {
  name: string;
  /** Levels joined by " > ". */
  category: string;
  brand: string;
  /** In major units; NaN if the log has no price. */
  price: number;
}

export const LOG_EVENT_TYPES = ["view", "cart", "wishlist", "purchase"] as const;
export type LogEventType = (typeof LOG_EVENT_TYPES)[number];

/** The engine's names for them. */
export const ENGINE_EVENT_TYPE = {
  view: "view",
  cart: "add_to_cart",
  wishlist: "wishlist",
  purchase: "purchase",
} as const satisfies Record<LogEventType, ShopEvent["type"]>;

/** A log line as the event the browser would have recorded. */
export function eventOf(row: LogEvent): ShopEvent {
  const { at, productId } = row;
  switch (row.type) {
    case "view":
      return { type: "view", at, productId };
    case "cart":
      return { type: "add_to_cart", at, productId, quantity: 1 };
    case "wishlist":
      return { type: "wishlist", at, productId, saved: true };
    case "purchase":
      return { type: "purchase", at, orderId: row.sessionId, items: [{ productId, quantity: 1 }] };
  }
}
