import { expect, type Page, test } from "playwright/test";
import { events } from "./support/pastOfAShopper.ts";
import { cardsOn, openShop } from "./support/shop.ts";

declare global {
  interface Window {
    /** Every layout shift so far: its score and its elements. */
    shifts: string[];
  }
}

test.beforeEach(async ({ page, context }) => {
  await context.route("**/pictures/**", (route) => route.abort());
  await page.addInitScript(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        const moved = entry.sources.map(({ node }) => (node as Element)?.outerHTML?.slice(0, 80));
        window.shifts.push(`${entry.value}: ${moved.join(" | ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
});

/** The part that TypeScript's library lacks. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node: Node | null }[];
}

for (const width of [390, 1280]) {
  test(`nothing moves on its own, ${width} px wide, first visit or not, training or not`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await openShop(page);
    await cardsOn(page, "for-you");
    await page.evaluate((past) => window.vitrine.observe(past), events);
    await trainTwice(page);
    expect(await shiftsOf(page)).toEqual([]);

    await page.evaluate(() => localStorage.setItem("vitrine.returning", "yes"));
    await openShop(page);
    await cardsOn(page, "recently-viewed");
    await trainTwice(page);
    expect(await shiftsOf(page)).toEqual([]);

    for (const path of ["/product/fell-2-trail-shoe", "/department/coffee-tea"]) {
      await openShop(page, path);
      await expect(page.getByRole("article").nth(1)).toBeVisible();
      await expect(page.locator('[class*="skeleton"]')).toHaveCount(0);
      await page.evaluate(() => window.vitrine.train());
      expect(await shiftsOf(page), path).toEqual([]);
    }
  });
}

/** Runs the learning status through all of its texts. */
async function trainTwice(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await window.vitrine.settled();
    await window.vitrine.train();
  });
}

/** Waits two frames, in which changes are laid out and reported. */
function shiftsOf(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.shifts))),
      ),
  );
}
