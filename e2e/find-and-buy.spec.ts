import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openShop } from "./support/shop.ts";

const BLEND = catalog.products[catalog.rowOf("house-filter-blend-1-kg")!]!;

test("a shopper searches for a product, adds it to the cart and buys it", async ({
  page,
  context,
}) => {
  await context.route("**/pictures/**", (route) => route.abort());
  await openShop(page);
  await page.getByRole("combobox", { name: "Search the shop" }).fill("house filter");
  await page.getByRole("option", { name: /House Filter Blend 1 kg/ }).click();
  await expect(page).toHaveTitle("House Filter Blend 1 kg · Vitrine");
  const quantity = page.getByRole("combobox", { name: "Quantity of House Filter Blend 1 kg" });
  await quantity.selectOption("3");
  await page.getByRole("button", { name: "Add to cart", exact: true }).click();
  await expect(page.getByRole("link", { name: "Cart, 3 items" })).toBeVisible();
  await page.getByRole("link", { name: "View cart" }).click();
  await expect(page.getByRole("heading", { name: "Your cart" })).toBeVisible();
  await quantity.selectOption("2");
  const price = (2 * BLEND.priceMinor) / 100;
  await expect(page.getByRole("main")).toContainText(price.toFixed(2));
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toHaveCount(1);
  await page.getByRole("link", { name: "Go to checkout" }).click();
  await page.keyboard.press("F6"); // Keeps the message from closing by itself.
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  await expect(page.getByRole("main")).toBeFocused();
  await expect(undo).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Cart, 0 items" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Orders" }).click();
  await expect(page.getByRole("main")).toContainText("2 pieces");
  const bought = () =>
    page.evaluate(async () => {
      const { events } = await window.vitrine.inspect();
      return events.flatMap((event) => (event.type === "purchase" ? event.items : []));
    });
  await expect.poll(bought).toEqual([{ productId: BLEND.id, quantity: 2 }]);
});
