import { expect } from "playwright/test";
import { ga4Shop } from "./shops/ga4Shop.ts";
import { cardsOn, test } from "./support/shopSite.ts";

test("after stopping, no name, no worker and no wrapped function remains", async ({
  page,
  openSite,
}) => {
  await page.addInitScript(() => {
    Object.assign(window, { namesBefore: Object.getOwnPropertyNames(window) });
  });
  const { origin } = await openSite(ga4Shop);
  await page.goto(origin);
  await cardsOn(page, "for-you");
  expect(page.workers()).toHaveLength(1);

  const added = await page.evaluate(() => {
    const before = (window as unknown as { namesBefore: string[] }).namesBefore;
    return Object.getOwnPropertyNames(window).filter((name) => !before.includes(name));
  });
  // The shop's own globals, and ours.
  expect(added.sort()).toEqual(["dataLayer", "gtag", "namesBefore", "vitrine"]);

  await page.evaluate(() => {
    (window as unknown as { vitrine: { stop(): void } }).vitrine.stop();
    for (const shelf of document.querySelectorAll("vitrine-shelf")) shelf.remove();
  });
  await expect.poll(() => page.workers().length).toBe(0);
  const left = await page.evaluate(() => ({
    name: "vitrine" in window,
    push: Object.hasOwn((window as unknown as { dataLayer: unknown[] }).dataLayer, "push"),
  }));
  expect(left).toEqual({ name: false, push: false });
});

test("two copies on one page share one recommender", async ({ page, openSite }) => {
  const { origin } = await openSite(ga4Shop, { head: ({ head }) => head + head });
  await page.goto(origin);
  await cardsOn(page, "for-you");
  const trending = await cardsOn(page, "trending");
  expect(page.workers()).toHaveLength(1);
  expect(await cardsOn(page, "for-you")).not.toEqual(expect.arrayContaining([trending[0]]));
});
