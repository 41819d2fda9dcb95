import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchDataLayer } from "./dataLayer.ts";
import { type PageEvent, UNNUMBERED_ORDER } from "./pageEvent.ts";

const SHOE = { item_id: "SKU_12345", item_name: "Trail shoe", price: "129.00", quantity: 2 };

/** The call that Google's snippet pushes. */
function gtag(..._: unknown[]) {
  // biome-ignore lint/complexity/noArguments: the snippet does push its arguments object
  return arguments;
}

function watch(page: Record<string, unknown>) {
  const reported: PageEvent[] = [];
  const consents: string[] = [];
  const stop = watchDataLayer(page, "dataLayer", {
    emit: (events) => reported.push(...events),
    onConsent: ({ recommendations }) => consents.push(String(recommendations)),
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
  it("replays existing entries, both gtag arguments and Tag Manager objects", () => {
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

  it("copies entries at once, because pages clear their objects", () => {
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

  it("accepts numbers and #-prefixed numbers as ids, as WooCommerce's plugins send them", () => {
    const dataLayer = [
      gtag("event", "add_to_cart", { items: [{ id: 4711, name: "Cup" }] }),
      gtag("event", "view_item", { items: [{ id: "#4711", quantity: "1" }] }),
    ];
    expect(watch({ dataLayer }).reported).toEqual([
      { type: "add_to_cart", product: ["4711"], quantity: 1 },
      { type: "view", product: ["#4711", "4711"] },
    ]);
  });

  it("reads purchases with their order number, searches, and lists that are not Vitrine's", () => {
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

  it("reports the consent banner's answer", () => {
    const denied = { personalization_storage: "denied", functionality_storage: "granted" };
    const dataLayer: unknown[] = [gtag("consent", "default", denied)];
    const { consents } = watch({ dataLayer });
    dataLayer.push(gtag("consent", "update", { functionality_storage: "granted" }));
    dataLayer.push(gtag("consent", "update", { personalization_storage: "granted" }));
    dataLayer.push(gtag("consent", "default", denied));
    expect(consents).toEqual(["default-no", "default-no", "yes", "yes"]);
  });

  it("follows a layer that is frozen, replaced or created later", () => {
    const page: Record<string, unknown> = {};
    const { reported } = watch(page);
    page.dataLayer = Object.freeze([{ event: "view_item", items: [{ item_id: "a" }] }]);
    vi.advanceTimersByTime(1000);
    page.dataLayer = [{ event: "view_item", items: [{ item_id: "b" }] }];
    vi.advanceTimersByTime(1000);
    (page.dataLayer as unknown[]).push({ event: "view_item", items: [{ item_id: "c" }] });
    expect(reported).toEqual(["a", "b", "c"].map((id) => ({ type: "view", product: [id] })));
  });

  it("counts an entry once, however it is seen first", () => {
    const dataLayer: unknown[] = [];
    const { reported } = watch({ dataLayer });
    dataLayer.push({ event: "view_item", items: [SHOE] });
    vi.advanceTimersByTime(5000);
    expect(reported).toHaveLength(1);
  });

  it("restores the layer when stopped", () => {
    const dataLayer: unknown[] = [];
    const { reported, stop } = watch({ dataLayer });
    stop();
    dataLayer.push({ event: "view_item", items: [SHOE] });
    expect(Object.hasOwn(dataLayer, "push")).toBe(false);
    expect([reported, vi.getTimerCount()]).toEqual([[], 0]);
  });

  it("runs no function it finds and changes nothing", () => {
    const run = vi.fn();
    const entry = Object.freeze({ event: "view_item", items: Object.freeze([{ item_id: run }]) });
    const dataLayer = [run, entry];
    watch({ dataLayer });
    expect(run).not.toHaveBeenCalled();
    expect(dataLayer).toHaveLength(2);
  });

  it("survives a missing layer and missing entries", () => {
    const { proxy, revoke } = Proxy.revocable<unknown[]>([], {});
    revoke();
    expect(watch({ dataLayer: proxy }).reported).toEqual([]);
    expect(watch({ dataLayer: [proxy, gtag("event", "view_item", proxy)] }).reported).toEqual([]);
  });

  it("passes over what throws when it is read, and reads everything beside it", () => {
    const throws = (name: string, rest: object = {}) =>
      Object.defineProperty({ ...rest }, name, {
        enumerable: true,
        get() {
          throw new Error("hostile");
        },
      });
    const entries = [
      throws("event"),
      throws("ecommerce", { event: "view_item", items: [{ item_id: "beside ecommerce" }] }),
      { event: "view_item", ecommerce: throws("items") },
      { event: "view_item", items: [throws("item_id", { id: "by its id" }), { item_id: "next" }] },
      { event: "add_to_cart", items: [throws("quantity", { item_id: "one of it" })] },
      { event: "purchase", ecommerce: throws("transaction_id", { items: [{ id: "bought" }] }) },
      { event: "view_item_list", ecommerce: throws("item_list_id", { items: [{ id: "shown" }] }) },
      gtag("event", "search", throws("search_term")),
      gtag("consent", "default", throws("personalization_storage")),
      gtag(
        "consent",
        "update",
        throws("personalization_storage", { functionality_storage: "granted" }),
      ),
    ];
    const dataLayer = Object.defineProperty([...entries], 0, {
      get() {
        throw new Error("hostile");
      },
    });
    const { reported, consents } = watch({ dataLayer });
    expect(reported).toEqual([
      { type: "view", product: ["beside ecommerce"] },
      { type: "view", product: ["by its id"] },
      { type: "view", product: ["next"] },
      { type: "add_to_cart", product: ["one of it"], quantity: 1 },
      {
        type: "purchase",
        orderId: UNNUMBERED_ORDER,
        items: [{ product: ["bought"], quantity: 1 }],
      },
      { type: "impression", products: [["shown"]] },
    ]);
    expect(consents).toEqual(["default-no", "yes"]);
  });

  it("reads the shop's own events in a layer with hostile entries, and after a hostile layer", () => {
    const seen = { type: "view", product: ["SKU_12345"] };
    const good = () => gtag("event", "view_item", { items: [SHOE] });
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
        const page = { dataLayer: Array.isArray(layer) ? [...layer, good()] : layer };
        const { reported, stop } = watch(page);
        const isOurs = ({ product }: PageEvent & { product?: unknown }) =>
          JSON.stringify(product) === JSON.stringify(seen.product);
        expect(reported.filter(isOurs)).toEqual(Array.isArray(layer) ? [seen] : []);
        if (Array.isArray(page.dataLayer)) page.dataLayer.push(...later, good());
        else page.dataLayer = [...later, good()];
        vi.advanceTimersByTime(1000);
        expect(reported.filter(isOurs)).toEqual(Array.isArray(layer) ? [seen, seen] : [seen]);
        stop();
      }),
      { seed: 54 },
    );
  });
});
