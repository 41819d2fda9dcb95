import { describe, expect, it } from "vitest";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Product } from "../engine/shop/catalog.ts";
import { createEventDesk } from "./eventCollector.ts";
import { UNNUMBERED_ORDER } from "./pageEvent.ts";

const IDS: Record<string, string> = { cup: "cup", "SKU-1": "cup", pot: "pot" };

function open() {
  const stored: ShopEventInput[] = [];
  let now = 0;
  const desk = createEventDesk({
    products: async (names) =>
      names.map((name) => (name in IDS ? ({ id: IDS[name] } as Product) : undefined)),
    observe: async (events) => {
      stored.push(...events);
    },
    clock: () => now,
  });
  return {
    desk,
    stored,
    wait: (ms: number) => {
      now += ms;
    },
  };
}

describe("an event desk", () => {
  it("finds the product by the first name that the catalogue knows, and notes unknown ones", async () => {
    const { desk, stored } = open();
    desk.tell("json-ld", [{ type: "view", product: ["4711", "SKU-1"] }]);
    desk.tell("json-ld", [{ type: "view", product: ["nobody"] }]);
    await desk.settled();
    expect(stored).toEqual([{ type: "view", productId: "cup" }]);
    expect(desk.productId()).toBe("cup");
    expect(desk.report()).toEqual({ events: { "json-ld": 1 }, unknown: ["nobody"] });
  });

  it("counts a view that two sources tell of once a page", async () => {
    const { desk, stored } = open();
    desk.tell("json-ld", [{ type: "view", product: ["SKU-1"] }]);
    desk.tell("data-layer", [{ type: "view", product: ["cup"] }]);
    desk.turnPage();
    desk.tell("data-layer", [{ type: "view", product: ["cup"] }]);
    await desk.settled();
    expect(stored).toHaveLength(2);
  });

  it("counts a change of the cart once, however many sources tell of it", async () => {
    const { desk, stored, wait } = open();
    const add = { type: "add_to_cart" as const, product: ["cup"], quantity: 1 };
    desk.tell("data-layer", [add]);
    desk.tell("shopify", [add]);
    desk.tell("data-layer", [add]);
    await desk.settled();
    wait(3000);
    desk.tell("shopify", [add]);
    await desk.settled();
    expect(stored).toHaveLength(3);
  });

  it("counts an order once, and leaves out what the catalogue does not know", async () => {
    const { desk, stored } = open();
    const items = ["cup", "nobody"].map((name) => ({ product: [name], quantity: 1 }));
    desk.tell("data-layer", [{ type: "purchase", orderId: "T-1", items }]);
    desk.tell("data-layer", [{ type: "purchase", orderId: "T-1", items }]);
    await desk.settled();
    expect(stored).toEqual([
      { type: "purchase", orderId: "T-1", items: [{ productId: "cup", quantity: 1 }] },
    ]);
  });

  it("takes what is bought without an order number for one order a day", async () => {
    const { desk, stored } = open();
    const items = [{ product: ["cup"], quantity: 1 }];
    desk.tell("attributes", [{ type: "purchase", orderId: UNNUMBERED_ORDER, items }]);
    await desk.settled();
    expect(stored).toMatchObject([{ type: "purchase", orderId: "unnumbered 1970-01-01" }]);
  });
});
