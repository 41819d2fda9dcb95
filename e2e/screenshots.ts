/**
 * `npm run screenshots [-- PAGE… VIEW…]`: takes pictures of the shop's pages with a shopper's history into
 * `screenshots/`; by default on a desktop and a phone, light and dark. They are for people, not for comparison.
 */
import { mkdirSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { build, preview } from "vite";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import type { Recommender } from "../src/engine/recommender.ts";
import { cart, events, orders, wishlist } from "./support/pastOfAShopper.ts";
import { NO_SHELF } from "./support/shop.ts";

interface Shot {
  path: string;
  /** Taken before the shopper has a history. */
  isFirstVisit?: true;
  /** Actions on the page before the picture is taken. */
  act?: (page: Page) => Promise<void>;
  /** Only the viewport, for elements that float above the page. */
  isWindow?: true;
}

const SHOTS: Record<string, Shot> = {
  "first-visit": { path: "/", isFirstVisit: true },
  "cart-empty": { path: "/cart", isFirstVisit: true },
  "orders-empty": { path: "/orders", isFirstVisit: true },
  "wishlist-empty": { path: "/wishlist", isFirstVisit: true },
  "recent-empty": { path: "/recent", isFirstVisit: true },
  "shelf-empty": { path: "/shelf/buy-again", isFirstVisit: true },
  demo: { path: "/", isFirstVisit: true, act: meetCoffeeLover, isWindow: true },
  failure: { path: "/", isFirstVisit: true, act: loseCatalog, isWindow: true },
  home: { path: "/" },
  department: { path: "/department/coffee-tea" },
  filtered: { path: "/department/running-fitness?brand=Pacewell&sale=&sort=price-up" },
  "filters-open": { path: "/department/coffee-tea", act: openFilters, isWindow: true },
  search: { path: "/search?q=cofee" },
  "search-nothing": { path: "/search?q=submarine" },
  suggestions: { path: "/cart", act: typeSearch, isWindow: true },
  product: { path: "/product/fell-2-trail-shoe" },
  "product-on-sale": { path: "/product/scree-light-trail-shoe" },
  "product-sold-out": { path: "/product/27-inch-screen-4k" },
  shelf: { path: "/shelf/on-sale" },
  cart: { path: "/cart" },
  checkout: { path: "/checkout" },
  ordered: { path: "/checkout", act: placeOrder },
  orders: { path: "/orders" },
  wishlist: { path: "/wishlist" },
  recent: { path: "/recent" },
  hidden: { path: "/shelf/on-sale", act: hideFirst, isWindow: true },
  glass: { path: "/glass" },
  "glass-network": { path: "/glass/network" },
  "glass-data": { path: "/glass/data" },
  "glass-value": { path: "/glass/value" },
  "glass-card": { path: "/glass/card" },
  "glass-proof": { path: "/glass/proof" },
  "not-found": { path: "/nowhere" },
};

interface View extends BrowserContextOptions {
  /** Right-to-left layout, although the shop has no such language yet. */
  isRightToLeft?: true;
}

const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const USUAL_VIEWS: Record<string, View> = {
  "desktop-light": { viewport: DESKTOP, colorScheme: "light" },
  "desktop-dark": { viewport: DESKTOP, colorScheme: "dark" },
  "phone-light": { viewport: PHONE, colorScheme: "light" },
  "phone-dark": { viewport: PHONE, colorScheme: "dark" },
};
const VIEWS: Record<string, View> = {
  ...USUAL_VIEWS,
  narrow: { viewport: { width: 360, height: 740 } },
  wide: { viewport: { width: 1920, height: 1080 } },
  "forced-colors": { viewport: DESKTOP, forcedColors: "active", colorScheme: "dark" },
  "zoom-200": { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 },
  chinese: { viewport: DESKTOP, locale: "zh-CN" },
  "chinese-phone": { viewport: PHONE, locale: "zh-CN" },
  "right-to-left": { viewport: DESKTOP, isRightToLeft: true },
  "right-to-left-phone": { viewport: PHONE, isRightToLeft: true },
};
const FOLDER = "screenshots";
const BUILD = ".cache/screenshots";

const wanted = process.argv.slice(2);
const known = [...Object.keys(SHOTS), ...Object.keys(VIEWS)];
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined) {
  throw new Error(`"${unknown}" is none of ${known.join(", ")}`);
}

mkdirSync(FOLDER, { recursive: true });
await build({ logLevel: "error", build: { outDir: BUILD, emptyOutDir: true } });
const server = await preview({ build: { outDir: BUILD }, preview: { port: 0 } });
const origin = server.resolvedUrls!.local[0]!;
const browser = await launchChromium();
try {
  for (const view of chosen(VIEWS, USUAL_VIEWS)) await takePictures(browser, view);
} finally {
  await browser.close();
  await server.close();
}

/** The requested ones, or the defaults. */
function chosen<One>(all: Record<string, One>, usual: Record<string, One>): [string, One][] {
  const named = Object.entries(all).filter(([name]) => wanted.includes(name));
  return named.length > 0 ? named : Object.entries(usual);
}

async function takePictures(browser: Browser, [viewName, view]: [string, View]): Promise<void> {
  const { isRightToLeft, ...look } = view;
  const settings = { baseURL: origin, locale: "en-GB", serviceWorkers: "block" } as const;
  const context = await browser.newContext({ ...settings, reducedMotion: "reduce", ...look });
  const page = await context.newPage();
  if (isRightToLeft) await page.addInitScript(readFromRightToLeft);
  const shots = chosen(SHOTS, SHOTS);
  for (const shot of shots.filter(([, { isFirstVisit }]) => isFirstVisit)) await take(shot);
  await givePast(page);
  for (const shot of shots.filter(([, { isFirstVisit }]) => !isFirstVisit)) await take(shot);
  await context.close();

  async function take([name, { path, act, isWindow }]: [string, Shot]): Promise<void> {
    await page.goto(path, { waitUntil: "networkidle" });
    await act?.(page);
    await page.evaluate(loadPictures);
    await page.screenshot({ path: `${FOLDER}/${name}-${viewName}.png`, fullPage: !isWindow });
  }
}

/** Also loads pictures and shelves that wait to be scrolled into view. */
async function loadPictures(): Promise<void> {
  for (const shelf of document.querySelectorAll<HTMLElement>("[data-shelf]")) {
    shelf.style.contentVisibility = "visible";
  }
  for (const picture of document.images) picture.loading = "eager";
  await Promise.allSettled([...document.images].map((picture) => picture.decode()));
}

function readFromRightToLeft(): void {
  document.addEventListener("DOMContentLoaded", () => {
    document.documentElement.dir = "rtl";
  });
}

async function givePast(page: Page): Promise<void> {
  await page.goto(NO_SHELF);
  await page.waitForFunction(() => "vitrine" in window);
  await page.evaluate(
    async ({ past, shop }) => {
      const { vitrine } = window as unknown as { vitrine: Recommender };
      await vitrine.observe(past);
      await vitrine.settled();
      localStorage.setItem("vitrine.shop", shop);
      localStorage.setItem("vitrine.returning", "yes");
    },
    { past: events, shop: JSON.stringify({ cart, orders, wishlist }) },
  );
}

async function meetCoffeeLover(page: Page): Promise<void> {
  await page.locator("[aria-labelledby=demo] button").nth(1).click();
  const next = page.locator("[data-testid=demo] button").nth(1);
  await page.locator("[data-testid=demo] button").first().click();
  for (let event = 0; event < 5; event++) await next.click();
}

async function loseCatalog(page: Page): Promise<void> {
  await page.route("**/catalog.json", (route) => route.fulfill({ status: 503 }));
  await page.reload({ waitUntil: "networkidle" });
  await page.unroute("**/catalog.json");
}

/** Next to the products on a desktop; above them on a phone, where they start closed. */
async function openFilters(page: Page): Promise<void> {
  const toggle = page.locator("main summary, main button[aria-expanded=false]").first();
  if (await toggle.isVisible()) await toggle.click();
}

async function typeSearch(page: Page): Promise<void> {
  await page.getByRole("combobox").first().fill("sho");
  await page.getByRole("listbox").waitFor();
}

async function placeOrder(page: Page): Promise<void> {
  await page.locator("main .button--primary").click();
}

/** A dismissed card and its message. */
async function hideFirst(page: Page): Promise<void> {
  await page.locator("article button").nth(2).click();
  await page.getByRole("article").first().scrollIntoViewIfNeeded();
}
