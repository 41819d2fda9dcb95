import { describe, expect, it } from "vitest";
import { createOrderDeduplicator } from "./orderDeduplicator.ts";
import type { ShopEvent } from "./shopEvent.ts";

const order = (orderId: string, productId: string, at = 0): ShopEvent => ({
  type: "purchase",
  at,
  orderId,
  items: [{ productId, quantity: 1 }],
});

describe("createKnownOrders", () => {
  it("recognizes an order, whenever it is reported again", () => {
    const orders = createOrderDeduplicator();
    orders.add(order("T-1", "k1"));
    expect(orders.isNew(order("T-1", "k1", 5000))).toBe(false);
  });

  it("treats other orders, and other parts of an order, as new", () => {
    const orders = createOrderDeduplicator();
    orders.add(order("T-1", "k1"));
    expect(orders.isNew(order("T-2", "k1"))).toBe(true);
    expect(orders.isNew(order("T-1", "k2"))).toBe(true);
  });

  it("never deduplicates other events", () => {
    const orders = createOrderDeduplicator();
    const view: ShopEvent = { type: "view", at: 0, productId: "k1" };
    orders.add(view);
    expect(orders.isNew(view)).toBe(true);
  });
});
