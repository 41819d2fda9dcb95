import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openShop, statusOf, storedEvents } from "./support/shop.ts";

const VIEWS = catalog.products
  .slice(40, 52)
  .map(({ id }) => ({ type: "view" as const, productId: id }));

test("two tabs share one store, and only one trains at a time", async ({ context }) => {
  const [left, right] = [await context.newPage(), await context.newPage()];
  await openShop(left);
  await openShop(right);
  await left.evaluate((views) => window.vitrine.observe(views.slice(0, 6)), VIEWS);
  await right.evaluate((views) => window.vitrine.observe(views.slice(6)), VIEWS);
  for (const page of [left, right]) {
    await expect.poll(() => storedEvents(page)).toBeGreaterThanOrEqual(VIEWS.length);
    const viewed = await page.evaluate(async () => {
      const shelf = await window.vitrine.recommend({ strategy: "recently-viewed", limit: 50 });
      return shelf.cards.map(({ productId }) => productId);
    });
    expect(new Set(viewed)).toEqual(new Set(VIEWS.map(({ productId }) => productId)));
  }

  // The tab that holds the training lock keeps other tabs from training, and shares its network with them.
  await left.evaluate(() => {
    const held = new Promise<void>((letGo) => Object.assign(window, { letGo }));
    return new Promise<void>((resolve) => {
      navigator.locks.request("vitrine:vitrine:training", () => {
        resolve();
        return held;
      });
    });
  });
  expect(await right.evaluate(() => window.vitrine.train("plain"))).toBeUndefined();
  await left.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  const report = await left.evaluate(() => window.vitrine.train("webgl"));
  expect(report).toMatchObject({ trainer: "webgl" });

  const weights = (page: typeof left) =>
    page.evaluate(async () => [...new Uint8Array(await window.vitrine.exportNetwork())]);
  await expect.poll(async () => (await statusOf(right)).lastTraining?.trainer).toBe("webgl");
  expect(await weights(right)).toEqual(await weights(left));
});

test("erasing in one tab also empties the other tab's memory", async ({ context }) => {
  const [left, right] = [await context.newPage(), await context.newPage()];
  await openShop(left);
  await openShop(right);
  await left.evaluate((views) => window.vitrine.observe(views), VIEWS);
  await expect.poll(() => storedEvents(right)).toBeGreaterThanOrEqual(VIEWS.length);
  await left.evaluate(() => window.vitrine.erase());
  // The tabs still show cards and record impressions; the shopper's own events are gone.
  const viewed = () =>
    right.evaluate(async () => {
      const { cards } = await window.vitrine.recommend({ strategy: "recently-viewed", limit: 50 });
      return cards.length;
    });
  await expect.poll(viewed).toBe(0);
  const { events } = await right.evaluate(() => window.vitrine.inspect());
  expect(events.filter(({ type }) => type !== "impression")).toEqual([]);
});
