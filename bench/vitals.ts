import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContext, Page } from "playwright";
import { build, preview } from "vite";
import { cart, events, orders, wishlist } from "../e2e/support/pastOfAShopper.ts";
import type { Recommender } from "../src/engine/recommender.ts";
import { launchChromium } from "../src/testing/chromium.ts";

/** What a shopper feels of one page; see https://web.dev/articles/vitals. Medians over the visits. */
export interface VitalsRow {
  page: string;
  shopper: "new" | "returning";
  /** Largest contentful paint, milliseconds. */
  lcp: number;
  /** Cumulative layout shift, in shares of the screen; the worst visit's. */
  cls: number;
  /** The slowest interaction to the next paint, milliseconds. */
  inp: number;
}

const BUILD = ".cache/vitals";
const VISITS = 3;
const CPU_SLOWDOWN = 4;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** What shoppers do on a page: none of it leaves the page. */
type Visit = (page: Page) => Promise<void>;

const PAGES: { name: string; path: string; act: Visit }[] = [
  { name: "home", path: "/", act: useCards },
  { name: "department", path: "/department/coffee-tea", act: useFacets },
  { name: "product", path: "/product/fell-2-trail-shoe", act: useProduct },
  { name: "search", path: "/search?q=cofee", act: useCards },
];

/** Measures the production build on a phone's screen, with the CPU slowed four times. */
export async function benchVitals(): Promise<VitalsRow[]> {
  await build({ logLevel: "error", build: { outDir: BUILD, emptyOutDir: true } });
  const server = await preview({ build: { outDir: BUILD }, preview: { port: 0 } });
  const browser = await launchChromium();
  const baseURL = server.resolvedUrls!.local[0]!;
  const rows: VitalsRow[] = [];
  try {
    for (const shopper of ["new", "returning"] as const) {
      for (const page of PAGES) {
        const visits: Vitals[] = [];
        for (let visit = 0; visit < VISITS; visit++) {
          const context = await browser.newContext({ ...PHONE, baseURL });
          if (shopper === "returning") await givePast(context);
          visits.push(await visitPage(context, page));
          await context.close();
        }
        rows.push({ page: page.name, shopper, ...summaryOf(visits) });
      }
    }
    return rows;
  } finally {
    await browser.close();
    await server.close();
  }
}

type Vitals = Record<"lcp" | "cls" | "inp", number>;

async function visitPage(
  context: BrowserContext,
  { path, act }: (typeof PAGES)[number],
): Promise<Vitals> {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // A busy machine, slowed four times.
  await watchVitals(page);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await page.goto(path, { waitUntil: "load" });
  await page.getByRole("article").first().waitFor();
  await act(page);
  // The vitals are final when the page is left.
  await page.evaluate(() => window.vitrine.settled());
  return page.evaluate(() => window.vitals);
}

declare global {
  interface Window {
    vitrine: Recommender;
    vitals: Vitals;
  }
}

/** Google's own library, the one behind the field data of Chrome. */
async function watchVitals(page: Page): Promise<void> {
  const { resolve } = createRequire(import.meta.url);
  const library = readFileSync(
    resolve("web-vitals").replace(/[^/]+$/, "web-vitals.iife.js"),
    "utf8",
  );
  // One script: what a script declares is its own.
  await page.addInitScript(`${library};(${keepVitals})(webVitals)`);
}

/** Runs on the page. */
function keepVitals({ onLCP, onCLS, onINP }: typeof import("web-vitals")): void {
  window.vitals = { lcp: Number.NaN, cls: 0, inp: 0 };
  const all = { reportAllChanges: true };
  onLCP(({ value }) => Object.assign(window.vitals, { lcp: value }), all);
  onCLS(({ value }) => Object.assign(window.vitals, { cls: value }), all);
  onINP(({ value }) => Object.assign(window.vitals, { inp: value }), {
    ...all,
    durationThreshold: 16,
  });
}

async function givePast(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto("/nowhere");
  await page.waitForFunction(() => window.vitrine !== undefined);
  await page.evaluate(
    async ({ past, shop }) => {
      await window.vitrine.observe(past);
      await window.vitrine.settled();
      localStorage.setItem("vitrine.shop", shop);
      localStorage.setItem("vitrine.returning", "yes");
    },
    { past: events, shop: JSON.stringify({ cart, orders, wishlist }) },
  );
  await page.close();
}

async function useCards(page: Page): Promise<void> {
  const card = page.getByRole("article").first();
  await card.getByRole("button", { name: /^Add to cart/ }).tap();
  await card.getByRole("button", { name: /wishlist: / }).tap();
  await card.getByRole("button", { name: /^Not for me/ }).tap();
  await page.getByRole("button", { name: /^Undo "not for me"/ }).tap();
  const box = page.getByRole("combobox", { name: "Search the shop" });
  await box.pressSequentially("tea");
  await box.press("Escape");
}

async function useFacets(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Filters/ }).tap();
  await page.getByRole("checkbox", { name: /^Brewline/ }).tap();
  await page.getByLabel("Sort by").selectOption("price-up");
  await page
    .getByRole("button", { name: /^Add to cart/ })
    .first()
    .tap();
}

async function useProduct(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Closer" }).tap();
  await page.getByRole("button", { name: "Add to cart", exact: true }).tap();
  await page.getByRole("button", { name: "Wishlist", exact: true }).tap();
}

function summaryOf(visits: readonly Vitals[]): Vitals {
  const median = (name: keyof Vitals) =>
    visits.map((visit) => visit[name]).sort((left, right) => left - right)[visits.length >> 1]!;
  return {
    lcp: median("lcp"),
    cls: Math.max(...visits.map(({ cls }) => cls)),
    inp: median("inp"),
  };
}
