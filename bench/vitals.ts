import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContext, Locator, Page } from "playwright";
import { build, preview } from "vite";
import { cart, events, orders, wishlist } from "../e2e/support/pastOfAShopper.ts";
import { NO_SHELF } from "../e2e/support/shop.ts";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import type { Recommender } from "../src/engine/recommender.ts";

/** The web vitals of one page; see https://web.dev/articles/vitals. Medians over the visits. */
export interface VitalsRow extends Vitals {
  page: string;
  shopper: "new" | "returning";
}

interface Vitals {
  /** Largest contentful paint, milliseconds. */
  lcp: number;
  /** The element painted then, and the milliseconds until discovered + until loaded + until painted. */
  largest: string;
  /** Cumulative layout shift, in shares of the screen; from the worst visit. */
  cls: number;
  /** The slowest interaction to the next paint, milliseconds. */
  inp: number;
  /** The target of that interaction, and the milliseconds of input delay + processing + presentation. */
  slowest: string;
}

const BUILD = ".cache/vitals";
const VISITS = 3;
const CPU_SLOWDOWN = 4;
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The shopper's interactions on a page; none of them leaves the page. */
type Visit = (page: Page) => Promise<void>;

/** A single button, to measure the browser's and the machine's own share. */
const EMPTY = {
  path: "/empty",
  html: `<!doctype html><title>Empty</title><meta name="viewport" content="width=device-width">
    <article><button onclick="this.style.color = this.style.color ? '' : 'red'">Tap</button></article>`,
};

const PAGES: { name: string; path: string; act: Visit }[] = [
  { name: "an empty page", path: EMPTY.path, act: useButton },
  { name: "home", path: "/", act: useCards },
  { name: "department", path: "/department/coffee-tea", act: useFacets },
  { name: "product", path: "/product/fell-2-trail-shoe", act: useProduct },
  { name: "search", path: "/search?q=cofee", act: useCards },
];

/** Measures the production build on a phone-sized screen, with the CPU throttled four times. */
export async function benchVitals(): Promise<VitalsRow[]> {
  await build({ logLevel: "error", build: { outDir: BUILD, emptyOutDir: true } });
  const server = await preview({ build: { outDir: BUILD }, preview: { port: 0 } });
  const browser = await launchChromium();
  const baseURL = server.resolvedUrls!.local[0]!;
  const rows: VitalsRow[] = [];
  try {
    for (const shopper of ["new", "returning"] as const) {
      for (const page of PAGES) {
        if (shopper === "returning" && page.path === EMPTY.path) continue;
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

async function visitPage(
  context: BrowserContext,
  { path, act }: (typeof PAGES)[number],
): Promise<Vitals> {
  const page = await context.newPage();
  page.setDefaultTimeout(120_000); // For a busy machine, throttled four times.
  await page.route(EMPTY.path, (route) =>
    route.fulfill({ contentType: "text/html", body: EMPTY.html }),
  );
  await watchVitals(page);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await page.goto(path, { waitUntil: "load" });
  await page.getByRole("article").first().waitFor();
  await act(page);
  // The vitals are final when the page is closed.
  await page.evaluate(() => window.vitrine?.settled());
  const vitals = await page.evaluate(() => window.vitals);
  if (!(vitals.inp > 0)) throw new Error(`${path}: no interaction was measured, expected several`);
  return vitals;
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
    resolve("web-vitals").replace(/[^/]+$/, "web-vitals.attribution.iife.js"),
    "utf8",
  );
  // One script, because another script cannot see its declarations.
  await page.addInitScript(`${library};(${keepVitals})(webVitals)`);
}

/** Runs on the page. */
function keepVitals({ onLCP, onCLS, onINP }: typeof import("web-vitals/attribution")): void {
  window.vitals = { lcp: Number.NaN, largest: "", cls: 0, inp: 0, slowest: "" };
  const all = {
    reportAllChanges: true,
    // A method, because tsx wraps other named functions in a helper that the page does not have.
    generateTarget(target: Node | null) {
      if (!(target instanceof Element)) return undefined;
      const named = target.closest("button, a") ?? target;
      return named.ariaLabel ?? (named.textContent || named.tagName);
    },
  };
  onLCP(({ value, attribution }) => {
    const { timeToFirstByte, resourceLoadDelay, resourceLoadDuration } = attribution;
    const parts = [timeToFirstByte + resourceLoadDelay, resourceLoadDuration];
    const largest = `${attribution.target}: ${[...parts, attribution.elementRenderDelay].map(Math.round).join(" + ")}`;
    Object.assign(window.vitals, { lcp: value, largest });
  }, all);
  onCLS(({ value }) => Object.assign(window.vitals, { cls: value }), all);
  onINP(
    ({ value, attribution }) => {
      const { inputDelay, processingDuration, presentationDelay } = attribution;
      const parts = [inputDelay, processingDuration, presentationDelay].map(Math.round);
      const slowest = `${attribution.interactionTarget}: ${parts.join(" + ")}`;
      Object.assign(window.vitals, { inp: value, slowest });
    },
    { ...all, durationThreshold: 16 },
  );
}

/** Waits until the shop is cached for offline use, so that later visits do not include the caching. */
async function givePast(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.goto(NO_SHELF);
  await page.waitForFunction(() => window.vitrine !== undefined);
  await page.evaluate(
    async ({ past, shop }) => {
      await window.vitrine.observe(past);
      await window.vitrine.settled();
      localStorage.setItem("vitrine.shop", shop);
      localStorage.setItem("vitrine.returning", "yes");
      await navigator.serviceWorker.ready;
    },
    { past: events, shop: JSON.stringify({ cart, orders, wishlist }) },
  );
  await page.close();
}

async function useButton(page: Page): Promise<void> {
  for (let count = 0; count < 3; count++) await tap(page.getByRole("button"));
}

async function useCards(page: Page): Promise<void> {
  const card = page.getByRole("article").first();
  await tap(card.getByRole("button", { name: /^Add to cart/ }));
  await tap(card.getByRole("button", { name: /wishlist: / }));
  await tap(card.getByRole("button", { name: /^Not for me/ }));
  await tap(page.getByRole("button", { name: /^Undo "not for me"/ }));
  const box = page.getByRole("combobox", { name: "Search the shop" });
  await box.pressSequentially("tea", { delay: REACTION_MS });
  await box.press("Escape");
}

async function useFacets(page: Page): Promise<void> {
  await tap(page.getByRole("button", { name: /^Filters/ }));
  await tap(page.getByRole("checkbox", { name: /^Brewline/ }));
  // Uses the keyboard, because an option set by a script is not an interaction.
  await page.getByLabel("Sort by").press("ArrowDown");
  await tap(page.getByRole("button", { name: /^Add to cart/ }).first());
}

async function useProduct(page: Page): Promise<void> {
  await tap(page.getByRole("button", { name: "Closer" }));
  await tap(page.getByRole("button", { name: "Add to cart", exact: true }));
  await tap(page.getByRole("button", { name: "Wishlist", exact: true }));
}

/** The shortest time from seeing something to touching it. */
const REACTION_MS = 250;

/**
 * Taps an element that is visible and not covered. Scrolling there and hit testing take the page's time,
 * which does not belong to the tap, so both are done before.
 */
async function tap(button: Locator): Promise<void> {
  await button.evaluate((element) => element.scrollIntoView({ block: "center" }));
  await button.tap({ trial: true });
  await button.page().waitForTimeout(REACTION_MS);
  await button.tap({ force: true });
}

function summaryOf(visits: readonly Vitals[]): Vitals {
  const inOrder = (name: "lcp" | "inp") =>
    visits.toSorted((left, right) => left[name] - right[name])[visits.length >> 1]!;
  const { inp, slowest } = inOrder("inp");
  const { lcp, largest } = inOrder("lcp");
  const cls = Math.max(...visits.map((visit) => visit.cls));
  return { lcp, largest, cls, inp, slowest };
}
