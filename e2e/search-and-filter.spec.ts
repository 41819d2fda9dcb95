import { expect, type Page, test } from "playwright/test";
import { look, openShop } from "./support/shop.ts";

function shownIds(page: Page): Promise<string[]> {
  return page
    .getByRole("region", { name: "Products" })
    .locator("[data-product-id]")
    .evaluateAll((cards) => cards.map((card) => card.getAttribute("data-product-id")!));
}

test("a mistyped search suggests while one types, finds, and is recorded", async ({ page }) => {
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
  await expect(page.getByText("these are results for “headphones”")).toBeVisible();
  await expect.poll(() => shownIds(page)).toContain("aural-one-headphones");
  // Impressions of what was seen on the way are stored, too.
  const searches = () =>
    page.evaluate(async () => {
      const { events } = await window.vitrine.inspect();
      return events.flatMap((event) => (event.type === "search" ? [event.query] : []));
    });
  await expect.poll(searches).toEqual(["hedphones"]);
});

test("results follow the shopper's taste, and everybody's order at a press", async ({ page }) => {
  await openShop(page);
  await look(page, "bud-sport-earphones");
  await look(page, "bud-sport-earphones");
  await openShop(page, "/search?q=headphones");
  await expect.poll(async () => (await shownIds(page))[0]).toBe("bud-sport-earphones");
  await expect(page.getByText("You looked at it 2 times")).toBeVisible();
  await page.getByRole("switch", { name: "Personal order" }).click();
  await expect.poll(async () => (await shownIds(page))[0]).toBe("aural-one-headphones");
  await expect(page).toHaveURL(/sort=relevance/);
  await expect(page.getByText("You looked at it 2 times")).toBeHidden();
});

test("facets narrow a department, count what is left, and go back with the browser", async ({
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
  await expect(page.getByText("No product passes all of these filters.")).toBeVisible();
});
