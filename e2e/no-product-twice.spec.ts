import { expect, type Page, test } from "playwright/test";
import type { Product } from "../src/engine/shop/catalog.ts";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, look, openShop, shelf } from "./support/shop.ts";

const DAY = 86_400_000;
const COFFEE = catalog.products.find(({ id }) => id === "yirga-filter-roast-250-g")!;
const JACKET = catalog.products.find(({ rebuyable }) => rebuyable === false)!;

/** The shelves of a shopper with views, purchases and repeat purchases. */
const HOME_SHELVES = [
  "because-you-viewed",
  "buy-again",
  "for-you",
  "new",
  "on-sale",
  "recently-viewed",
  "trending",
];

/** Product ids of all shelves on the page, by shelf. */
async function shelvesOn(page: Page, last: string): Promise<Record<string, string[]>> {
  await expect(shelf(page, last)).toBeVisible();
  return page
    .locator("[data-shelf]")
    .evaluateAll((shelves) =>
      Object.fromEntries(
        shelves.map((one) => [
          one.getAttribute("data-shelf")!,
          [...one.querySelectorAll("[data-product-id]")].map(
            (card) => card.getAttribute("data-product-id")!,
          ),
        ]),
      ),
    );
}

test("no product is on two shelves of a page, and no one-time purchase is on any", async ({
  page,
}) => {
  await openShop(page);
  await page.evaluate(
    async ({ coffee, jacket, now, day }) => {
      const order = (productId: string, daysAgo: number) => ({
        type: "purchase" as const,
        orderId: `${productId} ${daysAgo}`,
        at: now - daysAgo * day,
        items: [{ productId }],
      });
      await window.vitrine.observe([
        order(coffee, 40),
        order(coffee, 20),
        order(jacket, 5),
      ] as never);
    },
    { coffee: COFFEE.id, jacket: JACKET.id, now: Date.now(), day: DAY },
  );
  for (const { id } of catalog.products.slice(10, 13)) await look(page, id);
  await openShop(page);
  for (const name of HOME_SHELVES) await expect(shelf(page, name)).toBeVisible();
  const home = await shelvesOn(page, "recently-viewed");
  expect(home["buy-again"]).toEqual([COFFEE.id]);
  await expect(shelf(page, "buy-again")).toContainText(
    /You buy it about every \d+ days · (due|you may have run out)/,
  );
  const all = Object.values(home).flat();
  expect(all).toEqual([...new Set(all)]);
  expect(all).not.toContain(JACKET.id);

  await openShop(page, `/product/${COFFEE.id}`);
  const product = await shelvesOn(page, "related");
  const beside = Object.values(product)
    .flat()
    .filter((id) => id !== COFFEE.id);
  expect(beside).toEqual([...new Set(beside)]);
});

test("one click adds a bundle to the cart, and one click removes it", async ({ page }) => {
  await openShop(page, `/product/${COFFEE.id}`);
  const bundle = shelf(page, "bought-together");
  await bundle.getByRole("button", { name: "Add all 3 to cart" }).click();
  await expect(page.getByRole("link", { name: "Cart, 3 items" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(page.getByRole("link", { name: "Cart, 0 items" })).toBeVisible();
});

test("a product that does not fit a bundle is left out", async ({ page }) => {
  await openShop(page, `/product/${COFFEE.id}`);
  const bundle = shelf(page, "bought-together");
  const ticks = bundle.getByRole("checkbox", { name: /^With / });
  await expect(ticks).toHaveCount(2);
  await ticks.first().uncheck();
  const [left, kept] = (await cardsOn(page, "bought-together"))
    .slice(1)
    .map((id) => catalog.products[catalog.rowOf(id)!]!);
  const price = (COFFEE.priceMinor + kept!.priceMinor) / 100;
  await expect(bundle).toContainText(`Together €${price.toFixed(2)}`);
  await bundle.getByRole("button", { name: "Add 2 to cart" }).click();
  await page.getByRole("link", { name: "View cart" }).click();
  const quantityOf = ({ title }: Product) =>
    page.getByRole("combobox", { name: `Quantity of ${title}` });
  await expect(quantityOf(kept!)).toHaveValue("1");
  await expect(quantityOf(left!)).toHaveCount(0);
});

test("nothing in view moves unless the shopper asks", async ({ page }) => {
  await openShop(page);
  for (const { id } of catalog.products.slice(10, 14)) await look(page, id);
  await openShop(page);
  const before = await cardsOn(page, "for-you");
  await expect(shelf(page, "recently-viewed")).toBeVisible();
  const trending = await cardsOn(page, "trending");
  await shelf(page, "for-you")
    .getByRole("button", { name: /^Add to cart/ })
    .first()
    .click();
  const refresh = page.getByRole("button", { name: "Update picks" });
  await expect(refresh).toBeVisible();
  expect(await cardsOn(page, "for-you")).toEqual(before);

  await shelf(page, "for-you").getByRole("button", { name: "Shuffle: For you" }).click();
  await expect.poll(async () => (await cardsOn(page, "for-you"))[0]).not.toBe(before[0]);
  const others = await cardsOn(page, "for-you");
  expect(others.filter((id) => before.includes(id))).toEqual([]);
  expect(await cardsOn(page, "trending")).toEqual(trending);

  await refresh.click();
  await expect(refresh).toBeHidden();
  expect(await cardsOn(page, "for-you")).not.toContain(before[0]);
});

test("a product just bought is on no shelf, even while nothing is recorded", async ({ page }) => {
  await openShop(page);
  const [first] = await cardsOn(page, "for-you");
  await page.evaluate(() => window.vitrine.pause());
  await page
    .getByRole("button", { name: /^Add to cart/ })
    .first()
    .click();
  await page.getByRole("link", { name: "View cart" }).click();
  await page.getByRole("link", { name: "Go to checkout" }).click();
  await page.getByRole("button", { name: "Place order" }).click();
  await expect(page.getByRole("heading", { name: "Thank you" })).toBeVisible();
  expect(await cardsOn(page, "for-you")).not.toContain(first);
  await openShop(page);
  expect(await cardsOn(page, "for-you")).not.toContain(first);
});
