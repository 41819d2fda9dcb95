import { expect, type Page, test } from "playwright/test";
import { openShop } from "./support/shop.ts";

test.beforeEach(({ context }) => context.route("**/pictures/**", (route) => route.abort()));

test("a new shopper sees the page before the shop's script loads, and the same page after", async ({
  page,
}) => {
  const shown: string[][] = [];
  for (const path of ["/", "/department/coffee-tea", "/product/fell-2-trail-shoe"]) {
    await openWithoutShop(page, path);
    await expect(page.locator("h1")).toBeVisible();
    const ahead = await wordsOf(page);
    shown.push(ahead);
    await page.unrouteAll();
    await openShop(page, path);
    await expect(page.locator(".prerendered")).toHaveCount(0);
    // More shelves may have appeared below.
    expect((await wordsOf(page)).slice(0, ahead.length)).toEqual(ahead);
  }
  expect(new Set(shown.map(String)).size).toBe(3);
});

test("prerendered content never shows what a shopper must not see", async ({ page }) => {
  await openWithoutShop(page, "/cart");
  await expect(page.locator("header").first()).toBeVisible();
  await expect(page.locator("main")).toBeHidden();

  await page.evaluate(() => localStorage.setItem("vitrine.returning", "yes"));
  await openWithoutShop(page, "/");
  await expect(page.locator("h1")).toBeVisible();
  await expect(page.locator("article h3").first()).toBeHidden();

  await page.evaluate(() => localStorage.setItem("vitrine.language", "zh"));
  await openWithoutShop(page, "/");
  await expect(page.locator("header").first()).toBeHidden();
});

test("the shopper's theme applies from the first paint", async ({ page }) => {
  await openWithoutShop(page, "/");
  await page.evaluate(() => localStorage.setItem("vitrine.theme", "dark"));
  await openWithoutShop(page, "/");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});

/** Delays the script. */
async function openWithoutShop(page: Page, path: string): Promise<void> {
  await page.route("**/assets/shop-*.js", (route) => route.abort());
  await page.goto(path);
}

/** The headings of the page, its shelves and its cards. */
function wordsOf(page: Page): Promise<string[]> {
  return page.locator("main").locator("h1, h2, h3").allTextContents();
}
