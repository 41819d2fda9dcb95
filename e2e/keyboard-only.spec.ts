import { expect, type Locator, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { NO_SHELF, openShop, shelf } from "./support/shop.ts";

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

test("the glass room by keyboard alone: every control has its turn, and deleting keeps the place", async ({
  page,
}) => {
  await openShop(page, NO_SHELF);
  await page.evaluate(
    (productIds) =>
      window.vitrine.observe(productIds.map((productId) => ({ type: "view", productId }))),
    catalog.products.slice(0, 3).map(({ id }) => id),
  );
  await openShop(page, "/glass/data");
  const main = page.getByRole("main");
  const rows = main.locator("[data-seq]");
  await expect(rows).toHaveCount(3);
  await tabThrough(page, main);
  const controls = main.locator("a[href], button, input, select, summary");
  expect(await controls.count()).toBeGreaterThan(30);
  // The second radio button is reached by an arrow.
  await expect(controls.and(main.locator(":not([data-reached])"))).toHaveCount(1);

  const deleteIn = (at: number) => rows.nth(at).getByRole("button", { name: /^Delete/ });
  const middle = await rows.nth(1).getAttribute("data-seq");
  const after = page.locator(`[data-seq="${await rows.nth(2).getAttribute("data-seq")}"]`);
  await deleteIn(1).focus();
  await page.keyboard.press("Enter");
  await expect(rows.nth(1).getByRole("button", { name: "Keep" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(deleteIn(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator(`[data-seq="${middle}"]`)).toHaveCount(0);
  const next = after.getByRole("button").first();
  await expect(next).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(after.getByRole("button", { name: /^Let it count again/ })).toBeFocused();
  const pause = main.getByRole("button", { name: "Pause" });
  await pause.focus();
  await page.keyboard.press("Enter");
  await expect(main.getByRole("button", { name: "Go on recording" })).toBeFocused();
});

/** Presses the tab key through an element, from its first link on, and marks what it reaches. */
async function tabThrough(page: Page, element: Locator): Promise<void> {
  await element.getByRole("link").first().focus();
  const reach = (one: Element) => {
    const reached = document.activeElement!;
    if (!one.contains(reached)) return "outside";
    reached.setAttribute("data-reached", "");
    return getComputedStyle(reached).outlineStyle;
  };
  for (let outline = await element.evaluate(reach); outline !== "outside"; ) {
    expect(outline).not.toBe("none");
    await page.keyboard.press("Tab");
    outline = await element.evaluate(reach);
  }
}

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
