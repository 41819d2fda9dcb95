import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openShop, statusOf, storedEvents } from "./support/shop.ts";

const VIEWS = catalog.products
  .slice(40, 52)
  .map(({ id }) => ({ type: "view" as const, productId: id }));

test("two tabs share one store, and one of them trains at a time", async ({ context }) => {
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

  // A training that is held up on the left keeps the right from starting one.
  const isLocked = await left.evaluate(async () => {
    const training = window.vitrine.train("webgl");
    const held = async () =>
      (await navigator.locks.query()).held?.some(({ name }) => name?.endsWith(":training"));
    while (!(await held())) await new Promise(requestAnimationFrame);
    Object.assign(window, { training });
    return true;
  });
  expect(isLocked).toBe(true);
  expect(await right.evaluate(() => window.vitrine.train("plain"))).toBeUndefined();
  const report = await left.evaluate(
    () => (window as unknown as { training: Promise<unknown> }).training,
  );
  expect(report).toMatchObject({ trainer: "webgl" });

  // … and gets its network.
  const weights = (page: typeof left) =>
    page.evaluate(async () => [...new Uint8Array(await window.vitrine.exportNetwork())]);
  await expect.poll(async () => (await statusOf(right)).lastTraining?.trainer).toBe("webgl");
  expect(await weights(right)).toEqual(await weights(left));
});

test("erasing in one tab empties the other one's memory too", async ({ context }) => {
  const [left, right] = [await context.newPage(), await context.newPage()];
  await openShop(left);
  await openShop(right);
  await left.evaluate((views) => window.vitrine.observe(views), VIEWS);
  await expect.poll(() => storedEvents(right)).toBeGreaterThanOrEqual(VIEWS.length);
  await left.evaluate(() => window.vitrine.erase());
  await expect.poll(() => storedEvents(right)).toBe(0);
  const viewed = await right.evaluate(() =>
    window.vitrine.recommend({ strategy: "recently-viewed", limit: 50 }),
  );
  expect(viewed.cards).toEqual([]);
});
