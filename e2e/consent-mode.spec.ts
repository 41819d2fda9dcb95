import { expect, type Page } from "playwright/test";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { plainShop } from "./shops/plainShop.ts";
import { FRONT, type Shop } from "./shops/shop.ts";
import { shopifyShop } from "./shops/shopifyShop.ts";
import { cardsOn, statusOf, storedEvents, test, viewStored } from "./support/shopSite.ts";

const PRODUCT = FRONT[0]!;

/** Everything that a page of the shop may have stored in the browser. */
function traces(page: Page): Promise<{ databases: number; keys: number; cookies: string }> {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    keys: localStorage.length + sessionStorage.length,
    cookies: document.cookie,
  }));
}

function answer(page: Page, consent: "granted" | "denied"): Promise<void> {
  return page.evaluate((personalization_storage) => {
    const { gtag } = window as unknown as { gtag(...args: unknown[]): void };
    gtag("consent", "update", { personalization_storage });
  }, consent);
}

test("nothing is stored while the banner waits; accepting stores the held events", async ({
  page,
  openSite,
}) => {
  const { origin } = await openSite(ga4Shop);
  await page.goto(`${origin}/p/${PRODUCT.id}?banner`);
  await viewStored(page, PRODUCT.id);
  expect(await cardsOn(page, "related")).toHaveLength(4);
  expect((await statusOf(page)).recording).toEqual({ to: "memory", because: "consent-awaited" });
  expect(await traces(page)).toEqual({ databases: 0, keys: 0, cookies: "" });

  await answer(page, "granted");
  await expect.poll(async () => (await statusOf(page)).recording.to).toBe("browser");
  await page.goto(`${origin}/?banner`);
  await viewStored(page, PRODUCT.id);
});

test("declining drops the held events and records nothing", async ({ page, openSite }) => {
  const { origin } = await openSite(ga4Shop);
  await page.goto(`${origin}/p/${PRODUCT.id}?banner`);
  await viewStored(page, PRODUCT.id);
  await answer(page, "denied");
  await expect.poll(async () => (await statusOf(page)).recording.to).toBe("nowhere");
  expect((await storedEvents(page)).filter(({ type }) => type === "view")).toEqual([]);
});

/** Banners other than Google's: how each appears before the tag, and how a shopper answers it. */
const BANNERS: { name: string; shop: Shop; install(): void; agree(): void }[] = [
  {
    name: "the IAB's framework",
    shop: plainShop,
    install: () => {
      const listeners: ((data: object, isGood: boolean) => void)[] = [];
      const emit = (eventStatus: string, consents: object) => {
        const data = { gdprApplies: true, eventStatus, listenerId: 1, purpose: { consents } };
        for (const listener of listeners) listener(data, true);
      };
      Object.assign(window, {
        __tcfapi: (command: string, _: number, listener: () => void) => {
          if (command === "addEventListener") listeners.push(listener);
          emit("cmpuishown", {});
        },
        agree: () => emit("useractioncomplete", { 1: true, 5: true, 6: true }),
      });
    },
    agree: () => (window as unknown as { agree(): void }).agree(),
  },
  {
    name: "Shopify's privacy API",
    shop: shopifyShop,
    install: () => {
      const customerPrivacy = {
        preferencesProcessingAllowed: () => false,
        currentVisitorConsent: () => ({ preferences: "" }),
      };
      Object.assign(window, { Shopify: { customerPrivacy } });
    },
    agree: () => {
      const detail = { preferencesAllowed: true };
      document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
    },
  },
];

for (const { name, shop, install, agree } of BANNERS) {
  test(`events wait for ${name} and follow its answer`, async ({ page, openSite }) => {
    await page.addInitScript(install);
    const { origin } = await openSite(shop);
    await page.goto(origin);
    await cardsOn(page, "for-you");
    expect((await statusOf(page)).recording.because).toBe("consent-awaited");
    expect(await traces(page)).toEqual({ databases: 0, keys: 0, cookies: "" });
    await page.evaluate(agree);
    await expect.poll(async () => (await statusOf(page)).recording.to).toBe("browser");
  });
}
