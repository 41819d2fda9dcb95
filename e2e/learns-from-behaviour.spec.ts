import { expect, test } from "playwright/test";
import { createRandom } from "../src/engine/random.ts";
import { createTaste, suits, type Taste, visit } from "../src/testing/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, look, openShop } from "./support/shop.ts";

const TASTES = 10;

/**
 * R-precision: of the first R cards, the share that is to a shopper's taste, where R is how many such
 * products there are to find (looked at ones stand on another shelf).
 */
function precision(taste: Taste, cards: string[], seen: string[]): number {
  const suiting = catalog.products.filter(
    (product) => suits(taste, product) && product.stock !== 0,
  );
  const ids = new Set(suiting.map(({ id }) => id).filter((id) => !seen.includes(id)));
  const first = cards.slice(0, ids.size);
  return first.filter((id) => ids.has(id)).length / first.length;
}

/** The first six products a shopper of this taste turns to. */
function pathOf(taste: Taste, seed: number): string[] {
  const events = visit(catalog, taste, { random: createRandom(seed), startsAt: 0, length: 30 });
  const views = events.flatMap((event) => (event.type === "view" ? [event.productId] : []));
  return [...new Set(views)].slice(0, 6);
}

for (let seed = 1; seed <= TASTES; seed++) {
  test(`the For you shelf shifts to taste ${seed}`, async ({ page }) => {
    const taste = createTaste(catalog, seed);
    // Pictures are no matter here, and software rendering takes its time over them.
    await page.route("**/pictures/**", (route) => route.abort());
    await openShop(page);
    const path = pathOf(taste, seed);
    const before = precision(taste, await cardsOn(page, "for-you"), path);
    for (const productId of path) await look(page, productId);
    await openShop(page);
    await expect(page.getByTestId("learning-status")).toContainText(/event/);
    const after = precision(taste, await cardsOn(page, "for-you"), path);
    expect(
      after,
      `precision for ${taste.aisles.join(" and ")}, ${before} before`,
    ).toBeGreaterThanOrEqual(0.5);
    expect(after).toBeGreaterThan(before + 0.25);
  });
}
