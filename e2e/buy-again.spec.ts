import { expect, test } from "playwright/test";
import { openShop, shelf } from "./support/shop.ts";

const COFFEE = "house-filter-blend-1-kg";
const TITLE = "House Filter Blend 1 kg";
const DAY_MS = 86_400_000;

test("a monthly purchase is offered when due, and one click buys it again", async ({
  page,
  context,
}) => {
  await context.route("**/pictures/**", (route) => route.abort());
  const orders = [25, 55, 85].map((days) => ({
    id: `ORDER-${days}`,
    at: Date.now() - days * DAY_MS,
    lines: [{ productId: COFFEE, quantity: 1 }],
    totalMinor: 2690,
    currency: "EUR",
  }));
  await openShop(page, "/orders");
  await page.evaluate(async (past) => {
    localStorage.setItem("vitrine.shop", JSON.stringify({ orders: past }));
    localStorage.setItem("vitrine.returning", "yes");
    await window.vitrine.observe(
      past.map(({ id, at, lines }) => ({ type: "purchase", orderId: id, at, items: lines })),
    );
  }, orders);
  await openShop(page);
  const card = shelf(page, "buy-again").locator(`[data-product-id="${COFFEE}"]`);
  await expect(card).toContainText("You buy it about every 30 days · due in 5 days");

  await openShop(page, "/orders");
  const rating = page.getByRole("group", { name: `Your rating of ${TITLE}` }).first();
  await rating.getByRole("radio", { name: "4 stars" }).press("Space");
  await expect(page.getByText(`You gave ${TITLE} 4 out of 5 stars.`)).toBeVisible();
  // Arrow keys pass through ratings that the shopper does not choose.
  await rating.getByRole("radio", { name: "4 stars" }).press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByText(`You gave ${TITLE} 1 out of 5 stars.`)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rating.getByRole("radio", { name: "4 stars" })).toBeChecked();
  await page
    .getByRole("button", { name: `Buy again: ${TITLE}` })
    .first()
    .click();
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
  await page.reload();
  await expect(rating.getByRole("radio", { name: "4 stars" })).toBeChecked();
  // The page shows its orders before the engine is ready.
  await page.waitForFunction(() => window.vitrine !== undefined);
  const stored = () =>
    page.evaluate(async () => (await window.vitrine.inspect()).events.map(({ type }) => type));
  await expect.poll(stored).toEqual(expect.arrayContaining(["rate", "add_to_cart"]));
  expect((await stored()).filter((type) => type === "rate")).toHaveLength(2);
});
