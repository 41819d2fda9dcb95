import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, look, openShop, shelf, storedEvents } from "./support/shop.ts";

const MUG = catalog.products.find(({ stock }) => (stock ?? 0) > 10)!;

test("the wishlist saves a product and removes it again", async ({ page }) => {
  await openShop(page, `/product/${MUG.id}`);
  await page.getByRole("button", { name: "Wishlist", exact: true }).click();
  await page.getByRole("banner").getByRole("link", { name: "Wishlist" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wishlist");
  await page.reload();
  await page.getByRole("button", { name: `Remove from wishlist: ${MUG.title}` }).click();
  await expect(page.getByText("Your wishlist is empty.")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("link", { name: MUG.title })).toBeVisible();
});

test("stored data is listed, and erased after a confirmation", async ({ page }) => {
  await openShop(page, `/product/${MUG.id}`);
  await expect.poll(() => storedEvents(page)).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Add to cart", exact: true }).first().click();
  await page
    .getByRole("banner")
    .getByRole("link", { name: /^The glass room/ })
    .click();
  const room = page.getByRole("navigation", { name: "The glass room" });
  await room.getByRole("link", { name: "What is stored" }).click();
  const row = page.locator("[data-seq]").filter({ hasText: "Added to cart" });
  await expect(row).toContainText(MUG.title);
  await page.getByRole("button", { name: "Erase everything" }).click();
  await expect(page.getByRole("button", { name: "Keep it", exact: true })).toBeFocused();
  await page.getByRole("button", { name: "Yes, erase" }).click();
  await expect(page.getByText("No events are stored.")).toBeVisible();
  await expect(page.getByRole("link", { name: "Cart, 0 items" })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

test("a shop without its catalog shows an error and opens on retry", async ({ page }) => {
  await page.route("**/catalog.json", (route) => route.fulfill({ status: 503 }));
  await page.goto("/");
  await expect(page.getByRole("alert")).toContainText("/catalog.json answered 503");
  await page.unroute("**/catalog.json");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(shelf(page, "for-you").getByRole("article").first()).toBeVisible();
});

test("a failing page shows an error and leaves the rest of the shop intact", async ({ page }) => {
  await page.route("**/assets/GlassRoom*.js", (route) => route.abort());
  await page.goto("/glass");
  await expect(page.getByRole("alert")).toContainText("This page could not be shown");
  await page.unroute("**/assets/GlassRoom*.js");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The glass room");
  await page.route("**/assets/GlassRoom*.js", (route) => route.abort());
  await page.goto("/glass");
  await page.getByRole("banner").getByRole("link", { name: "Wishlist" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Wishlist");
});

test("recently viewed includes sold-out, carted and dismissed products", async ({ page }) => {
  const soldOut = catalog.products.find(({ stock }) => stock === 0)!;
  const disliked = catalog.products.find(({ stock, id }) => (stock ?? 0) > 5 && id !== MUG.id)!;
  await openShop(page);
  for (const { id } of [soldOut, disliked, MUG]) await look(page, id);
  await page.getByRole("button", { name: "Add to cart", exact: true }).first().click();
  await page.evaluate(
    (productId) => window.vitrine.observe({ type: "not_for_me", productId }),
    disliked.id,
  );
  await openShop(page, "/recent");
  const titles = [MUG, disliked, soldOut].map(({ title }) => title);
  await expect(page.locator("main").getByRole("heading", { level: 3 })).toHaveText(titles);
  await expect(page.getByText("Viewed today")).toHaveCount(3);
});

test("the header never covers the focused element", async ({ page, context }) => {
  await context.route("**/pictures/**", (route) => route.abort());
  await page.setViewportSize({ width: 390, height: 700 });
  await openShop(page, "/department/coffee-tea");
  await page
    .getByRole("button", { name: /^Add to cart/ })
    .nth(14)
    .focus();
  for (let step = 0; step < 30; step++) {
    await page.keyboard.press("Shift+Tab");
    const hidden = await page.evaluate(() => {
      const field = document.querySelector("header search")!.getBoundingClientRect();
      const focused = document.activeElement!;
      const { top } = focused.getBoundingClientRect();
      return top < field.bottom ? (focused.ariaLabel ?? focused.textContent) : undefined;
    });
    expect(hidden, `step ${step}`).toBeUndefined();
  }
});

test("on a low screen suggestions overlay the page, and messages overlay the demo bar", async ({
  page,
}) => {
  await page.setViewportSize({ width: 640, height: 360 });
  await openShop(page);
  await page.getByRole("combobox", { name: "Search the shop" }).fill("tent");
  await page.getByRole("option", { name: "Tents" }).click();
  await expect(page).toHaveTitle(/Outdoor & Camping/);

  await openShop(page);
  await page.getByRole("button", { name: "A runner on a budget" }).click();
  const bar = page.getByTestId("demo");
  await bar.getByRole("button", { name: "Pause" }).press("Enter");
  await page
    .getByRole("link", { name: /^See all: / })
    .first()
    .focus();
  for (let step = 0; step < 15; step++) {
    await page.keyboard.press("Tab");
    const { bottom } = await page.evaluate(() => document.activeElement!.getBoundingClientRect());
    expect(bottom, `step ${step}`).toBeLessThanOrEqual((await bar.boundingBox())!.y + 1);
  }
  await page
    .getByRole("button", { name: /^Add to wishlist/ })
    .first()
    .press("Enter");
  const note = await page.getByText(/to your wishlist/).boundingBox();
  expect(note!.y + note!.height).toBeLessThan((await bar.boundingBox())!.y);
});

test("a shelf's arrow buttons keep the focus at both ends", async ({ page }) => {
  await openShop(page);
  const next = page.getByRole("button", { name: /^Next cards of/ }).first();
  await expect(async () => {
    await next.press("Enter");
    await expect(next).toBeDisabled({ timeout: 500 });
  }).toPass();
  await expect(next).toBeFocused();
});

test("a bad catalog row and a damaged item pack do no further harm", async ({ page }) => {
  const { products } = catalog;
  const rows = [{ ...products[0], priceMinor: "cheap" }, ...products.slice(1)];
  await page.route("**/catalog.json", (route) => route.fulfill({ json: { products: rows } }));
  await page.route("**/pack.bin", (route) => route.fulfill({ body: Buffer.alloc(100, 7) }));
  await openShop(page);
  expect((await cardsOn(page, "for-you")).length).toBeGreaterThan(3);
  await openShop(page, "/glass/data");
  await expect(
    page.getByText(`${products[0]!.id}: Vitrine: field "priceMinor" is "cheap"`),
  ).toBeVisible();
  await expect(page.getByText("Cards come without crowd knowledge: ItemPack")).toBeVisible();
});

test("no page scrolls sideways, from 360 px to 1920 px", async ({ page, context }) => {
  await context.route("**/pictures/**", (route) => route.abort());
  await openShop(page, `/product/${MUG.id}`);
  await page.getByRole("button", { name: "Add to cart", exact: true }).first().click();
  const department = "/department/coffee-tea";
  for (const path of ["/", `/product/${MUG.id}`, department, "/cart", "/checkout", "/glass/data"]) {
    await openShop(page, path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const width of [360, 640, 1440, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      expect(scrollWidth, `${path} at ${width} px`).toBeLessThanOrEqual(clientWidth);
    }
  }
});
