import { expect, type Page, test } from "playwright/test";
import { openShop } from "./support/shop.ts";

const COFFEE = "house-filter-blend-1-kg";
const TENT = "ridge-1-solo-tent";
const DAY_MS = 86_400_000;

test.beforeEach(({ context }) => context.route("**/pictures/**", (route) => route.abort()));

/** Orders of one product, so many days ago. */
function order(page: Page, productId: string, daysAgo: number[]): Promise<void> {
  return page.evaluate(
    async ([productId, times]) => {
      const items = [{ productId, quantity: 1 }];
      await window.vitrine.observe(
        times.map((at) => ({
          type: "purchase" as const,
          orderId: `O-${productId}-${at}`,
          at,
          items,
        })),
      );
    },
    [productId, daysAgo.map((days) => Date.now() - days * DAY_MS)] as const,
  );
}

/** The table's rows as text, once the page has read the orders. */
async function expectations(page: Page): Promise<string[]> {
  const rows = page.locator("[data-outlook=table] tbody tr");
  await expect(rows).toHaveCount(3);
  return rows.allInnerTexts();
}

const empty = (page: Page) => page.locator("[data-outlook=empty]");

test("expectations come from the shopper's orders, and change and vanish with them", async ({
  page,
}) => {
  await openShop(page, "/glass/value");
  await expect(empty(page)).toBeVisible();

  await order(page, COFFEE, [80, 52, 25]);
  const first = await expectations(page);
  await expect(page.getByText("Days with an order").last()).toBeVisible();
  await order(page, TENT, [2]);
  await expect.poll(() => expectations(page)).not.toEqual(first);

  await page.evaluate(() => window.vitrine.mute({ productId: "ridge-1-solo-tent" }));
  await expect.poll(() => expectations(page)).toEqual(first);

  await page.evaluate(() => window.vitrine.startGuestVisit());
  await expect(empty(page)).toBeVisible();
  await page.evaluate(() => window.vitrine.endGuestVisit());
  await expect.poll(() => expectations(page)).toEqual(first);

  await page.evaluate(() => window.vitrine.erase());
  await expect(empty(page)).toBeVisible();
});

test("nothing of it is in a request, in storage that others read, or on the tag's window.vitrine", async ({
  page,
}) => {
  await openShop(page, "/glass/value");
  const sent: string[] = [];
  page.on("request", (request) => sent.push(`${request.method()} ${request.url()}`));
  await order(page, COFFEE, [80, 52, 25]);
  await expectations(page);
  const { origin } = new URL(page.url());
  expect(sent.filter((line) => !line.startsWith(`GET ${origin}/`) || line.includes("?"))).toEqual(
    [],
  );
  const outside = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  expect(outside).not.toContain(COFFEE);
});
