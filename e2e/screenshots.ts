/**
 * `npm run screenshots [-- PAGE…]`: pictures of the shop's pages as a shopper with a past sees them, on
 * a desktop and a phone, light and dark, into `screenshots/`. For looking at, not for comparing.
 */
import { mkdirSync } from "node:fs";
import type { Browser, Page } from "playwright";
import { build, preview } from "vite";
import type { Recommender } from "../src/engine/recommender.ts";
import { launchChromium } from "../src/testing/chromium.ts";
import { cart, events, orders, wishlist } from "./support/pastOfAShopper.ts";

const PAGES: Record<string, string> = {
  home: "/",
  department: "/department/coffee-tea",
  filtered: "/department/running-fitness?brand=Pacewell&sale=&sort=price-up",
  search: "/search?q=cofee",
  "search-nothing": "/search?q=submarine",
  product: "/product/fell-2-trail-shoe",
  shelf: "/shelf/on-sale",
  cart: "/cart",
  checkout: "/checkout",
  orders: "/orders",
  wishlist: "/wishlist",
  recent: "/recent",
  glass: "/glass",
  "glass-network": "/glass/network",
  "glass-data": "/glass/data",
  "glass-card": "/glass/card",
  "glass-proof": "/glass/proof",
  "not-found": "/nowhere",
};
/** The home page as somebody without a past sees it. */
const FIRST_VISIT = "first-visit";
const VIEWS = [
  { name: "desktop-light", viewport: { width: 1280, height: 900 }, colorScheme: "light" },
  { name: "desktop-dark", viewport: { width: 1280, height: 900 }, colorScheme: "dark" },
  { name: "phone-light", viewport: { width: 390, height: 844 }, colorScheme: "light" },
  { name: "phone-dark", viewport: { width: 390, height: 844 }, colorScheme: "dark" },
] as const;
const FOLDER = "screenshots";
const BUILD = ".cache/screenshots";

const wanted = process.argv.slice(2);
const known = [FIRST_VISIT, ...Object.keys(PAGES)];
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined) {
  throw new Error(`page "${unknown}" is none of ${known.join(", ")}`);
}
const names = wanted.length > 0 ? wanted : known;

mkdirSync(FOLDER, { recursive: true });
await build({ logLevel: "error", build: { outDir: BUILD, emptyOutDir: true } });
const server = await preview({ build: { outDir: BUILD }, preview: { port: 0 } });
const origin = server.resolvedUrls!.local[0]!;
const browser = await launchChromium();
try {
  for (const view of VIEWS) await takePictures(browser, view);
} finally {
  await browser.close();
  await server.close();
}

async function takePictures(browser: Browser, { name, ...look }: (typeof VIEWS)[number]) {
  const context = await browser.newContext({
    ...look,
    baseURL: origin,
    locale: "en-GB",
    serviceWorkers: "block",
  });
  const page = await context.newPage();
  const take = async (one: string, path: string) => {
    await page.goto(path, { waitUntil: "networkidle" });
    await page.screenshot({ path: `${FOLDER}/${one}-${name}.png`, fullPage: true });
  };
  if (names.includes(FIRST_VISIT)) await take(FIRST_VISIT, "/");
  await givePast(page);
  for (const one of names) if (one !== FIRST_VISIT) await take(one, PAGES[one]!);
  await context.close();
}

async function givePast(page: Page): Promise<void> {
  await page.goto("/nowhere");
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
