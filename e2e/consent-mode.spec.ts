import { expect, type Page } from "playwright/test";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { FRONT } from "./shops/shop.ts";
import { cardsOn, statusOf, storedEvents, test, viewStored } from "./support/shopSite.ts";

const PRODUCT = FRONT[0]!;

/** All that a page of the shop may have left in the browser. */
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

test("while the banner waits nothing is stored; a yes stores what was held back", async ({
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

test("a no forgets what was held back, and takes nothing in", async ({ page, openSite }) => {
  const { origin } = await openSite(ga4Shop);
  await page.goto(`${origin}/p/${PRODUCT.id}?banner`);
  await viewStored(page, PRODUCT.id);
  await answer(page, "denied");
  await expect.poll(async () => (await statusOf(page)).recording.to).toBe("nowhere");
  expect((await storedEvents(page)).filter(({ type }) => type === "view")).toEqual([]);
});
