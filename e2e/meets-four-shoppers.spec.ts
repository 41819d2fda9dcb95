import { expect, test } from "playwright/test";
import { FOUR_SHOPPERS, suits } from "../src/storefront/demo/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { cardsOn, returnAfterViewing, shelf, storedEvents } from "./support/shop.ts";

test("a demo shopper changes the shelf to their taste, and the visitor's own history stays", async ({
  page,
}) => {
  await returnAfterViewing(page, [catalog.products[30]!.id]);
  const own = await storedEvents(page);
  const suiting = async () => {
    const ids = await cardsOn(page, "for-you");
    const products = ids.slice(0, 6).map((id) => catalog.products[catalog.rowOf(id)!]!);
    return products.filter((product) => suits(FOUR_SHOPPERS.coffee.taste, product)).length;
  };
  expect(await suiting()).toBeLessThan(3);
  await page.getByRole("button", { name: "A coffee lover" }).click();
  const bar = page.getByTestId("demo");
  // By keyboard: during a view transition a pointer would hit a snapshot of the page.
  await bar.getByRole("button", { name: "Pause" }).press("Enter");
  for (let step = 0; step < 3; step++)
    await bar.getByRole("button", { name: "Next event" }).press("Enter");
  await expect.poll(suiting).toBeGreaterThanOrEqual(4);
  await expect(page.getByRole("button", { name: "Guest visit" })).toHaveCount(0);

  while (!(await bar.getByRole("button", { name: "Start over" }).isVisible()))
    await bar.getByRole("button", { name: "Next event" }).press("Enter");
  await expect(bar.getByRole("button", { name: "Next event" })).toBeFocused();
  await page.getByRole("banner").getByRole("link", { name: "Orders" }).click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: /^Order / })).toHaveCount(1);
  await page.getByRole("banner").getByRole("link", { name: "Vitrine" }).click();

  await bar.getByRole("button", { name: "Leave the demo" }).press("Enter");
  await expect(bar).toBeHidden();
  await expect(page.locator("main")).toBeFocused();
  await expect(shelf(page, "for-you")).toBeVisible();
  await expect.poll(suiting).toBeLessThan(3);
  const events = await page.evaluate(async () => (await window.vitrine.inspect()).events);
  expect(events.filter(({ type }) => type !== "impression")).toHaveLength(1);
  expect(await storedEvents(page)).toBeGreaterThanOrEqual(own);
  expect(
    await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
  ).toEqual(["vitrine"]);
});
