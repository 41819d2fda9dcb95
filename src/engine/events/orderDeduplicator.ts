import type { ShopEvent } from "./shopEvent.ts";

/** Tracks which orders are stored, because a reloaded thank-you page reports its order again. */
export interface OrderDeduplicator {
  add(event: ShopEvent): void;
  /** False only for an order that was added before. */
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
