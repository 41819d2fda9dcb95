import { expect, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openEngine, weightsInUse } from "./support/engine.ts";
import { storedRecords } from "./support/records.ts";
import { statusOf } from "./support/shop.ts";

// A simple taste with enough views to learn from; one product per variant group, as on shelves.
const IDS = catalog.products
  .filter(({ groupId, stock }) => groupId === undefined && stock !== 0)
  .filter(({ categoryPath }) => categoryPath[0] === "Coffee & Tea")
  .slice(0, 12)
  .map(({ id }) => id);
const ROUNDS = 4;
const VIEWS = Array.from({ length: ROUNDS }, () => IDS)
  .flat()
  .map((productId) => ({ type: "view" as const, productId }));

const viewed = (page: Page) =>
  page.evaluate(async () => {
    const { cards } = await window.vitrine.recommend({ strategy: "recently-viewed", limit: 50 });
    return cards.map(({ productId }) => productId);
  });

test("stored records reveal no product, and a deleted product is gone from store, tabs and weights", async ({
  context,
}) => {
  const [page, tab] = [await context.newPage(), await context.newPage()];
  await openEngine(page);
  await openEngine(tab);
  const prior = await weightsInUse(page);
  await page.evaluate(async (views) => {
    await window.vitrine.observe(views);
    await window.vitrine.train("plain");
  }, VIEWS);
  await expect.poll(() => viewed(tab)).toHaveLength(IDS.length);
  const records = await storedRecords(page, "vitrine");
  expect(records.filter(({ store }) => store === "events")).toHaveLength(VIEWS.length);
  for (const { store, text } of records) {
    for (const id of IDS) expect(text, store).not.toContain(id);
    expect(text, store).not.toContain("view");
  }

  const learned = await weightsInUse(page);
  expect(learned).not.toEqual(prior);
  const gone = IDS[3]!;
  expect(await page.evaluate((productId) => window.vitrine.forget({ productId }), gone)).toEqual({
    events: ROUNDS,
  });
  await expect.poll(async () => (await statusOf(page)).relearning?.doneAt).toBeGreaterThan(0);
  expect(await viewed(page)).not.toContain(gone);
  await expect.poll(() => viewed(tab)).toHaveLength(IDS.length - 1);
  expect(await weightsInUse(page)).not.toEqual(learned);
  await expect.poll(() => weightsInUse(tab)).toEqual(await weightsInUse(page));

  await page.evaluate(() => window.vitrine.erase());
  const left = await storedRecords(page, "vitrine");
  expect(left.map(({ store, key }) => `${store}/${key}`)).toEqual(["state/key"]);
  expect(await weightsInUse(page)).toEqual(prior);
  await expect.poll(() => weightsInUse(tab)).toEqual(prior);
  await expect.poll(() => viewed(tab)).toEqual([]);
  for (const one of [page, tab]) {
    const elsewhere = await one.evaluate(async () => ({
      caches: await caches.keys(),
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    expect(elsewhere).toEqual({ caches: [], local: [], session: [], databases: ["vitrine"] });
  }
});
