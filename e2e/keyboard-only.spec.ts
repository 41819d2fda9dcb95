import { expect, type Locator, type Page, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { NO_SHELF, openShop, shelf } from "./support/shop.ts";

const CUP = catalog.products.find(({ stock }) => (stock ?? 0) > 10)!;

test.beforeEach(({ context }) => context.route("**/pictures/**", (route) => route.abort()));

test("the keyboard alone is enough to place an order from the home page", async ({ page }) => {
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

test("the interests are one tab stop, with arrow keys between them", async ({ page }) => {
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

test("one key moves to a message and back, and closing it returns the focus", async ({ page }) => {
  await openShop(page, `/product/${CUP.id}`);
  const add = page.getByRole("button", { name: "Add to cart", exact: true }).first();
  const undo = page.getByRole("button", { name: "Undo" });
  await add.press("Enter");
  await expect(undo).toHaveAttribute("aria-keyshortcuts", "F6");
  await page.keyboard.press("F6");
  await expect(undo).toBeFocused();
  await page.keyboard.press("F6");
  await expect(add).toBeFocused();
  await page.keyboard.press("F6");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Close", exact: true })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(undo).toHaveCount(0);
  await expect(add).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("F6");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
  await expect(undo).toHaveCount(0);
  await expect(add).toBeFocused();
});

test("a message stays while it is hovered or focused", async ({ page }) => {
  await page.clock.install();
  await openShop(page, `/product/${CUP.id}`);
  const add = page.getByRole("button", { name: "Add to cart", exact: true }).first();
  const undo = page.getByRole("button", { name: "Undo" });
  const wait = () => page.clock.fastForward(60_000);
  await add.press("Enter");
  await undo.focus();
  await wait();
  await expect(undo).toBeFocused();
  await undo.hover();
  await add.focus();
  await wait();
  await expect(undo).toBeVisible();
  await page.getByRole("heading", { level: 1 }).hover();
  await expect(undo).toBeVisible();
  await wait();
  await expect(undo).toHaveCount(0);
  await expect(add).toBeFocused();
});

test("removing an item leaves the focus next to it", async ({ page }) => {
  await openShop(page, "/nowhere");
  const [first, second] = catalog.products.filter(({ stock }) => stock !== 0);
  await page.evaluate(
    ([one, other]) => {
      const cart = [one, other].map((productId) => ({ productId, quantity: 1 }));
      const kept = { cart, wishlist: [one, other] };
      localStorage.setItem("vitrine.shop", JSON.stringify(kept));
    },
    [first!.id, second!.id],
  );
  const main = page.getByRole("main");

  await openShop(page, "/cart");
  const remove = main.getByRole("button", { name: /^Remove / });
  await remove.first().press("Enter");
  await expect(remove).toHaveCount(1);
  await expect(remove).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Your cart" })).toBeFocused();
  await page.keyboard.press("F6");
  await page.keyboard.press("Enter");
  await expect(main.getByRole("link", { name: second!.title })).toBeVisible();
  await expectFocusIn(page, main);

  await openShop(page, "/wishlist");
  const unsave = main.getByRole("button", { name: /^Remove from wishlist/ });
  await unsave.first().press("Enter");
  await expect(main.getByRole("link", { name: second!.title })).toBeFocused();
  await main.getByRole("button", { name: /^Not for me/ }).press("Enter");
  await expect(main.getByRole("button", { name: /^Undo/ })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(main.getByRole("link", { name: second!.title })).toBeFocused();
  await unsave.press("Enter");
  await expect(page.getByRole("heading", { name: "Wishlist" })).toBeFocused();
});

test("every control of the glass room is reachable by keyboard, and deleting keeps the place", async ({
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
  await expect(after.getByRole("button", { name: /^Stop ignoring/ })).toBeFocused();
  const pause = main.getByRole("button", { name: "Pause" });
  await pause.focus();
  await page.keyboard.press("Enter");
  await expect(main.getByRole("button", { name: "Resume recording" })).toBeFocused();
});

async function expectFocusIn(page: Page, element: Locator): Promise<void> {
  const isIn = () => element.evaluate((one) => one.contains(document.activeElement));
  await expect.poll(isIn).toBe(true);
  await expect(page.locator("body")).not.toBeFocused();
}

/** Tabs through an element from its first link on, and marks each element it reaches. */
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

/** Tabs until the element has the focus, and checks that the focus is visible. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  const isFocused = () => element.evaluate((one) => one === document.activeElement);
  for (let presses = 0; presses < 40 && !(await isFocused()); presses++) {
    await page.keyboard.press("Tab");
  }
  await expect(element).toBeFocused();
  const outline = await element.evaluate((one) => getComputedStyle(one).outlineStyle);
  expect(outline).toBe("solid");
}
