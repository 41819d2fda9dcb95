import { describe, expect, it } from "vitest";
import type { PageEvent } from "./pageEvent.ts";
import { watchShopify } from "./shopify.ts";

function watch() {
  const page = new EventTarget();
  const reported: PageEvent[] = [];
  const stop = watchShopify(page as Document, (events) => reported.push(...events));
  const dispatch = (type: string, payload: object) => {
    page.dispatchEvent(Object.assign(new Event(type), payload));
  };
  return { reported, stop, dispatch };
}

const VARIANT = "gid://shopify/ProductVariant/44610569208040";

describe("watchShopify", () => {
  it("reads a product page as a view, and a product in a list as an impression", () => {
    const { reported, dispatch } = watch();
    const product = { id: "gid://shopify/Product/82668", handle: "trail-shoe" };
    dispatch("shopify:product:view", { context: "page", product });
    dispatch("shopify:product:view", { context: "collection", product });
    const names = ["82668", "gid://shopify/Product/82668", "trail-shoe"];
    expect(reported).toEqual([
      { type: "view", product: names },
      { type: "impression", products: [names] },
    ]);
  });

  it("counts a cart change once it succeeds, not when it fails or is declined", async () => {
    const { reported, dispatch } = watch();
    const lines = [{ merchandiseId: VARIANT, quantity: 2 }];
    const change = { action: "add", context: "product", lines };
    const failing = Promise.reject(new Error("offline"));
    dispatch("shopify:cart:lines-update", { ...change, promise: Promise.resolve({ cart: {} }) });
    dispatch("shopify:cart:lines-update", { ...change, promise: failing });
    const declined = Promise.resolve({ userErrors: [{ message: "sold out" }] });
    dispatch("shopify:cart:lines-update", { ...change, promise: declined });
    dispatch("shopify:cart:lines-update", { ...change, action: "update" });
    await new Promise((resolve) => setImmediate(resolve));
    expect(reported).toEqual([
      { type: "add_to_cart", product: ["44610569208040", VARIANT], quantity: 2 },
    ]);
  });

  it("reads searches until stopped", () => {
    const { reported, stop, dispatch } = watch();
    dispatch("shopify:search:update", { query: "trail" });
    stop();
    dispatch("shopify:search:update", { query: "road" });
    expect(reported).toEqual([{ type: "search", query: "trail" }]);
  });

  it("survives events without a payload", () => {
    const { reported, dispatch } = watch();
    for (const type of ["product:view", "cart:lines-update", "search:update"]) {
      dispatch(`shopify:${type}`, {});
    }
    expect(reported).toEqual([]);
  });
});
