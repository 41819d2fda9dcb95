import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchDataLayer } from "./dataLayer.ts";
import type { PageEvent } from "./pageEvent.ts";

const SHOE = { item_id: "SKU_12345", item_name: "Trail shoe", price: "129.00", quantity: 2 };

/** What Google's snippet pushes. */
function gtag(..._: unknown[]) {
  // biome-ignore lint/complexity/noArguments: the snippet does push its arguments object
  return arguments;
}

function watch(page: Record<string, unknown>) {
  const reported: PageEvent[] = [];
  const consents: string[] = [];
  const stop = watchDataLayer(page, "dataLayer", {
    emit: (events) => reported.push(...events),
    onConsent: (consent, command) => consents.push(`${command} ${consent}`),
  });
  return { reported, consents, stop };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe("watchDataLayer", () => {
  it("replays what is there, as gtag arguments and as Tag Manager objects", () => {
    const dataLayer = [
      gtag("event", "view_item", { currency: "EUR", items: [SHOE] }),
      { event: "add_to_cart", ecommerce: { currency: "EUR", items: [SHOE] } },
      { event: "gtm.js" },
    ];
    expect(watch({ dataLayer }).reported).toEqual([
      { type: "view", product: ["SKU_12345"] },
      { type: "add_to_cart", product: ["SKU_12345"], quantity: 2 },
    ]);
  });

  it("copies at once, since pages clear their objects", () => {
    const dataLayer: unknown[] = [];
    const { reported } = watch({ dataLayer });
    const entry = { event: "view_item", ecommerce: { items: [SHOE] } as unknown };
    dataLayer.push({ ecommerce: null }, entry);
    entry.ecommerce = undefined;
    expect(reported).toEqual([{ type: "view", product: ["SKU_12345"] }]);
  });

  it("lets the page's own push run first and returns its answer", () => {
    const order: string[] = [];
    const dataLayer = Object.assign([], {
      push: () => {
        order.push("page");
        return 42;
      },
    }) as { push(entry: unknown): number };
    const stop = watchDataLayer({ dataLayer }, "dataLayer", { emit: () => order.push("us") });
    expect(dataLayer.push({ event: "view_item", items: [SHOE] })).toBe(42);
    expect(order).toEqual(["page", "us"]);
    stop();
  });

  it("takes numbers, and numbers behind #, for ids, as WooCommerce's plugins send them", () => {
    const dataLayer = [
      gtag("event", "add_to_cart", { items: [{ id: 4711, name: "Cup" }] }),
      gtag("event", "view_item", { items: [{ id: "#4711", quantity: "1" }] }),
    ];
    expect(watch({ dataLayer }).reported).toEqual([
      { type: "add_to_cart", product: ["4711"], quantity: 1 },
      { type: "view", product: ["#4711", "4711"] },
    ]);
  });

  it("reads purchases with their number, searches, and lists that are not our own", () => {
    const dataLayer = [
      { event: "purchase", ecommerce: { transaction_id: "T-1", items: [SHOE] } },
      gtag("event", "search", { search_term: " coffee " }),
      { event: "view_item_list", ecommerce: { item_list_id: "new", items: [SHOE] } },
      { event: "view_item_list", ecommerce: { item_list_id: "vitrine_for-you", items: [SHOE] } },
    ];
    const product = ["SKU_12345"];
    expect(watch({ dataLayer }).reported).toEqual([
      { type: "purchase", orderId: "T-1", items: [{ product, quantity: 2, price: 129 }] },
      { type: "search", query: "coffee" },
      { type: "impression", products: [product] },
    ]);
  });

  it("tells what the consent banner says", () => {
    const denied = { personalization_storage: "denied", functionality_storage: "granted" };
    const dataLayer: unknown[] = [gtag("consent", "default", denied)];
    const { consents } = watch({ dataLayer });
    dataLayer.push(gtag("consent", "update", { functionality_storage: "granted" }));
    dataLayer.push(gtag("consent", "update", { ad_storage: "granted" }));
    expect(consents).toEqual(["default denied", "update granted"]);
  });

  it("follows a layer that is frozen, replaced, or there only later", () => {
    const page: Record<string, unknown> = {};
    const { reported } = watch(page);
    page.dataLayer = Object.freeze([{ event: "view_item", items: [{ item_id: "a" }] }]);
    vi.advanceTimersByTime(1000);
    page.dataLayer = [{ event: "view_item", items: [{ item_id: "b" }] }];
    vi.advanceTimersByTime(1000);
    (page.dataLayer as unknown[]).push({ event: "view_item", items: [{ item_id: "c" }] });
    expect(reported).toEqual(["a", "b", "c"].map((id) => ({ type: "view", product: [id] })));
  });

  it("counts an entry once, whoever sees it first", () => {
    const dataLayer: unknown[] = [];
    const { reported } = watch({ dataLayer });
    dataLayer.push({ event: "view_item", items: [SHOE] });
    vi.advanceTimersByTime(5000);
    expect(reported).toHaveLength(1);
  });

  it("leaves the layer as it was when it stops", () => {
    const dataLayer: unknown[] = [];
    const { reported, stop } = watch({ dataLayer });
    stop();
    dataLayer.push({ event: "view_item", items: [SHOE] });
    expect(Object.hasOwn(dataLayer, "push")).toBe(false);
    expect([reported, vi.getTimerCount()]).toEqual([[], 0]);
  });

  it("runs no function that it finds, and changes nothing", () => {
    const run = vi.fn();
    const entry = Object.freeze({ event: "view_item", items: Object.freeze([{ item_id: run }]) });
    const dataLayer = [run, entry];
    watch({ dataLayer });
    expect(run).not.toHaveBeenCalled();
    expect(dataLayer).toHaveLength(2);
  });

  it("throws nothing at a layer that is gone, or has an entry that is", () => {
    const { proxy, revoke } = Proxy.revocable<unknown[]>([], {});
    revoke();
    expect(watch({ dataLayer: proxy }).reported).toEqual([]);
    expect(watch({ dataLayer: [proxy, gtag("event", "view_item", proxy)] }).reported).toEqual([]);
  });

  it("throws nothing at a hostile layer", () => {
    const throwing = new Proxy(
      {},
      {
        get() {
          throw new Error("hostile");
        },
      },
    );
    const hostile = fc.constantFrom<unknown>(throwing, { length: 1e12 }, Symbol());
    const anything = fc.oneof({ weight: 2, arbitrary: hostile }, fc.anything());
    const entry = fc.oneof(
      anything,
      fc.record({ event: fc.constantFrom("view_item", "purchase"), ecommerce: anything }),
      fc.record({
        event: fc.constantFrom("add_to_cart", "view_item_list"),
        items: fc.array(anything),
      }),
      fc.tuple(fc.constantFrom("event", "consent"), fc.string(), anything).map((a) => gtag(...a)),
    );
    fc.assert(
      fc.property(fc.oneof(fc.array(entry), anything), fc.array(entry), (layer, later) => {
        const { stop } = watch({ dataLayer: layer });
        if (Array.isArray(layer)) layer.push(...later);
        vi.advanceTimersByTime(1000);
        stop();
      }),
    );
  });
});
