import { expect, type Page, test } from "playwright/test";
import { cardsOn, look, openShop, shelf } from "./support/shop.ts";

test.beforeEach(({ context }) => context.route("**/pictures/**", (route) => route.abort()));

const TITLES: Record<string, string> = {
  "/": "Home",
  "/department/garden-plants?sale=&sort=rating": "Garden & Plants",
  "/search?q=tea": "Results for “tea”",
  "/product/fell-2-gtx-trail-shoe": "Fell 2 GTX Trail Shoe",
  "/shelf/trending": "Trending now",
  "/cart": "Your cart",
  "/glass/data": "What is stored · The glass room",
  "/orders": "Your orders",
  "/orders/none": "Order not found",
  "/no/such/page": "Page not found",
  "/product/none": "Product not found",
  "/product/100%25": "Product not found",
  "/department/none": "Department not found",
  "/shelf/none": "Page not found",
};

test("every address opens directly and has its own title", async ({ page }) => {
  for (const [address, title] of Object.entries(TITLES)) {
    await page.goto(address, { waitUntil: "commit" });
    await expect(page).toHaveTitle(`${title} · Vitrine`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  }
  await page.getByRole("link", { name: "Go to the home page" }).click();
  await expect(page).toHaveTitle("Home · Vitrine");
});

test("back, forward and reload restore the page and its scroll position", async ({ page }) => {
  await openShop(page);
  await look(page, "fell-2-trail-shoe");
  await openShop(page);
  // Shelves that appear above the position would move it, to keep what the shopper reads in view.
  for (const name of ["new", "recently-viewed"]) await cardsOn(page, name);
  await page.evaluate(() => scrollTo(0, 1500));
  await expect.poll(() => keptScroll(page)).toBe(1500);
  await followDepartment(page, "Pets");
  await expect(page).toHaveTitle("Pets · Vitrine");
  await expect.poll(() => scrollOf(page)).toBe(0);

  await page.goBack();
  await expect(page).toHaveTitle("Home · Vitrine");
  expect(await scrollOf(page)).toBe(1500); // At once, before its shelves are there.
  await cardsOn(page, "recently-viewed");
  expect(await scrollOf(page)).toBe(1500);

  await page.goForward();
  await expect(page).toHaveTitle("Pets · Vitrine");
  await expect.poll(() => scrollOf(page)).toBe(0);
  await page.goBack();
  await page.reload();
  await cardsOn(page, "recently-viewed");
  await expect.poll(() => scrollOf(page)).toBe(1500);
});

test("a shelf restores its scroll position", async ({ page }) => {
  await openShop(page);
  const [first] = await cardsOn(page, "trending");
  const row = shelf(page, "trending").getByRole("list");
  await row.evaluate((list) => list.scrollTo({ left: 400 })); // It snaps to a card near there.
  await expect.poll(() => page.evaluate(() => history.state?.rows?.trending)).toBeGreaterThan(300);
  const place = await row.evaluate((list) => Math.round(list.scrollLeft));
  await followDepartment(page, "Pets");
  await page.goBack();
  await expect.poll(async () => (await cardsOn(page, "trending"))[0]).toBe(first);
  await expect.poll(() => row.evaluate((list) => Math.round(list.scrollLeft))).toBe(place);
});

test("typing a search does not scroll, a new search starts at the top, and back restores the position", async ({
  page,
}) => {
  await openShop(page, "/search?q=tea");
  await expect(page.getByRole("article").nth(12)).toBeVisible();
  await page.mouse.wheel(0, 500);
  await expect.poll(() => keptScroll(page)).toBe(500);
  const box = page.getByRole("combobox", { name: "Search the shop" });
  await box.click();
  await box.fill("");
  await box.pressSequentially("coffee");
  await expect(page.getByRole("listbox")).toBeVisible();
  expect(await scrollOf(page)).toBe(500);
  await box.press("Enter");
  await expect(page).toHaveTitle("Results for “coffee” · Vitrine");
  await expect.poll(() => scrollOf(page)).toBe(0);
  await expect(page.locator("main")).toBeFocused();
  const entries = await page.evaluate(() => history.length);
  await box.press("Enter"); // The same search again adds no history entry.
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await page.goBack();
  await expect(page).toHaveTitle("Results for “tea” · Vitrine");
  await expect.poll(() => scrollOf(page)).toBe(500);
});

function scrollOf(page: Page): Promise<number> {
  return page.evaluate(() => scrollY);
}

function keptScroll(page: Page): Promise<number | undefined> {
  return page.evaluate(() => history.state?.place?.scrollY);
}

/** Without Playwright's own scrolling to the link. */
async function followDepartment(page: Page, name: string): Promise<void> {
  const link = page.getByRole("banner").getByRole("link", { name });
  await link.evaluate((element: HTMLElement) => element.click());
}

test("each version of a product has its own page", async ({ page, context }) => {
  await context.unroute("**/pictures/**"); // If a close-up does not load, the whole picture replaces it.
  await openShop(page, "/product/fell-2-trail-shoe");
  await page.getByRole("link", { name: /^Fell 2 GTX Trail Shoe/ }).click();
  await expect(page).toHaveURL("/product/fell-2-gtx-trail-shoe");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fell 2 GTX Trail Shoe");
  await page.getByRole("button", { name: "Closer" }).click();
  await expect(page.getByRole("img", { name: /running shoe/ })).toHaveAttribute("src", /@close/);
});

test("a product's category, brand and rating are links", async ({ page }) => {
  await openShop(page, "/product/hand-grinder-s38");
  const main = page.locator("main");
  const results = page.getByRole("region", { name: "Products" });
  await main
    .getByRole("link", { name: /of 5 stars/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Reviews" })).toBeInViewport();
  await main.getByRole("link", { name: "Brewline", exact: true }).click();
  await expect(page).toHaveTitle("Results for “Brewline” · Vitrine");
  await page.goBack();
  const path = page.getByRole("navigation", { name: "You are here" });
  await path.getByRole("link").last().click();
  await expect(page).toHaveURL(/\/department\/coffee-tea\?category=/);
  await expect(results.getByRole("link", { name: "Hand Grinder S38" })).toBeVisible();
});
