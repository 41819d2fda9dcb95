import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright";
import packageFile from "../../package.json" with { type: "json" };
import { buildTag } from "../../src/build/buildTag.ts";
import { launchChromium } from "../../src/cli/doctor/chromium.ts";
import { serveFolder } from "../../src/cli/doctor/serveFolder.ts";
import { madeUpShop } from "../madeUpShop.ts";
import { TRACED, taskTimes } from "./taskTimes.ts";

/** The cost of a page for its reader: medians over `LOADS` loads with an empty cache, in milliseconds. */
export interface PageCost {
  page: "without" | "with a shelf";
  throttle: 1 | 4;
  /** First contentful paint. */
  paintMs: number;
  /** From navigation to the first card; undefined without. */
  firstCardMs: number | undefined;
  /** Time of tasks beyond 50 ms each (web.dev/tbt), until two seconds after load and first card. */
  blockedMs: number;
  /** The longest main-thread task of all loads; 0 where none took 50 ms. */
  longestTaskMs: number;
  /** The longest task with the tag's code in it, as processor time, so that other load does not count. */
  ownTaskMs: number;
}

const LOADS = 9;
const PRODUCTS = 2000;
const TAG = `<link rel="stylesheet" href="/vitrine/${packageFile.version}/vitrine.css">
<script async src="/vitrine/${packageFile.version}/vitrine.js" data-catalog="/catalog.json" data-pack="/pack.bin"></script>`;

export async function measurePageCost(): Promise<PageCost[]> {
  const folder = mkdtempSync(join(tmpdir(), "vitrine-widget-"));
  await buildTag(join(folder, "vitrine"));
  const { catalog, pack } = madeUpShop(PRODUCTS);
  writeFileSync(join(folder, "catalog.json"), catalog);
  writeFileSync(join(folder, "pack.bin"), pack);
  writeFileSync(join(folder, "without.html"), shopPage("", ""));
  writeFileSync(join(folder, "with.html"), shopPage(TAG, "<vitrine-shelf></vitrine-shelf>"));
  const site = await serveFolder(folder);
  const browser = await launchChromium([], { gl: "none" });
  try {
    const costs: PageCost[] = [];
    for (const throttle of [1, 4] as const) {
      for (const page of ["without", "with a shelf"] as const) {
        const address = `${site.origin}/${page === "without" ? "without" : "with"}.html`;
        costs.push({ page, throttle, ...(await loadOften(browser, address, throttle)) });
      }
    }
    return costs;
  } finally {
    await browser.close();
    site.close();
    rmSync(folder, { recursive: true });
  }
}

/** A realistic page: a shop's list of 48 products. */
function shopPage(head: string, shelf: string): string {
  const items = Array.from(
    { length: 48 },
    (_, index) => `<li><a href="#">Product ${index}</a><p>€ ${index}.00</p></li>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Shop</title>${head}
    <h1>Shop</h1>${shelf}<ul>${items.join("")}</ul>`;
}

type Load = Omit<PageCost, "page" | "throttle">;

async function loadOften(browser: Browser, address: string, throttle: number): Promise<Load> {
  const loads: Load[] = [];
  for (let load = 0; load < LOADS; load++) loads.push(await loadOnce(browser, address, throttle));
  const median = (pick: (load: Load) => number | undefined) => {
    const sorted = loads
      .map((load) => pick(load) ?? Number.NaN)
      .sort((left, right) => left - right);
    return sorted[LOADS >> 1]!;
  };
  const firstCardMs = median(({ firstCardMs }) => firstCardMs);
  return {
    paintMs: median(({ paintMs }) => paintMs),
    firstCardMs: Number.isNaN(firstCardMs) ? undefined : firstCardMs,
    blockedMs: median(({ blockedMs }) => blockedMs),
    longestTaskMs: Math.max(...loads.map(({ longestTaskMs }) => longestTaskMs)),
    ownTaskMs: Math.max(...loads.map(({ ownTaskMs }) => ownTaskMs)),
  };
}

/** The page's own measurements, two seconds after load and first card. */
const WATCH = `
  const tasks = [];
  let firstCardMs;
  new PerformanceObserver((list) => tasks.push(...list.getEntries()))
    .observe({ type: "longtask", buffered: true });
  const shown = new Promise((resolve) => document.addEventListener("load", ({ target }) => {
    if (target.localName !== "vitrine-shelf") return;
    firstCardMs ??= performance.now();
    resolve();
  }, { capture: true }));
  const loaded = new Promise((resolve) => addEventListener("load", resolve));
  const rest = () => new Promise((resolve) => setTimeout(resolve, 2000));
  globalThis.seen = async () => {
    await loaded;
    if (document.querySelector("vitrine-shelf")) await shown;
    await rest();
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    return {
      paintMs: paint?.startTime ?? NaN,
      firstCardMs,
      blockedMs: tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
      longestTaskMs: Math.max(0, ...tasks.map(({ duration }) => duration)),
    };
  };`;

/** Uses the raw protocol, because the code that Playwright injects into a page is itself a long task. */
async function loadOnce(browser: Browser, address: string, throttle: number): Promise<Load> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
  await page.addInitScript(WATCH);
  await browser.startTracing(page, { categories: TRACED });
  await page.goto(address);
  const { result } = await session.send("Runtime.evaluate", {
    expression: "seen()",
    awaitPromise: true,
    returnByValue: true,
  });
  const own = taskTimes(await browser.stopTracing(), "/vitrine/");
  await context.close();
  return { ...(result.value as Omit<Load, "ownTaskMs">), ownTaskMs: Math.max(0, ...own) };
}
