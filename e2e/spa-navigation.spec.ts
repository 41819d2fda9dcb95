import { expect } from "playwright/test";
import { FRONT } from "./shops/shop.ts";
import { spaShop } from "./shops/spaShop.ts";
import { cardsOn, shelf, storedEvents, test, viewStored } from "./support/shopSite.ts";

test("client-side navigation counts as a page, and a persistent shelf is refilled", async ({
  page,
  openSite,
}) => {
  const { origin, requests } = await openSite(spaShop);
  await page.goto(origin);
  const before = await cardsOn(page, "for-you");
  for (const { id, title } of FRONT.slice(0, 3)) {
    await page.locator("#view").getByRole("link", { name: title, exact: true }).click();
    await viewStored(page, id);
    // The product that the page is about now is not recommended on it.
    await expect(shelf(page, "for-you").locator(`li[data-product-id="${id}"]`)).toHaveCount(0);
    await page.goBack();
  }
  const reasons = shelf(page, "for-you").locator("[part=reason]");
  await expect(reasons.filter({ hasText: FRONT[2]!.title }).first()).toBeVisible();
  expect(await cardsOn(page, "for-you")).not.toEqual(before);
  const views = (await storedEvents(page)).filter(({ type }) => type === "view");
  expect(views).toHaveLength(3);
  expect(requests.filter((path) => path.endsWith(".html"))).toEqual([]);
});
