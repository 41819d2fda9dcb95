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
      names.map((name) =>
        name in IDS ? ({ id: IDS[name], currency: "EUR" } as Product) : undefined,
      ),
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
    expect(collector.report()).toEqual({
      events: { "json-ld": 1 },
      unknown: ["nobody"],
      unread: [],
    });
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

  const add = { type: "add_to_cart" as const, product: ["cup"], quantity: 1 };

  it("counts a change of the cart once, however many sources and plug-ins report it", async () => {
    const { collector, stored, wait } = open();
    collector.emit("data-layer", [add], "gtag add_to_cart");
    collector.emit("shopify", [add]);
    collector.emit("data-layer", [add], "gtag add_to_cart");
    wait(1500);
    collector.emit("data-layer", [add], "gtm addToCart");
    await collector.settled();
    expect(stored).toHaveLength(1);
    wait(3000);
    collector.emit("shopify", [add]);
    await collector.settled();
    expect(stored).toHaveLength(2);
  });

  it("counts clicks of one plug-in that follow each other, and lines of one report, each", async () => {
    const { collector, stored, wait } = open();
    collector.emit("data-layer", [add, add], "gtag add_to_cart");
    wait(250);
    collector.emit("data-layer", [add], "gtag add_to_cart");
    await collector.settled();
    expect(stored).toHaveLength(3);
  });

  it("takes what a shop says of a form for the click on it, also when its server was slow", async () => {
    const { collector, stored, wait } = open();
    collector.emit("forms", [add]);
    wait(6000);
    collector.emit("data-layer", [add]);
    wait(1000);
    collector.emit("forms", [add]);
    wait(6000);
    collector.emit("data-layer", [add]);
    await collector.settled();
    expect(stored).toHaveLength(2);
  });

  it.each(["1001", "#1001", " # 1001", "Order #1001", "No. 1001"])(
    "knows the order 1001 by %j",
    async (written) => {
      const { collector, stored } = open();
      const items = [{ product: ["cup"], quantity: 1 }];
      for (const orderId of ["1001", written]) {
        collector.emit("data-layer", [{ type: "purchase", orderId, items }]);
      }
      await collector.settled();
      expect(stored).toMatchObject([{ orderId: "1001" }]);
    },
  );

  it("takes the cart as the shop shows it, but not one of which it knows nothing", async () => {
    const { collector, stored } = open();
    const cart = (...names: string[]) => ({
      type: "cart" as const,
      items: names.map((name) => ({ product: [name], quantity: 2 })),
    });
    collector.emit("data-layer", [cart("cup", "nobody")]);
    collector.emit("data-layer", [cart("nobody")]);
    collector.emit("data-layer", [cart()]);
    await collector.settled();
    expect(stored).toEqual([
      { type: "cart", items: [{ productId: "cup", quantity: 2 }] },
      { type: "cart", items: [] },
    ]);
  });

  it("takes a page's address for a view only where nothing else was one", async () => {
    const { collector, stored } = open();
    const guess = { type: "view" as const, product: ["pot"], isGuess: true as const };
    collector.emit("json-ld", [{ type: "view", product: ["cup"] }]);
    collector.emit("address", [guess]);
    collector.changePage();
    collector.emit("address", [{ ...guess, product: ["/about"] }]);
    collector.emit("address", [guess]);
    await collector.settled();
    expect(stored).toEqual([
      { type: "view", productId: "cup" },
      { type: "view", productId: "pot" },
    ]);
    expect(collector.report().unknown).toEqual([]);
  });

  it("counts an order once, and leaves out what the catalog does not know", async () => {
    const { collector, stored } = open();
    const items = ["cup", "nobody"].map((name) => ({ product: [name], quantity: 1 }));
    collector.emit("data-layer", [{ type: "purchase", orderId: "T-1", items }]);
    collector.emit("data-layer", [{ type: "purchase", orderId: "T-1", items }]);
    await collector.settled();
    expect(stored).toEqual([
      { type: "purchase", orderId: "T-1", items: [{ productId: "cup", quantity: 1 }] },
    ]);
  });

  it("takes another address of the same product for the same view, but not one after another page", async () => {
    const { collector, stored } = open();
    const guess = { type: "view" as const, product: ["pot"], isGuess: true as const };
    const show = async (name: string, isBack = false) => {
      collector.changePage(isBack);
      collector.emit("address", [{ ...guess, product: [name] }]);
      await collector.settled();
      return collector.productId();
    };
    expect(await show("pot")).toBe("pot");
    expect(await show("pot")).toBe("pot");
    expect(stored).toHaveLength(1);
    expect(await show("/about")).toBeUndefined();
    expect(await show("pot")).toBe("pot");
    expect(await show("pot", true)).toBe("pot");
    expect(stored).toHaveLength(3);
  });

  it("takes what is bought without an order number for one order a day, on one page for two", async () => {
    const { collector, stored, wait } = open();
    const order = (...names: string[]) => ({
      type: "purchase" as const,
      orderId: UNNUMBERED_ORDER,
      items: names.map((name) => ({ product: [name], quantity: 1 })),
    });
    const emit = (...names: string[]) => collector.emit("attributes", [order(...names)]);
    emit("cup");
    emit("cup");
    emit("pot");
    wait(5000);
    emit("cup");
    await collector.settled();
    const reloaded = open();
    reloaded.collector.emit("attributes", [order("cup")]);
    await reloaded.collector.settled();
    const ids = [...stored, ...reloaded.stored].map((event) => "orderId" in event && event.orderId);
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^unnumbered 1970-01-01/);
    expect(ids[3]).toBe(ids[0]);
  });
});
