import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { mustAskFirst } from "./mustAskFirst.ts";
import { watchShopifyConsent } from "./shopifyConsent.ts";

/** `window.Shopify` with the Customer Privacy API; answers are "yes", "no", or "" for none yet. */
function shopify(isAllowed: boolean, preferences: "yes" | "no" | "") {
  return {
    shop: "dawn.myshopify.com",
    customerPrivacy: {
      preferencesProcessingAllowed: () => isAllowed,
      analyticsProcessingAllowed: () => isAllowed,
      currentVisitorConsent: () => ({
        marketing: "",
        analytics: "",
        preferences,
        sale_of_data: "",
      }),
    },
  };
}

function listen(Shopify: unknown) {
  const page = { Shopify, document: new EventTarget() };
  const received: string[] = [];
  const stop = watchShopifyConsent(page as unknown as Window, (answer, command) =>
    received.push(`${command} ${answer}`),
  );
  /** Shopify's event when the banner is answered. */
  const answer = (preferencesAllowed: unknown) => {
    const detail = { analyticsAllowed: true, marketingAllowed: false, preferencesAllowed };
    page.document.dispatchEvent(
      Object.assign(new Event("visitorConsentCollected"), {
        detail: { ...detail, saleOfDataAllowed: true },
      }),
    );
  };
  return { page, received, stop, answer };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it("reports region and settings as a default, and the visitor's choice as an answer", () => {
  expect(listen(shopify(true, "")).received).toEqual(["default granted"]);
  expect(listen(shopify(false, "")).received).toEqual(["default denied"]);
  expect(listen(shopify(true, "yes")).received).toEqual(["update granted"]);
  expect(listen(shopify(false, "no")).received).toEqual(["update denied"]);
});

it("follows the banner until stopped", () => {
  const { received, answer, stop } = listen(shopify(false, ""));
  answer(true);
  answer(false);
  answer("maybe");
  stop();
  answer(true);
  expect(received).toEqual(["default denied", "update granted", "update denied"]);
});

it("waits for the API, which Shopify loads later, but not forever", () => {
  const { page, received } = listen({ shop: "dawn.myshopify.com" });
  page.Shopify = shopify(true, "yes");
  vi.advanceTimersByTime(1000);
  expect(received).toEqual(["update granted"]);
  listen(undefined);
  vi.advanceTimersByTime(60_000);
  expect(vi.getTimerCount()).toBe(0);
});

it("survives an API that throws", () => {
  const customerPrivacy = {
    preferencesProcessingAllowed() {
      throw new Error("not loaded");
    },
  };
  expect(listen({ customerPrivacy }).received).toEqual([]);
});

it("a shop whose visitors have not been asked must ask first", () => {
  expect(mustAskFirst({ Shopify: shopify(false, "") }, "dataLayer")).toBe(true);
  expect(mustAskFirst({ Shopify: shopify(true, "") }, "dataLayer")).toBe(false);
  expect(mustAskFirst({ Shopify: shopify(false, "no") }, "dataLayer")).toBe(false);
});
