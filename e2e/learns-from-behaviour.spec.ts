import { expect, test } from "playwright/test";
import { createRandom } from "../src/engine/random.ts";
import { createTaste, suits, type Taste, visit } from "../src/testing/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, look, openShop } from "./support/shop.ts";

const TASTES = 10;

/** Share of cards that are to a shopper's taste. */
function shareOf(taste: Taste, productIds: string[]): number {
  const suiting = productIds.filter((id) => suits(taste, catalog.products[catalog.rowOf(id)!]!));
  return suiting.length / productIds.length;
}

/** Products a shopper of this taste turns to on their first visit. */
function pathOf(taste: Taste, seed: number): string[] {
  const events = visit(catalog, taste, { random: createRandom(seed), startsAt: 0, length: 8 });
  const views = events.flatMap((event) => (event.type === "view" ? [event.productId] : []));
  return [...new Set(views)].slice(0, 6);
}

for (let seed = 1; seed <= TASTES; seed++) {
  test(`the For you shelf shifts to taste ${seed}`, async ({ page }) => {
    const taste = createTaste(catalog, seed);
    await openShop(page);
    const before = shareOf(taste, await cardsOn(page, "for-you"));
    for (const productId of pathOf(taste, seed)) await look(page, productId);
    await openShop(page);
    await expect(page.getByTestId("learning-status")).toContainText(/event/);
    const after = shareOf(taste, await cardsOn(page, "for-you"));
    expect(
      after,
      `share of ${taste.aisles.join(" and ")}, ${before} before`,
    ).toBeGreaterThanOrEqual(0.5);
    expect(after).toBeGreaterThan(before + 0.25);
  });
}
