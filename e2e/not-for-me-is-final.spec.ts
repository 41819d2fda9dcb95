import { expect, test } from "playwright/test";
import { STRATEGIES } from "../src/engine/ranking/shelfRequest.ts";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, openShop, shelf, statusOf, storedEvents } from "./support/shop.ts";

const PRODUCT = catalog.products[0]!;

test("a dismissed card stays away until the shopper undoes it", async ({ page }) => {
  await openShop(page);
  const [first, second] = await cardsOn(page, "for-you");
  const cards = shelf(page, "for-you").getByRole("listitem");
  for (const place of [0, 1]) {
    await cards
      .nth(place)
      .getByRole("button", { name: /^Not for me/ })
      .click();
    await expect(cards.nth(place)).toContainText("We won't recommend this again");
  }
  const notes = page.getByText(/^We won't recommend .+ again\. Press F6/);
  await expect(notes).toHaveCount(2);
  await cards.nth(1).getByRole("button", { name: /^Undo/ }).click();
  await expect(notes).toHaveCount(1);
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

test("the page of a dismissed product says so and can undo it", async ({ page }) => {
  await openShop(page, `/product/${PRODUCT.id}`);
  const notForMe = page.getByRole("main").getByRole("button", { name: "Not for me", exact: true });
  await expect(notForMe).toHaveAttribute("aria-pressed", "false");
  await notForMe.click();
  await expect(notForMe).toHaveAttribute("aria-pressed", "true");
  const hidden = async () => (await statusOf(page)).hidden;
  await expect.poll(hidden).toEqual([PRODUCT.id]);
  await openShop(page, `/product/${PRODUCT.id}`);
  await expect(notForMe).toHaveAttribute("aria-pressed", "true");
  await notForMe.click();
  await expect(notForMe).toHaveAttribute("aria-pressed", "false");
  await expect.poll(hidden).toEqual([]);
});
