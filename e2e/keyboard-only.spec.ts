import { expect, type Locator, type Page, test } from "playwright/test";
import { openShop, shelf } from "./support/shop.ts";

test.beforeEach(({ context }) => context.route("**/pictures/**", (route) => route.abort()));

test("from the home page to an order, by keyboard alone", async ({ page }) => {
  await openShop(page);
  await expect(page.getByRole("banner")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, shelf(page, "for-you").getByRole("article").first().getByRole("link"));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/product\//);
  await tabTo(page, page.getByRole("button", { name: "Add to cart", exact: true }).first());
  await page.keyboard.press("Enter");
  await expect(page.getByText(/is in your cart/)).toBeVisible();
  await page.getByRole("link", { name: "Cart, 1 item" }).focus();
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("link", { name: "Go to checkout" }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Place order" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Cart, 0 items" })).toBeVisible();
  const bought = await page.evaluate(async () => {
    const { events } = await window.vitrine.inspect();
    return events.find(({ type }) => type === "purchase");
  });
  expect(bought).toMatchObject({ items: [{ quantity: 1 }] });
});

test("what one likes is one stop for the tab key, with arrows between", async ({ page }) => {
  await openShop(page);
  const choices = page.getByRole("toolbar", { name: "What do you like?" }).getByRole("button");
  await choices.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(choices.nth(1)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(choices.nth(1)).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("End");
  await expect(choices.last()).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("slider", { name: "How personal the shelves are" })).toBeFocused();
});

/** Presses the tab key until the element has the focus, and sees that it shows it. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  const isFocused = () => element.evaluate((one) => one === document.activeElement);
  for (let presses = 0; presses < 40 && !(await isFocused()); presses++) {
    await page.keyboard.press("Tab");
  }
  await expect(element).toBeFocused();
  const outline = await element.evaluate((one) => getComputedStyle(one).outlineStyle);
  expect(outline).toBe("solid");
}
