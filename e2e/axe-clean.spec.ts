import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "playwright/test";
import { cart, events, orders, wishlist } from "./support/pastOfAShopper.ts";
import { NO_SHELF, openShop } from "./support/shop.ts";

const PAGES = [
  "/department/coffee-tea?brand=Brewline",
  "/search?q=cofee",
  "/search?q=submarine",
  "/product/fell-2-trail-shoe",
  "/cart",
  "/checkout",
  "/orders",
  "/wishlist",
  "/recent",
  "/shelf/on-sale",
  "/glass",
  "/glass/network",
  "/glass/proof",
  "/glass/data",
  "/nowhere",
  "/",
];

/** All cards of a list have the same markup, so a few are enough. */
const FURTHER_CARDS = "main li:nth-child(n + 5):has(article)";

// A trace copies the page at every step, which would dominate the time here.
test.use({ contextOptions: { reducedMotion: "reduce" }, trace: "off" });

test("axe finds no problem on any page, in light, dark and Chinese", async ({ page, context }) => {
  test.slow(); // Seventeen pages, in two themes.
  await context.route("**/pictures/**", (route) => route.abort());
  await openShop(page, NO_SHELF);
  const findings = await findingsOn(page, "a first visit");
  await givePast(page);
  for (const path of PAGES) {
    await goWithin(page, path);
    findings.push(...(await findingsOn(page, path)));
  }
  await page.getByRole("combobox", { name: "Language" }).selectOption("zh");
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-Hans");
  await page
    .getByRole("button", { name: /^加入购物车/ })
    .first()
    .click();
  await page.keyboard.press("F6"); // The message stays while it is focused.
  findings.push(...(await findingsOn(page, "in Chinese, with a note")));
  await expect(page.getByRole("link", { name: "查看购物车" })).toBeVisible();
  expect(findings).toEqual([]);
});

async function givePast(page: Page): Promise<void> {
  await page.evaluate((past) => window.vitrine.observe(past), events);
  await page.evaluate(
    ([shop]) => {
      localStorage.setItem("vitrine.shop", shop!);
      localStorage.setItem("vitrine.returning", "yes");
    },
    [JSON.stringify({ cart, orders, wishlist })],
  );
  await openShop(page, NO_SHELF);
}

/** Navigates like a link, without reloading the shop. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => history.pushState(null, "", address), path);
  await expect(page).toHaveURL(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.locator('[class*="skeleton"]')).toHaveCount(0);
}

/** All rules in light; only the color rules in dark, where nothing else differs. */
async function findingsOn(page: Page, where: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axeOn(page).analyze();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeOn(page).withRules("color-contrast").analyze();
  const found = [...light.violations, ...dark.violations];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${where} ${id}: ${html} ${failureSummary}`),
  );
}

/** The shop has no frames, so legacy mode can run in the page itself. */
function axeOn(page: Page): AxeBuilder {
  const builder = new AxeBuilder({ page }).setLegacyMode();
  return builder.options({ resultTypes: ["violations"] }).exclude(FURTHER_CARDS);
}
