import { existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import { offSite, requestsBy } from "../src/testing/netLog.ts";
import { catalog } from "./support/demoShop.ts";
import { look, openShop, shelf } from "./support/shop.ts";

const BUILD = new URL("../.cache/e2e/", import.meta.url).pathname;

const ROOM = [
  "/glass",
  "/glass/network",
  "/glass/data",
  "/glass/value",
  "/glass/card",
  "/glass/proof",
];
const SHOP = [
  "/department/coffee-tea",
  "/shelf/on-sale",
  "/cart",
  "/checkout",
  "/wishlist",
  "/orders",
];
const PATHS = [...SHOP, "/recent", ...ROOM, "/"];

test("every request of a full visit is a static file of the site", async ({ baseURL }) => {
  test.slow(); // Two dozen pages and a training.
  const netLog = join(mkdtempSync(join(tmpdir(), "vitrine-netlog-")), "netlog.json");
  const browser = await launchChromium([`--log-net-log=${netLog}`]);
  const page = await browser.newPage({ baseURL: baseURL! });
  await openShop(page);
  await expect(shelf(page, "for-you").locator("[data-product-id]").first()).toBeVisible();
  for (const { id } of catalog.products.slice(60, 68)) await look(page, id);
  await page
    .getByRole("button", { name: /add to cart/i })
    .first()
    .click();
  for (const path of PATHS) await openShop(page, path);
  // The previous page's worker may still hold the training lock.
  const trainer = () => page.evaluate(async () => (await window.vitrine.train("webgl"))?.trainer);
  await expect.poll(trainer, { timeout: 60_000 }).toBe("webgl");
  await page.evaluate(() => window.vitrine.erase());
  await browser.close();

  const urls = requestsBy(new URL(baseURL!).origin, netLog);
  expect(urls.length).toBeGreaterThan(20);
  expect(urls.some((url) => url.includes("recommender.worker"))).toBe(true);
  expect(offSite(urls, new URL(baseURL!).origin)).toEqual([]);
  const isPage = (path: string) => PATHS.includes(path) || /^\/product\/[\w-]+$/.test(path);
  for (const url of urls) {
    const { pathname, search } = new URL(url);
    const isFile = existsSync(join(BUILD, pathname)) && pathname !== "/";
    expect(isFile || isPage(pathname), `${url} is a file or a page of the site`).toBe(true);
    expect(search, `${url} carries no query`).toBe("");
  }
});
