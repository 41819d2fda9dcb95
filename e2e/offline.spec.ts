import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "playwright/test";
import { events } from "./support/pastOfAShopper.ts";
import { cardsOn, openShop, shelf, storedEvents } from "./support/shop.ts";

test.use({ serviceWorkers: "allow" });

test("after the first visit the whole shop works offline", async ({ page, context, baseURL }) => {
  const elsewhere: string[] = [];
  context.on("request", (request) => {
    if (!request.url().startsWith(baseURL!)) elsewhere.push(request.url());
  });
  await openShop(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await context.setOffline(true);
  await expect(page.getByText("You are offline.")).toBeVisible();
  await expect(page.evaluate(() => fetch("/not-kept"))).rejects.toThrow("Failed to fetch");

  await openShop(page);
  await expect(page.getByText("You are offline.")).toBeVisible();
  expect((await cardsOn(page, "for-you")).length).toBeGreaterThan(3);
  await openShop(page, "/product/fell-2-trail-shoe");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Fell 2 Trail Shoe");
  await expect(shelf(page, "related").getByRole("article").first()).toBeVisible();
  const picture = page.getByRole("img", { name: /running shoe/ });
  const widthOf = (image: SVGElement | HTMLElement) => (image as HTMLImageElement).naturalWidth;
  await expect.poll(() => picture.evaluate(widthOf)).toBeGreaterThan(0);

  await page.getByRole("combobox", { name: "Search the shop" }).fill("cofee");
  await page.getByRole("combobox", { name: "Search the shop" }).press("Enter");
  await expect(page.getByText("Showing results for “coffee”")).toBeVisible();

  await page.evaluate((past) => window.vitrine.observe(past), events);
  const training = await page.evaluate(() => window.vitrine.train());
  expect(training?.events).toBeGreaterThan(5);
  await openShop(page, "/glass/network");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("You are online again.")).toBeVisible();
  expect(elsewhere).toEqual([]);
});

test("a new version waits for the shopper, and stored data stays", async ({ page, baseURL }) => {
  const site = await siteWithUpdates(baseURL!);
  // The home page keeps the old version's service worker busy the longest.
  await openShop(page, site.origin);
  await page.evaluate((past) => window.vitrine.observe(past), events);
  const before = await storedEvents(page);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));

  site.publish();
  await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
  await expect(page.getByText("A new version is ready.")).toBeVisible();
  const reloaded = page.waitForEvent("load");
  await page.getByRole("button", { name: "Reload" }).click();
  await reloaded;
  await page.waitForFunction(async () => !(await navigator.serviceWorker.ready).waiting);
  await openShop(page, site.origin);
  expect(await storedEvents(page)).toBeGreaterThanOrEqual(before);
  await expect(page.getByText("A new version is ready.")).toBeHidden();
  site.close();
});

/** The shop at another address, where the test can replace it with another version. */
async function siteWithUpdates(shop: string) {
  let version = 1;
  const server = createServer(async (request, response) => {
    if (request.url!.startsWith("/pictures/")) return void response.end();
    const answer = await fetch(shop + request.url);
    const body = Buffer.from(await answer.arrayBuffer());
    response.setHeader("Content-Type", answer.headers.get("Content-Type")!);
    response.end(request.url === "/service-worker.js" ? `${body}\n// version ${version}` : body);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    publish: () => version++,
    close: () => server.close().closeAllConnections(),
  };
}
