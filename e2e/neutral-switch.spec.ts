import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import {
  cardsOn,
  openShop,
  returnAfterViewing,
  shelf,
  statusOf,
  storedEvents,
} from "./support/shop.ts";

test("the slider makes the shelf neutral and personal again, at once and for later visits", async ({
  page,
}) => {
  await returnAfterViewing(
    page,
    catalog.products.slice(0, 3).map(({ id }) => id),
  );
  const personal = await cardsOn(page, "for-you");
  const slider = page.getByRole("slider", { name: "How personal the shelves are" });
  await slider.fill("0");
  await expect.poll(() => cardsOn(page, "for-you")).not.toEqual(personal);
  for (const reason of await shelf(page, "for-you").locator("article").allTextContents()) {
    expect(reason).toContain("Popular with other shoppers");
  }
  await openShop(page);
  await expect(slider).toHaveValue("0");
  await slider.fill("1");
  await expect.poll(() => cardsOn(page, "for-you")).toEqual(personal);
});

test("nothing is recorded while paused, and a guest visit leaves no trace", async ({ page }) => {
  await returnAfterViewing(page, [catalog.products[0]!.id]);
  const before = await storedEvents(page);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect.poll(async () => (await statusOf(page)).recording.to).toBe("nowhere");
  await page
    .getByRole("button", { name: /^Add to cart/ })
    .first()
    .click();
  expect(await storedEvents(page)).toBe(before);
  await page.getByRole("button", { name: "Resume", exact: true }).click();
  await expect.poll(async () => (await statusOf(page)).recording.to).toBe("browser");

  await page.getByRole("button", { name: "Guest visit" }).click();
  await expect(page.getByRole("link", { name: "Cart, 0 items" })).toBeVisible();
  await expect.poll(async () => (await statusOf(page)).interactions).toBe(0);
  await page
    .getByRole("button", { name: /^Add to cart/ })
    .first()
    .click();
  await expect.poll(async () => (await statusOf(page)).interactions).toBe(1);
  await openShop(page);
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
  const events = await page.evaluate(async () => (await window.vitrine.inspect()).events);
  expect(events.filter(({ type }) => type === "add_to_cart")).toEqual([]);
});
