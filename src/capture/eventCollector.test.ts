import { describe, expect, it } from "vitest";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Product } from "../engine/shop/catalog.ts";
import { createEventCollector } from "./eventCollector.ts";
import { UNNUMBERED_ORDER } from "./pageEvent.ts";

const IDS: Record<string, string> = { cup: "cup", "SKU-1": "cup", pot: "pot" };

function open() {
  const stored: ShopEventInput[] = [];
  let now = 0;
  const collector = createEventCollector({
    products: async (names) =>
      names.map((name) => (name in IDS ? ({ id: IDS[name] } as Product) : undefined)),
    observe: async (events) => {
      stored.push(...events);
    },
    clock: () => now,
  });
  return {
    collector,
    stored,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe("the event collector", () => {
  it("finds the product by the first name in the catalog and notes unknown names", async () => {
    const { collector, stored } = open();
    collector.emit("json-ld", [{ type: "view", product: ["4711", "SKU-1"] }]);
    collector.emit("json-ld", [{ type: "view", product: ["nobody"] }]);
    await collector.settled();
    expect(stored).toEqual([{ type: "view", productId: "cup" }]);
    expect(collector.productId()).toBe("cup");
    expect(collector.report()).toEqual({ events: { "json-ld": 1 }, unknown: ["nobody"] });
  });

  it("counts a view reported by two sources once per page", async () => {
    const { collector, stored } = open();
    collector.emit("json-ld", [{ type: "view", product: ["SKU-1"] }]);
    collector.emit("data-layer", [{ type: "view", product: ["cup"] }]);
    collector.changePage();
    collector.emit("data-layer", [{ type: "view", product: ["cup"] }]);
    await collector.settled();
    expect(stored).toHaveLength(2);
  });

  it("counts a cart change once, however many sources report it", async () => {
    const { collector, stored, wait } = open();
    const add = { type: "add_to_cart" as const, product: ["cup"], quantity: 1 };
    collector.emit("data-layer", [add]);
    collector.emit("shopify", [add]);
    collector.emit("data-layer", [add]);
    await collector.settled();
    wait(3000);
    collector.emit("shopify", [add]);
    await collector.settled();
    expect(stored).toHaveLength(3);
  });

  it("counts an order once and skips unknown products", async () => {
    const { collector, stored } = open();
    const items = ["cup", "nobody"].map((name) => ({ product: [name], quantity: 1 }));
    collector.emit("data-layer", [{ type: "purchase", orderId: "T-1", items }]);
    collector.emit("data-layer", [{ type: "purchase", orderId: "T-1", items }]);
    await collector.settled();
    expect(stored).toEqual([
      { type: "purchase", orderId: "T-1", items: [{ productId: "cup", quantity: 1 }] },
    ]);
  });

  it("treats purchases without an order number as one order per day", async () => {
    const { collector, stored } = open();
    const items = [{ product: ["cup"], quantity: 1 }];
    collector.emit("attributes", [{ type: "purchase", orderId: UNNUMBERED_ORDER, items }]);
    await collector.settled();
    expect(stored).toMatchObject([{ type: "purchase", orderId: "unnumbered 1970-01-01" }]);
  });
});
