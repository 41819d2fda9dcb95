import { expect, type Page, test } from "playwright/test";
import { openShop } from "./support/shop.ts";

test.beforeEach(({ context }) => context.route("**/pictures/**", (route) => route.abort()));

test("a new shopper sees the page before the shop's script is there, and the same after", async ({
  page,
}) => {
  const shown: string[][] = [];
  for (const path of ["/", "/department/coffee-tea", "/product/fell-2-trail-shoe"]) {
    await openWithoutShop(page, path);
    await expect(page.locator("h1")).toBeVisible();
    shown.push(await wordsOf(page));
    await page.unrouteAll();
    await openShop(page, path);
    await expect(page.locator(".prerendered")).toHaveCount(0);
    expect(await wordsOf(page)).toEqual(shown.at(-1));
  }
  expect(new Set(shown.map(String)).size).toBe(3);
});

test("nobody sees ahead what is not for them", async ({ page }) => {
  await openWithoutShop(page, "/cart");
  await expect(page.locator("header")).toBeVisible();
  await expect(page.locator("main")).toBeHidden();

  await page.evaluate(() => localStorage.setItem("vitrine.returning", "yes"));
  await openWithoutShop(page, "/");
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("article h3").first()).toBeHidden();

  await page.evaluate(() => localStorage.setItem("vitrine.language", "zh"));
  await openWithoutShop(page, "/");
  await expect(page.locator("header")).toBeHidden();
});

test("the shopper's colours are there from the first paint on", async ({ page }) => {
  await openWithoutShop(page, "/");
  await page.evaluate(() => localStorage.setItem("vitrine.theme", "dark"));
  await openWithoutShop(page, "/");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

/** As if the script took its time. */
async function openWithoutShop(page: Page, path: string): Promise<void> {
  await page.route("**/assets/shop-*.js", (route) => route.abort());
  await page.goto(path);
}

/** The heading, and each card's or the product's words. */
function wordsOf(page: Page): Promise<string[]> {
  return page.locator("h1, article").evaluateAll((parts) =>
    // The recommender's reasons come later; a first visit's cards stay.
    parts.slice(0, 9).map((part) => part.querySelector("h3, h1")?.textContent ?? part.textContent),
  );
}
