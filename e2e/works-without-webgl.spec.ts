import { expect, test } from "playwright/test";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import { catalog } from "./support/demoShop.ts";
import { beforeWorker } from "./support/engine.ts";
import { cardsOn, openShop, statusOf } from "./support/shop.ts";

const VIEWS = catalog.products
  .slice(0, 8)
  .map(({ id }) => ({ type: "view" as const, productId: id }));

async function lookAround(page: import("playwright/test").Page): Promise<void> {
  await page.evaluate(async (views) => {
    for (const view of views) await window.vitrine.observe(view);
  }, VIEWS);
}

test("without a GPU or software rendering, cards appear and the plain trainer trains", async ({
  baseURL,
}) => {
  const browser = await launchChromium([], { gl: "none" });
  const page = await browser.newPage({ baseURL: baseURL! });
  await openShop(page);
  expect((await cardsOn(page, "for-you")).length).toBeGreaterThan(3);
  await lookAround(page);
  const report = await page.evaluate(() => window.vitrine.train());
  expect(report?.trainer).toBe("plain");
  expect((await statusOf(page)).trainer?.reason.code).toBe("webgl-unusable");
  await browser.close();
});

test("without OffscreenCanvas the plain trainer trains, and the status says why", async ({
  page,
}) => {
  await beforeWorker(page, "delete self.OffscreenCanvas");
  await openShop(page);
  await lookAround(page);
  const report = await page.evaluate(() => window.vitrine.train());
  expect(report?.trainer).toBe("plain");
  expect((await statusOf(page)).trainer?.reason.message).toContain("OffscreenCanvas");
});

test("without Worker everything runs on the page, and the status reports it", async ({ page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, "Worker");
  });
  await openShop(page);
  expect((await cardsOn(page, "for-you")).length).toBeGreaterThan(3);
  await lookAround(page);
  expect((await page.evaluate(() => window.vitrine.train()))?.epochs).toBeGreaterThan(0);
  const status = await statusOf(page);
  expect(status.thread).toBe("page");
  expect(status.warnings.map(({ code }) => code)).toContain("runs-on-page");
});

test("when the worker's script does not load, the engine runs on the page", async ({ page }) => {
  await page.route("**/recommender.worker-*.js", (route) => route.abort());
  await openShop(page);
  expect((await cardsOn(page, "for-you")).length).toBeGreaterThan(3);
  expect((await statusOf(page)).thread).toBe("page");
});

test("without IndexedDB events stay in memory, and the status reports it", async ({ page }) => {
  await beforeWorker(page, "Object.defineProperty(self, 'indexedDB', { value: undefined })");
  await openShop(page);
  expect((await cardsOn(page, "for-you")).length).toBeGreaterThan(3);
  await lookAround(page);
  const status = await statusOf(page);
  expect(status.store).toBe("memory");
  expect(status.events).toBeGreaterThanOrEqual(VIEWS.length);
  expect(status.warnings).toContainEqual(
    expect.objectContaining({
      params: { because: expect.objectContaining({ code: "no-indexeddb" }) },
    }),
  );
});
