import { expect, test } from "playwright/test";
import { openShop } from "./support/shop.ts";

test("what was found and bought is listed, rated and bought again", async ({ page }) => {
  await openShop(page, "/search?q=house+filter");
  await page.getByRole("link", { name: "House Filter Blend 1 kg" }).click();
  await page.getByRole("button", { name: "Add to cart", exact: true }).click();
  await page.getByRole("link", { name: "Cart, 1 item" }).click();
  await page.getByRole("link", { name: "Go to checkout" }).click();
  await page.getByRole("button", { name: "Place order" }).click();
  await page.getByRole("main").getByRole("link", { name: "Orders" }).click();
  await expect(page).toHaveTitle("Your orders · Vitrine");
  const rating = page.getByRole("group", { name: "Your rating of House Filter Blend 1 kg" });
  await rating.getByRole("radio", { name: "4 stars" }).press("Space");
  await expect(page.getByText("You gave House Filter Blend 1 kg 4 of 5 stars.")).toBeVisible();
  await page.getByRole("button", { name: "Buy again: House Filter Blend 1 kg" }).click();
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
  await page.reload();
  await expect(rating.getByRole("radio", { name: "4 stars" })).toBeChecked();
  await expect
    .poll(() =>
      page.evaluate(async () => (await window.vitrine.inspect()).events.map(({ type }) => type)),
    )
    .toEqual(expect.arrayContaining(["search", "view", "purchase", "rate"]));
});
