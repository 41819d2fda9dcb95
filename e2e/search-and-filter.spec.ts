import { expect, type Page, test } from "playwright/test";
import { look, openShop } from "./support/shop.ts";

function shownIds(page: Page): Promise<string[]> {
  return page
    .getByRole("region", { name: "Products" })
    .locator("[data-product-id]")
    .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-product-id")!));
}

test("a misspelled search shows suggestions, finds products and is not stored", async ({
  page,
}) => {
  await openShop(page);
  const box = page.getByRole("combobox", { name: "Search the shop" });
  await box.fill("hedphones");
  const options = page.getByRole("option");
  await expect(options.first()).toContainText("Aural");
  await box.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await box.press("ArrowUp");
  await box.press("Enter");
  await expect(page).toHaveURL("/search?q=hedphones");
  await expect(page).toHaveTitle("Results for “hedphones” · Vitrine");
  await expect(page.getByText("Showing results for “headphones”")).toBeVisible();
  await expect.poll(() => shownIds(page)).toContain("aural-one-headphones");
  const stored = await page.evaluate(async () => {
    await window.vitrine.observe({ type: "search", query: "hedphones" });
    await window.vitrine.observe({ type: "view", productId: "aural-one-headphones" });
    return (await window.vitrine.inspect()).events;
  });
  expect(stored.map(({ type }) => type)).toContain("view");
  expect(JSON.stringify(stored)).not.toContain("hedphones");
});

test("the search box keeps its text, and the last suggestion leads to all results", async ({
  page,
}) => {
  await openShop(page);
  const box = page.getByRole("combobox", { name: "Search the shop" });
  const list = page.getByRole("listbox", { name: "Suggestions" });
  const options = list.getByRole("option");
  await box.fill("kofee");
  await expect(options.first().locator("mark")).toHaveText("Coffee");
  await box.press("Escape");
  await expect(list).toBeHidden();
  await expect(box).toHaveAttribute("aria-expanded", "false");
  await expect(box).toHaveValue("kofee");
  await box.press("Tab");
  await expect(box).not.toBeFocused();
  await expect(box).toHaveValue("kofee");
  await box.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await box.press("ArrowUp");
  await box.press("ArrowUp");
  const all = page.getByRole("option", { name: "See all results for “kofee”" });
  await expect(all).toHaveAttribute("aria-selected", "true");
  await expect(box).toHaveAttribute("aria-activedescendant", (await all.getAttribute("id"))!);
  await box.press("Enter");
  await expect(page).toHaveURL("/search?q=kofee");
  await expect(page.getByText("Showing results for “coffee”")).toBeVisible();
  await expect(box).toHaveValue("kofee");
  await box.fill("tent");
  await box.blur();
  await expect(list).toBeHidden();
  await expect(box).toHaveValue("tent");
  await page.goBack();
  await expect(box).toHaveValue("");
  await page.goForward();
  await expect(box).toHaveValue("kofee");
  await box.press("Escape");
  await expect(box).toHaveValue("");
});

test("results are personalized, and a switch restores the common order", async ({ page }) => {
  await openShop(page);
  await look(page, "scree-light-trail-shoe");
  await look(page, "scree-light-trail-shoe");
  await openShop(page, "/search?q=shoe");
  await expect.poll(async () => (await shownIds(page))[0]).toBe("scree-light-trail-shoe");
  await expect(page.getByText("You looked at it 2 times")).toBeVisible();
  await page.getByRole("switch", { name: "Personalized order" }).click();
  await expect.poll(async () => (await shownIds(page))[0]).toBe("strider-basic-road-shoe");
  await expect(page).toHaveURL(/sort=relevance/);
  await expect(page.getByText("You looked at it 2 times")).toBeHidden();
});

test("facets filter a department, count the remaining products, and follow browser history", async ({
  page,
}) => {
  await openShop(page, "/department/running-fitness");
  const filters = page.getByRole("region", { name: "Filters" });
  const status = page.getByRole("region", { name: "Products" }).getByRole("status");
  await expect(status).toHaveText("22 products");
  await filters.getByRole("checkbox", { name: /^Pacewell 4$/ }).check();
  await expect(status).toHaveText("4 products");
  await filters.getByRole("spinbutton", { name: "To" }).fill("100");
  await filters.getByRole("spinbutton", { name: "To" }).press("Enter");
  await expect(page).toHaveURL("/department/running-fitness?brand=Pacewell&to=100");
  await expect
    .poll(() => shownIds(page))
    .toEqual(expect.arrayContaining(["scree-light-trail-shoe", "split-run-shorts"]));
  await expect(status).toHaveText("2 products");
  await page.goBack();
  await expect(status).toHaveText("4 products");
  await page.getByRole("button", { name: "Remove filter: Pacewell" }).click();
  await expect(status).toHaveText("22 products");
  await page.getByLabel("Sort by").selectOption("price-up");
  await page.reload();
  await expect(page.getByLabel("Sort by")).toHaveValue("price-up");
  await filters.getByRole("spinbutton", { name: "From" }).fill("5000");
  await filters.getByRole("spinbutton", { name: "From" }).press("Enter");
  await expect(page.getByText("No products match these filters.")).toBeVisible();
});

test("a control that disappears when pressed passes its focus on", async ({ page }) => {
  await openShop(page, "/search?q=a&in-stock&rating=3&from=1");
  const remove = (filter: string) =>
    page.getByRole("button", { name: `Remove filter: ${filter}`, exact: true });
  const status = page.getByRole("region", { name: "Products" }).getByRole("status");
  await remove("3 stars & up").press("Enter");
  await expect(remove("In stock")).toBeFocused();
  await remove("In stock").press("Enter");
  await expect(remove("From €1.00")).toBeFocused();
  await remove("From €1.00").press("Enter");
  await expect(status).toBeFocused();
  const cards = page.getByRole("region", { name: "Products" }).getByRole("article");
  await expect(status).toHaveText("139 products");
  for (const shown of [48, 96]) {
    await page.getByRole("button", { name: `Show more (${shown} of 139)` }).press("Enter");
    await expect(cards.nth(shown).getByRole("link")).toBeFocused();
  }
  await expect(cards).toHaveCount(139);
  await openShop(page, "/search?q=a&from=5000");
  const notice = page.getByText("No products match these filters.").locator("..");
  await notice.getByRole("button").press("Enter");
  await expect(status).toBeFocused();
});

test("a long facet shows eight options and the chosen ones, and the rest on request", async ({
  page,
}) => {
  await openShop(page, "/search?q=a");
  const brands = page.getByRole("group", { name: "Brand" });
  const boxes = brands.getByRole("checkbox");
  await expect(boxes).toHaveCount(8);
  const toggle = brands.getByRole("button");
  await expect(toggle).toHaveText(/^Show all \d+$/);
  await expect(toggle).toHaveAttribute("aria-expanded", "false");
  await toggle.press("Enter");
  await expect(toggle).toHaveAttribute("aria-expanded", "true");
  await expect(boxes.nth(8)).toBeFocused();
  await boxes.last().check();
  await toggle.press("Enter");
  await expect(boxes).toHaveCount(9);
  await expect(boxes.last()).toBeChecked();
  await boxes.last().uncheck();
  await expect(boxes.last()).toBeFocused();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test("open filters count the remaining products and link to them", async ({ page }) => {
    await openShop(page, "/department/running-fitness");
    const toggle = page.getByRole("button", { name: "Filters" });
    await toggle.click();
    const show = page.getByRole("button", { name: "Show 22 products" });
    await expect(show).toBeInViewport({ ratio: 1 });
    await page.getByRole("checkbox", { name: /^Pacewell 4$/ }).check();
    const showFour = page.getByRole("button", { name: "Show 4 products" });
    await expect(showFour).toBeInViewport({ ratio: 1 });
    await showFour.press("Enter");
    await expect(page.getByRole("button", { name: "Filters (1)" })).toHaveAttribute(
      "aria-expanded",
      "false",
    );
    const status = page.getByRole("region", { name: "Products" }).getByRole("status");
    await expect(status).toBeFocused();
    const { y } = (await status.boundingBox())!;
    const box = (await page.getByRole("search").boundingBox())!;
    expect(y).toBeGreaterThan(box.y + box.height);
    await expect(page.getByRole("article").first()).toBeInViewport();
  });
});
