import { expect, type Page } from "playwright/test";
import type { VitrineApi } from "../src/widget/vitrineApi.ts";
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

/** So many events that handling them in one go would freeze the page. */
const LONG_PAST = 5000;

/** From the next page on each read of the clock advances it by a millisecond; counts the yields to the event loop. */
async function countTurns(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    let nowMs = 0;
    performance.now = () => nowMs++;
    const seen = { turns: 0 };
    Object.assign(window, { seen });
    window.MessageChannel = class extends MessageChannel {
      constructor() {
        super();
        seen.turns++;
      }
    };
  });
  return () => page.evaluate(() => (window as unknown as { seen: { turns: number } }).seen.turns);
}

test("under the strictest policy everything runs in a worker without a violation", async ({
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

test("with files on a CDN the page's own worker imports the script", async ({ page, openSite }) => {
  const { origin: cdn } = await openSite("cdn");
  const shop = strictCspShop({ scripts: `'self' ${cdn}`, workers: `blob: ${cdn}` });
  const { origin } = await openSite(shop, { cdn });
  await page.goto(origin);
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  expect((await statusOf(page)).thread).toBe("worker");
});

test("where workers are blocked the engine runs on the page, and the status reports it", async ({
  page,
  openSite,
}) => {
  const { origin: cdn } = await openSite("cdn");
  const shop = strictCspShop({ scripts: `'self' ${cdn}`, workers: "'none'" });
  const { origin } = await openSite(shop, { cdn });
  await page.goto(origin);
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  const { thread, warnings } = await statusOf(page);
  expect(thread).toBe("page");
  expect(warnings.map(({ code }) => code)).toEqual(["runs-on-page"]);

  const [viewed] = await cardsOn(page, "for-you");
  const view = { type: "view" as const, productId: viewed! };
  await page.evaluate(
    ([events]) => (window as unknown as { vitrine: VitrineApi }).vitrine.observe(events),
    [Array.from({ length: LONG_PAST }, () => view)] as const,
  );
  const turns = await countTurns(page);
  await page.reload();
  expect(await cardsOn(page, "for-you")).toHaveLength(4);
  expect((await statusOf(page)).events).toBeGreaterThanOrEqual(LONG_PAST);
  // Each event takes one step to decrypt and one to fold; a slice has five steps.
  expect(await turns()).toBeGreaterThan((2 * LONG_PAST) / 5);
});
