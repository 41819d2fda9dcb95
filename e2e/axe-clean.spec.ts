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

/** The cards of a list are made alike; some of them stand for all. */
const FURTHER_CARDS = "main li:nth-child(n + 5):has(article)";

// A trace takes a copy of the page at every step, which is most of the time here.
test.use({ contextOptions: { reducedMotion: "reduce" }, trace: "off" });

test("axe finds nothing on any page, light or dark, nor in Chinese", async ({ page, context }) => {
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
  await page.keyboard.press("F6"); // The note stays while it is looked at.
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

/** As a link does, without loading the shop anew. */
async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((address) => history.pushState(null, "", address), path);
  await expect(page).toHaveURL(path);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  await expect(page.locator('[class*="skeleton"]')).toHaveCount(0);
}

/** All rules in light; in dark, where nothing but the colors differs, those on colors. */
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

/** The shop has no frames: legacy mode asks in the page itself, not in a page beside it. */
function axeOn(page: Page): AxeBuilder {
  const builder = new AxeBuilder({ page }).setLegacyMode();
  return builder.options({ resultTypes: ["violations"] }).exclude(FURTHER_CARDS);
}
