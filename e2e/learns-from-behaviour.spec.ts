import { expect, type Page, test } from "playwright/test";
import { createRandom } from "../src/engine/kit/random.ts";
import { createTaste, suits, type Taste, visit } from "../src/storefront/demo/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, openShop } from "./support/shop.ts";

/**
 * R-precision: the share of the first R cards that match a shopper's taste, where R is the number of such
 * products to find (viewed products are on another shelf).
 */
function precision(taste: Taste, cards: string[], seen: string[]): number {
  const suiting = catalog.products.filter(
    (product) => suits(taste, product) && product.stock !== 0,
  );
  const ids = new Set(suiting.map(({ id }) => id).filter((id) => !seen.includes(id)));
  const first = cards.slice(0, ids.size);
  return first.filter((id) => ids.has(id)).length / first.length;
}

/** The first six products that a shopper with this taste views. */
function pathOf(taste: Taste, seed: number): string[] {
  const events = visit(catalog, taste, { random: createRandom(seed), startsAt: 0, length: 30 });
  const views = events.flatMap((event) => (event.type === "view" ? [event.productId] : []));
  return [...new Set(views)].slice(0, 6);
}

/** Navigates to a product like a link, and waits until its view is stored. */
async function interactWith(page: Page, productId: string): Promise<void> {
  await page.evaluate((path) => history.pushState(null, "", path), `/product/${productId}`);
  const isStored = (id: string) =>
    page.evaluate(async (viewed) => {
      const { events } = await window.vitrine.inspect(20);
      return events.some((event) => event.type === "view" && event.productId === viewed);
    }, id);
  await expect.poll(() => isStored(productId)).toBe(true);
}

// Two tests, for two workers.
for (const tastes of [
  [1, 2, 3, 4, 5],
  [6, 7, 8, 9, 10],
]) {
  test(`the For you shelf shifts to each of the tastes ${tastes}`, async ({ page }) => {
    // Pictures do not matter here, and software rendering is slow at them.
    await page.route("**/pictures/**", (route) => route.abort());
    await openShop(page);
    const forAStranger = await cardsOn(page, "for-you");
    for (const seed of tastes) {
      const taste = createTaste(catalog, seed);
      const path = pathOf(taste, seed);
      await page.evaluate(() => window.vitrine.erase());
      for (const productId of path) await interactWith(page, productId);
      await openShop(page);
      await expect(page.getByTestId("learning-status")).toContainText(/you did/);
      const before = precision(taste, forAStranger, path);
      const after = precision(taste, await cardsOn(page, "for-you"), path);
      const about = `precision for ${taste.aisles.join(" and ")}, ${before} before`;
      expect(after, about).toBeGreaterThanOrEqual(0.5);
      expect(after, about).toBeGreaterThan(before + 0.25);
    }
  });
}
