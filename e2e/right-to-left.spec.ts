import { expect, type Locator, type Page, test } from "playwright/test";
import { NO_SHELF, openShop, shelf } from "./support/shop.ts";

const PATHS = ["/department/coffee-tea", "/product/fell-2-trail-shoe", "/"];

/** The shop speaks no right-to-left language yet; its layout must be ready for one. */
test("the layout works right-to-left, on a phone and on a desktop", async ({ page, context }) => {
  await context.route("**/pictures/**", (route) => route.abort());
  await openShop(page, NO_SHELF);
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
  for (const path of PATHS) {
    await page.evaluate((address) => history.pushState(null, "", address), path);
    await expect(page.getByRole("article").first()).toBeVisible();
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      expect(
        await leftOf(page.getByRole("link", { name: "Vitrine", exact: true })),
      ).toBeGreaterThan(await leftOf(page.getByRole("link", { name: /^Cart/ })));
      expect(await overflowOf(page), `${path} at ${width} px`).toBeLessThanOrEqual(0);
    }
  }
  const cards = shelf(page, "for-you").getByRole("article");
  const first = await leftOf(cards.nth(0));
  expect(first).toBeGreaterThan(await leftOf(cards.nth(1)));
  await shelf(page, "for-you").getByRole("button", { name: /^Next/ }).click();
  await expect.poll(() => leftOf(cards.nth(0))).toBeGreaterThan(first + 50);
});

async function leftOf(element: Locator): Promise<number> {
  return (await element.first().boundingBox())!.x;
}

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
