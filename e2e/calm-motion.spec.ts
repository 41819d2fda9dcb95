import { expect, type Page, test } from "playwright/test";
import { openShop } from "./support/shop.ts";

declare global {
  interface Window {
    /** View transitions started so far. */
    fades: number;
  }
}

test("pages cross-fade, filters do not, and nothing animates under prefers-reduced-motion", async ({
  page,
  context,
}) => {
  await context.route("**/pictures/**", (route) => route.abort());
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.addInitScript(() => {
    window.fades = 0;
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (change) => {
      window.fades++;
      return start(change);
    };
  });
  await openShop(page, "/cart");
  await page.getByRole("banner").getByRole("link", { name: "Coffee & Tea" }).click();
  await expect(page).toHaveTitle("Coffee & Tea · Vitrine");
  expect(await fadesOf(page)).toBe(1);
  await page.getByLabel("Sort by").selectOption("price-up");
  await expect(page).toHaveURL(/sort=price-up/);
  expect(await fadesOf(page)).toBe(1);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.getByRole("banner").getByRole("link", { name: "Orders" }).click();
  await expect(page).toHaveTitle("Your orders · Vitrine");
  expect(await fadesOf(page)).toBe(1);
});

function fadesOf(page: Page): Promise<number> {
  return page.evaluate(() => window.fades);
}
