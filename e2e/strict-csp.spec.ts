import { expect, type Page } from "playwright/test";
import { strictCspShop } from "./shops/strictCspShop.ts";
import { cardsOn, statusOf, test } from "./support/shopSite.ts";

/** Every violation of the page's policy, as the browser reports it. */
async function watchViolations(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { violations: seen });
    document.addEventListener("securitypolicyviolation", (event) => {
      seen.push(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  return () => page.evaluate(() => (window as unknown as { violations: string[] }).violations);
}

test("under the strictest policy everything runs in a worker, and nothing is violated", async ({
  page,
  openSite,
}) => {
  const violations = await watchViolations(page);
  const shop = strictCspShop({ scripts: "'self'", workers: "'self'" });
  const { origin } = await openSite(shop);
  await page.goto(origin);
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  const shelf = page.locator("vitrine-shelf");
  await expect(shelf.locator("ul").first()).toHaveCSS("display", "grid");
  expect((await statusOf(page)).thread).toBe("worker");
  expect(await violations()).toEqual([]);
});

test("from a CDN the worker is one of the page's own that imports it", async ({
  page,
  openSite,
}) => {
  const { origin: cdn } = await openSite("cdn");
  const shop = strictCspShop({ scripts: `'self' ${cdn}`, workers: `blob: ${cdn}` });
  const { origin } = await openSite(shop, { cdn });
  await page.goto(origin);
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  expect((await statusOf(page)).thread).toBe("worker");
});

test("where no worker may run the page does the work, and the status says so", async ({
  page,
  openSite,
}) => {
  const { origin: cdn } = await openSite("cdn");
  const shop = strictCspShop({ scripts: `'self' ${cdn}`, workers: "'none'" });
  const { origin } = await openSite(shop, { cdn });
  await page.goto(origin);
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  const { thread, notices } = await statusOf(page);
  expect(thread).toBe("page");
  expect(notices.map(({ code }) => code)).toEqual(["runs-on-page"]);
});
