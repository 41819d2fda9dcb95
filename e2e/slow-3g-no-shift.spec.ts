import { expect } from "playwright/test";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { cardsOn, test } from "./support/shopSite.ts";

interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node: Element | null }[];
}

test("on a slow network nothing moves when cards appear", async ({ page, openSite }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: 400,
    downloadThroughput: 50_000,
    uploadThroughput: 50_000,
  });
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as LayoutShift[])
        shifts.push(`${value}: ${sources.map(({ node }) => node?.outerHTML.slice(0, 80))}`);
    }).observe({ type: "layout-shift", buffered: true });
  });
  const { origin } = await openSite({
    ...ga4Shop,
    // Content right below a visible shelf, which a growing shelf would push down.
    page: (path, tag) => ga4Shop.page(path, tag)?.replace("</main>", "<p>Imprint</p></main>"),
  });
  for (const width of [900, 390]) {
    await page.setViewportSize({ width, height: 1800 });
    await page.goto(origin);
    await cardsOn(page, "for-you");
    await cardsOn(page, "trending");
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    const shifts = await page.evaluate(() => (window as never as { shifts: string[] }).shifts);
    expect(shifts, `${width} px wide`).toEqual([]);
  }
});
