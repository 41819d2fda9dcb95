import { expect, test } from "playwright/test";
import { STRATEGIES } from "../src/engine/shelfRequest.ts";
import { cardsOn, openShop, shelf, storedEvents } from "./support/shop.ts";

test("a card waved away stays away, unless that is taken back", async ({ page }) => {
  await openShop(page);
  const [first, second] = await cardsOn(page, "for-you");
  const cards = shelf(page, "for-you").getByRole("listitem");
  for (const place of [0, 1]) {
    await cards
      .nth(place)
      .getByRole("button", { name: /^Not for me/ })
      .click();
    await expect(cards.nth(place)).toContainText("You will not see this again");
  }
  await cards.nth(1).getByRole("button", { name: /^Undo/ }).click();
  await expect(cards.nth(1).getByRole("article")).toHaveAttribute("data-product-id", second!);
  await expect.poll(() => storedEvents(page)).toBeGreaterThanOrEqual(3);
  await openShop(page);
  const ids = await cardsOn(page, "for-you");
  expect(ids).not.toContain(first);
  const onAnyShelf = await page.evaluate(async (strategies) => {
    const shelves = await Promise.all(
      strategies.map((strategy) => window.vitrine.recommend({ strategy, limit: 200 })),
    );
    return shelves.flatMap(({ cards }) => cards.map(({ productId }) => productId));
  }, STRATEGIES);
  expect(onAnyShelf).toContain(second);
  expect(onAnyShelf).not.toContain(first);
});
