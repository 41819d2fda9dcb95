import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import { createCatalog, type Product } from "../engine/shop/catalog.ts";
import { withOtherNames } from "../engine/shop/productNames.ts";
import { watchDataLayer } from "./dataLayer.ts";
import { createEventCollector } from "./eventCollector.ts";

const product = (id: string, more: Partial<Product> = {}): Product => ({
  id,
  title: `Product ${id}`,
  categoryPath: [],
  priceMinor: 1000,
  currency: "EUR",
  ...more,
});
const CATALOG = withOtherNames(
  createCatalog([
    product("11", { aliases: ["CUP-11", "1100"] }),
    product("22", { aliases: ["POT"] }),
    product("42"),
    product("4269", { aliases: ["9255", "9256"], url: "https://shop.example/oil/" }),
  ]),
);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What Google's snippet pushes. */
function gtag(..._: unknown[]) {
  // biome-ignore lint/complexity/noArguments: the snippet does push its arguments object
  return arguments;
}

/** What is stored of what a page's data layer holds, and what the report says of it. */
async function heard(entries: readonly unknown[], meanings = new Map<string, string>()) {
  const stored: ShopEventInput[] = [];
  const collector = createEventCollector({
    products: async (names) => names.map((name) => CATALOG.products[CATALOG.rowOf(name) ?? -1]),
    observe: async (events) => void stored.push(...events),
    clock: () => Date.now(),
  });
  const stop = watchDataLayer({ dataLayer: entries }, "dataLayer", {
    emit: (events, writer) => collector.emit("data-layer", events, writer),
    meanings,
    onUnread: collector.noteUnread,
  });
  await collector.settled();
  stop();
  return { stored, report: collector.report() };
}

const VIEW = { type: "view", productId: "11" };
const ADD = { type: "add_to_cart", productId: "11", quantity: 2 };
const REMOVE = { type: "remove_from_cart", productId: "11", quantity: 2 };
const ORDER = { type: "purchase", orderId: "T1", items: [{ productId: "11", quantity: 2 }] };
const item = { item_id: "11", item_name: "Cup", quantity: 2 };
const old = [{ id: "11", name: "Cup", quantity: 2 }];

describe("events of the data layer", () => {
  it.each<[string, unknown, object]>([
    [
      "GA4's name, the old body",
      { event: "view_item", ecommerce: { detail: { products: old } } },
      VIEW,
    ],
    [
      "the same of a cart",
      { event: "add_to_cart", ecommerce: { currencyCode: "GBP", add: { products: old } } },
      ADD,
    ],
    [
      "the same of less",
      { event: "remove_from_cart", ecommerce: { remove: { products: old } } },
      REMOVE,
    ],
    [
      "the same of an order",
      { event: "purchase", ecommerce: { purchase: { actionField: { id: "T1" }, products: old } } },
      ORDER,
    ],
    ["Universal Analytics, without a name", { ecommerce: { detail: { products: old } } }, VIEW],
    ["under a theme's own name", { event: "eec.add", ecommerce: { add: { products: old } } }, ADD],
    ["addToCart", { event: "addToCart", ecommerce: { add: { products: old } } }, ADD],
    [
      "an order without a name",
      { ecommerce: { purchase: { actionField: { id: "#T1" }, products: old } } },
      ORDER,
    ],
    [
      "classic transactions",
      {
        event: "orderPlaced",
        transactionId: "T1",
        transactionProducts: [{ sku: "CUP-11", quantity: 2 }],
      },
      ORDER,
    ],
    [
      "impressions",
      { ecommerce: { impressions: old } },
      { type: "impression", productIds: ["11"] },
    ],
    ["items as a keyed object", { event: "add_to_cart", ecommerce: { items: { 0: item } } }, ADD],
    ["items under their SKUs", { event: "add_to_cart", ecommerce: { items: { cup: item } } }, ADD],
    ["productAdded", { event: "productAdded", product: { id: "11", quantity: 2 } }, ADD],
    ["items as a single object", { event: "add_to_cart", ecommerce: { items: item } }, ADD],
    ["items beside ecommerce", { event: "add_to_cart", ecommerce: {}, items: [item] }, ADD],
    [
      "items beside an empty ecommerce",
      { event: "view_item", ecommerce: null, items: [item] },
      VIEW,
    ],
    [
      "gtag with its items in ecommerce",
      gtag("event", "add_to_cart", { ecommerce: { items: [item] } }),
      ADD,
    ],
    [
      "the order's number beside ecommerce",
      { event: "purchase", transaction_id: "T1", ecommerce: { items: [item] } },
      ORDER,
    ],
    [
      "the search beside ecommerce",
      { event: "view_search_results", search_term: "cup", ecommerce: { items: [item] } },
      { type: "search", query: "cup" },
    ],
    [
      "the search in ecommerce",
      { event: "search", ecommerce: { search_term: "cup" } },
      { type: "search", query: "cup" },
    ],
    [
      "dl_view_item",
      { event: "dl_view_item", ecommerce: { detail: { products: [{ id: "CUP-11" }] } } },
      VIEW,
    ],
    [
      "dl_add_to_cart with GA4's items",
      { event: "dl_add_to_cart", ecommerce: { items: [item] } },
      ADD,
    ],
    ["view_item_stape", { event: "view_item_stape", ecommerce: { items: [item] } }, VIEW],
    ["ee_add_to_cart", { event: "ee_add_to_cart", ecommerce: { items: [item] } }, ADD],
    [
      "gtm4wp.addProductToCartEEC",
      { event: "gtm4wp.addProductToCartEEC", ecommerce: { items: [item] } },
      ADD,
    ],
    ["productView with one product", { event: "productView", product: { productId: "11" } }, VIEW],
    ["add_to_cart_click", { event: "add_to_cart_click", ecommerce: { items: [item] } }, ADD],
    [
      "a wishlist",
      { event: "addToWishlist", ecommerce: { items: [item] } },
      { type: "wishlist", productId: "11", saved: true },
    ],
    [
      "a refund of an order",
      { event: "refund", ecommerce: { transaction_id: "T1" } },
      { type: "refund", orderId: "T1" },
    ],
    [
      "a refund of some of it, in the old body",
      {
        ecommerce: { refund: { actionField: { id: "T1" }, products: [{ id: "11", quantity: 1 }] } },
      },
      { type: "refund", orderId: "T1", items: [{ productId: "11", quantity: 1 }] },
    ],
    [
      "the cart",
      { event: "view_cart", ecommerce: { items: [item, { item_id: "22" }] } },
      {
        type: "cart",
        items: [
          { productId: "11", quantity: 2 },
          { productId: "22", quantity: 1 },
        ],
      },
    ],
    [
      "an empty cart",
      { event: "view_cart", ecommerce: { items: [] } },
      { type: "cart", items: [] },
    ],
    [
      "a variation",
      gtag("event", "add_to_cart", { items: [{ item_id: 9255, quantity: 1 }] }),
      { ...ADD, productId: "4269", quantity: 1 },
    ],
    [
      "a parent",
      { event: "view_item", ecommerce: { items: [{ item_id: 4269 }] } },
      { type: "view", productId: "4269" },
    ],
    [
      "a variation that only its group names",
      { event: "view_item", ecommerce: { items: [{ item_id: "v-1", item_group_id: "4269" }] } },
      { type: "view", productId: "4269" },
    ],
    [
      "a plug-in's prefix",
      gtag("event", "view_item", { items: [{ id: "gla_9256" }] }),
      { type: "view", productId: "4269" },
    ],
    ["Shopify's id", gtag("event", "view_item", { items: [{ id: "shopify_US_11_1100" }] }), VIEW],
  ])("are understood: %s", async (_, entry, event) => {
    expect((await heard([entry])).stored).toEqual([event]);
  });

  it.each<[string, unknown]>([
    [
      "a size that is another product's id",
      { event: "view_item", ecommerce: { items: [{ item_id: "gla_9000", item_variant: "42" }] } },
    ],
    ["a checkout", { event: "begin_checkout", ecommerce: { items: [item] } }],
    ["a click in a list", { event: "select_item", ecommerce: { items: [item] } }],
    ["a promotion", { event: "view_promotion", ecommerce: { items: [item] } }],
    ["a cart that nobody lists", { event: "view_cart", ecommerce: {} }],
    [
      "a cart of unknown products",
      { event: "view_cart", ecommerce: { items: [{ item_id: "x" }] } },
    ],
    ["a name without a body", { event: "purchase" }],
  ])("say nothing: %s", async (_, entry) => {
    expect((await heard([entry])).stored).toEqual([]);
  });

  it("that nobody understands are named, and understood once the shop maps them", async () => {
    const entry = { event: "artikel.gezeigt", ecommerce: { items: [item] } };
    const { stored, report } = await heard([entry, { event: "gtm.js" }, { event: "scroll" }]);
    expect([stored, report.unread]).toEqual([[], ["artikel.gezeigt"]]);
    const mapped = await heard([entry], new Map([["artikel.gezeigt", "view"]]));
    expect([mapped.stored, mapped.report.unread]).toEqual([[VIEW], []]);
    const ignored = await heard([entry], new Map([["artikel.gezeigt", "none"]]));
    expect(ignored.stored).toEqual([]);
  });

  it("of two plug-ins about one click count once", async () => {
    const { stored } = await heard([
      gtag("event", "add_to_cart", { items: [item] }),
      { event: "add_to_cart", ecommerce: { items: [item] } },
      { event: "addToCart", ecommerce: { add: { products: old } } },
      { event: "dl_add_to_cart", ecommerce: { items: [{ item_id: "CUP-11", quantity: 2 }] } },
      { event: "purchase", ecommerce: { transaction_id: "#1001", items: [item] } },
      gtag("event", "purchase", { transaction_id: 1001, items: [item] }),
    ]);
    expect(stored).toEqual([ADD, { ...ORDER, orderId: "1001" }]);
  });

  it("give purchased items their price, in the product's currency only", async () => {
    const priced = { ...item, price: "12.50", discount: 2.5 };
    const order = (currency: string | undefined, transaction_id: string) => ({
      event: "purchase",
      ecommerce: { transaction_id, currency, items: [priced] },
    });
    const { stored } = await heard([order("EUR", "1"), order(undefined, "2"), order("USD", "3")]);
    const plain = { productId: "11", quantity: 2 };
    const full = { ...plain, priceMinor: 1250, discountMinor: 250 };
    expect(stored.map((event) => "items" in event && event.items)).toEqual([
      [full],
      [full],
      [plain],
    ]);
  });

  it("are read on a page whose libraries replace methods of arrays", async () => {
    const entries = [{ event: "add_to_cart", ecommerce: { items: [item] } }];
    const methods = [
      "map",
      "filter",
      "find",
      "flatMap",
      "includes",
      "entries",
      "some",
      "every",
      "reduce",
      "forEach",
    ] as const;
    const originals = new Map<string, unknown>(
      methods.map((name) => [name, Array.prototype[name]]),
    );
    const from = Array.from;
    const names = [...originals];
    let stored: unknown;
    try {
      for (const name of methods) Reflect.set(Array.prototype, name, () => "replaced");
      Reflect.set(Array, "from", () => []);
      Reflect.set(Array.prototype, "toJSON", () => "[]");
      const collected: ShopEventInput[] = [];
      const collector = createEventCollector({
        products: async (refs) => {
          const found: (Product | undefined)[] = [];
          for (let at = 0; at < refs.length; at++)
            found[at] = CATALOG.products[CATALOG.rowOf("11")!];
          return found;
        },
        observe: async (events) => {
          for (let at = 0; at < events.length; at++) collected[collected.length] = events[at]!;
        },
        clock: () => 0,
      });
      watchDataLayer({ dataLayer: entries }, "dataLayer", {
        emit: (events, writer) => collector.emit("data-layer", events, writer),
      })();
      await collector.settled();
      stored = collected;
    } finally {
      for (const [name, method] of names) Reflect.set(Array.prototype, name, method);
      Reflect.set(Array, "from", from);
      Reflect.deleteProperty(Array.prototype, "toJSON");
    }
    expect(stored).toEqual([ADD]);
  });
});
