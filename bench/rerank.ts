import type { Page } from "playwright";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import { createRandom } from "../src/engine/kit/random.ts";
import { serveBuild } from "../src/testing/serveBuild.ts";
import { madeUpShop } from "./madeUpShop.ts";

/** Time from an event to the shelf that reflects it, in milliseconds. */
export interface RerankRow {
  products: number;
  thread: "worker" | "page";
  throttle: 1 | 4;
  p50: number;
  p95: number;
}

/** The longest tasks on the page's main thread during a training, in milliseconds. */
export interface LongTaskRow {
  trainer: "plain" | "webgl";
  thread: "worker" | "page";
  throttle: 1 | 4;
  longestTaskMs: number;
  trainingMs: number;
}

const SIZES = [240, 10_000, 100_000];
const EVENTS = 120;

/**
 * Chromium throttles a page's main thread but not workers, so the throttled figures run the whole engine
 * on the page: the slowest mode, for browsers that need it.
 */
export async function benchRerank(): Promise<{ rerank: RerankRow[]; longTasks: LongTaskRow[] }> {
  const shops = new Map(SIZES.map((size) => [size, madeUpShop(size)]));
  const files = Object.fromEntries(
    [...shops].flatMap(([size, { catalog, pack }]) => [
      [`/${size}.json`, catalog],
      [`/${size}.bin`, pack],
    ]),
  );
  const site = await serveBuild({ engine: "src/worker/openRecommender.ts" }, files);
  const browser = await launchChromium();
  const rerank: RerankRow[] = [];
  const longTasks: LongTaskRow[] = [];
  try {
    for (const [size, { ids }] of shops) {
      for (const { thread, throttle } of SETTINGS) {
        const page = await openEngine(await browser.newPage(), site.origin, { size, thread });
        await setThrottle(page, throttle);
        rerank.push({ products: size, thread, throttle, ...(await timeEvents(page, ids)) });
        await page.context().close();
      }
    }
    for (const { thread, throttle } of SETTINGS) {
      for (const trainer of ["plain", "webgl"] as const) {
        if (trainer === "webgl" && thread === "page") continue;
        const page = await openEngine(await browser.newPage(), site.origin, {
          size: 10_000,
          thread,
        });
        await setThrottle(page, throttle);
        longTasks.push({ trainer, thread, throttle, ...(await watchTraining(page, trainer)) });
        await page.context().close();
      }
    }
  } finally {
    await browser.close();
    site.close();
  }
  return { rerank, longTasks };
}

const SETTINGS = [
  { thread: "worker", throttle: 1 },
  { thread: "page", throttle: 1 },
  { thread: "page", throttle: 4 },
] as const;

async function openEngine(
  page: Page,
  origin: string,
  { size, thread }: { size: number; thread: "worker" | "page" },
): Promise<Page> {
  if (thread === "page") await page.addInitScript("delete window.Worker");
  await page.goto(origin);
  await page.evaluate(async (size) => {
    const address = "/engine.js";
    const { openRecommender } = await import(address);
    const files = { catalog: `/${size}.json`, pack: `/${size}.bin` };
    Object.assign(window, { vitrine: await openRecommender({ ...files, databaseName: "bench" }) });
  }, size);
  return page;
}

async function setThrottle(page: Page, rate: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}

async function timeEvents(page: Page, ids: string[]): Promise<{ p50: number; p95: number }> {
  const random = createRandom(1);
  const path = Array.from({ length: EVENTS }, () => ids[random.integer(ids.length)]!);
  const times: number[] = await page.evaluate(async (path) => {
    const times: number[] = [];
    for (const [step, productId] of path.entries()) {
      const startedAt = performance.now();
      await window.vitrine.observe({ type: "view", productId });
      await window.vitrine.recommend({ strategy: "for-you", limit: 12, productId });
      if (step >= 20) times.push(performance.now() - startedAt);
    }
    return times;
  }, path);
  times.sort((left, right) => left - right);
  const at = (share: number) => times[Math.floor(share * (times.length - 1))]!;
  return { p50: at(0.5), p95: at(0.95) };
}

async function watchTraining(page: Page, trainer: "plain" | "webgl") {
  return page.evaluate(async (trainer) => {
    const views = Array.from({ length: 200 }, (_, index) => ({
      type: "view" as const,
      productId: `p${(index * 120 + (index % 7)) % 10_000}`,
    }));
    await window.vitrine.observe(views);
    let longestTaskMs = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        longestTaskMs = Math.max(longestTaskMs, duration);
    });
    observer.observe({ entryTypes: ["longtask"] });
    const report = await window.vitrine.train(trainer);
    // Long tasks are reported with a delay, at the latest after two frames.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    observer.disconnect();
    return { longestTaskMs, trainingMs: report?.ms ?? Number.NaN };
  }, trainer);
}
