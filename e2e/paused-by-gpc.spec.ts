import { expect, test } from "playwright/test";
import { catalog } from "./support/demoShop.ts";
import { openEngine } from "./support/engine.ts";
import { cardsOn, openShop, shelf, statusOf } from "./support/shop.ts";

function sayGlobalPrivacyControl(): void {
  Object.defineProperty(Navigator.prototype, "globalPrivacyControl", { get: () => true });
}

test("Global Privacy Control starts paused with a reason, until one call resumes", async ({
  page,
}) => {
  await page.addInitScript(sayGlobalPrivacyControl);
  const look = () =>
    page.evaluate(
      (productId) => window.vitrine.observe({ type: "view", productId }),
      catalog.products[0]!.id,
    );
  await openEngine(page);
  await look();
  expect(await statusOf(page)).toMatchObject({
    events: 0,
    recording: { to: "nowhere", because: "global-privacy-control" },
  });
  await page.evaluate(() => window.vitrine.resume());
  await look();
  await openEngine(page);
  expect(await statusOf(page)).toMatchObject({ events: 1, recording: { to: "browser" } });
});

test("the home page explains the pause in the shopper's language, and one press resumes", async ({
  page,
}) => {
  await page.addInitScript(sayGlobalPrivacyControl);
  await openShop(page);
  const line = page.getByTestId("learning-status");
  await expect(line).toContainText("your browser says “do not sell or share”");
  await page.getByLabel("Language").selectOption("zh");
  await expect(line).toContainText("全球隐私控制");
  await page.getByRole("button", { name: "恢复" }).click();
  await expect(line).not.toContainText("全球隐私控制");
  expect((await statusOf(page)).recording).toEqual({ to: "browser" });
});

test("products in the cart are on no shelf, even while nothing is recorded", async ({ page }) => {
  await page.addInitScript(sayGlobalPrivacyControl);
  await openShop(page);
  const [first] = await cardsOn(page, "for-you");
  const add = shelf(page, "for-you").getByRole("button", { name: /^Add to cart/ });
  await add.first().click();
  await openShop(page);
  await expect(page.getByRole("link", { name: "Cart, 1 item" })).toBeVisible();
  expect(await cardsOn(page, "for-you")).not.toContain(first);
  expect((await statusOf(page)).events).toBe(0);
});

test("the glass room explains the pause, and one press resumes", async ({ page }) => {
  await page.addInitScript(sayGlobalPrivacyControl);
  await openShop(page, "/glass/data");
  const recording = page.locator("[data-recording]");
  await expect(recording).toContainText("Global Privacy Control");
  await recording.getByRole("button", { name: "Record in this shop anyway" }).click();
  await expect(recording).toHaveAttribute("data-recording", "recorded");
  expect((await statusOf(page)).recording).toEqual({ to: "browser" });
});
