import type { ShopEvent } from "./shopEvent.ts";

/** Which orders are stored: a thank-you page that is loaded again reports its order again. */
export interface OrderDeduplicator {
  add(event: ShopEvent): void;
  /** Whether the event is no order, or one that was not added before. */
  isNew(event: ShopEvent): boolean;
}

export function createOrderDeduplicator(): OrderDeduplicator {
  const known = new Set<string>();
  return {
    add(event) {
      if (event.type === "purchase") known.add(keyOf(event));
    },
    isNew: (event) => event.type !== "purchase" || !known.has(keyOf(event)),
  };
}

/** Shops may report an order in parts, under one number. */
function keyOf({ orderId, items }: Extract<ShopEvent, { type: "purchase" }>): string {
  return JSON.stringify([orderId, items.map(({ productId, quantity }) => [productId, quantity])]);
}
