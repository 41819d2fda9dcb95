import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, openShop, statusOf } from "./support/shop.ts";

/** Too few for shelves to be compared, which would fill some places at random. */
const VIEWS = catalog.products
  .slice(20, 29)
  .map(({ id }) => ({ type: "view" as const, productId: id }));

test("events, network and cards survive a reload", async ({ page }) => {
  await openShop(page);
  await page.evaluate(async (views) => {
    for (const view of views) await window.vitrine.observe(view);
    await window.vitrine.train("plain");
  }, VIEWS);
  const at = Date.now();
  const read = () =>
    page.evaluate(async (at) => {
      const { events, networkBytes } = await window.vitrine.inspect();
      const bytes = new Uint8Array(await window.vitrine.exportNetwork());
      const { cards } = await window.vitrine.recommend({ strategy: "for-you", limit: 8, at });
      const seen = events.filter(({ type }) => type === "view");
      return {
        seen,
        networkBytes,
        weights: [...bytes],
        cards: cards.map(({ productId }) => productId),
      };
    }, at);
  const before = await read();
  await page.reload();
  await page.waitForFunction(() => window.vitrine !== undefined);
  const after = await read();
  expect(before.seen).toHaveLength(VIEWS.length);
  expect(after.seen).toEqual(before.seen);
  expect(after.networkBytes).toBeGreaterThan(0);
  expect(after.weights).toEqual(before.weights);
  expect(after.cards).toEqual(before.cards);
  expect((await statusOf(page)).lastTraining?.trainer).toBe("plain");
  expect((await cardsOn(page, "for-you")).length).toBeGreaterThan(3);
});

test("an unreadable saved network is retrained from the log", async ({ page }) => {
  await openShop(page);
  await page.evaluate(async (views) => {
    for (const view of views) await window.vitrine.observe(view);
    await window.vitrine.train("plain");
    const opening = indexedDB.open("vitrine");
    await new Promise<void>((resolve, reject) => {
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const transaction = opening.result.transaction("values", "readwrite");
        transaction.objectStore("values").put(new ArrayBuffer(12), "network");
        transaction.oncomplete = () => resolve(opening.result.close());
      };
    });
  }, VIEWS);
  await page.reload();
  await page.waitForFunction(() => window.vitrine !== undefined);
  await page.evaluate(() => window.vitrine.settled());
  const status = await statusOf(page);
  expect(status.warnings.map(({ code }) => code)).toContain("network-unreadable");
  expect(status.lastTraining?.events).toBeGreaterThanOrEqual(VIEWS.length);
});
