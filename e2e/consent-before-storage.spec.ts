import { expect, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openEngine } from "./support/engine.ts";
import { storedRecords } from "./support/records.ts";
import { statusOf } from "./support/shop.ts";

const VIEWS = catalog.products
  .slice(10, 14)
  .map(({ id }) => ({ type: "view" as const, productId: id }));

const storedAnywhere = (page: Page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).length,
    local: localStorage.length,
    session: sessionStorage.length,
    caches: (await caches.keys()).length,
    cookies: document.cookie,
  }));
const NOTHING = { databases: 0, local: 0, session: 0, caches: 0, cookies: "" };

test("nothing is stored before consent; consent stores the events held in memory", async ({
  page,
}) => {
  await openEngine(page, { consent: "required" });
  await page.evaluate(async (views) => {
    await window.vitrine.observe(views);
    await window.vitrine.train("plain");
  }, VIEWS);
  expect(await storedAnywhere(page)).toEqual(NOTHING);
  expect(await statusOf(page)).toMatchObject({
    events: VIEWS.length,
    recording: { to: "memory", because: "consent-awaited" },
  });
  await page.evaluate(() => window.vitrine.setConsent("granted"));
  const events = (await storedRecords(page, "vitrine")).filter(({ store }) => store === "events");
  expect(events).toHaveLength(VIEWS.length);
  await openEngine(page, { consent: "required" });
  expect(await statusOf(page)).toMatchObject({
    events: VIEWS.length,
    recording: { to: "browser" },
  });
});

test("declining drops the events held in memory and stores nothing", async ({ page }) => {
  await openEngine(page, { consent: "required" });
  await page.evaluate(async (views) => {
    await window.vitrine.observe(views);
    await window.vitrine.setConsent("refused");
    await window.vitrine.observe(views);
  }, VIEWS);
  expect(await statusOf(page)).toMatchObject({ events: 0, recording: { to: "nowhere" } });
  expect(await storedAnywhere(page)).toEqual(NOTHING);
});

test("a guest visit stores nothing", async ({ page }) => {
  await openEngine(page, { guest: true });
  await page.evaluate((views) => window.vitrine.observe(views), VIEWS);
  expect(await statusOf(page)).toMatchObject({ events: VIEWS.length, store: "memory" });
  expect(await storedAnywhere(page)).toEqual(NOTHING);
});
