import type { Browser, CDPSession, Page } from "playwright";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import { isDue } from "../src/engine/learning/schedule.ts";
import { serveBuild } from "../src/testing/serveBuild.ts";
import type { CycleParts } from "./browser/cycle.ts";
import { madeUpShop } from "./madeUpShop.ts";
import { pastOf } from "./pastOf.ts";

/** One training, from due to adopted, in milliseconds. */
export interface CycleRow extends CycleParts {
  /** Interactions stored. */
  events: number;
  throttle: 1 | 4;
  /** All of it by the engine in use, reading the stored events included; the best of three runs. */
  whole: number;
  /** A second training after a fifth more events; the best of three runs. */
  again: number;
}

/** What a day with 100 interactions costs this device's processor, in seconds. */
export interface DayRow {
  /** Interactions stored before that day. */
  before: number;
  trainings: number;
  /** Of the page's thread, which runs the whole engine here: storing, ranking a shelf an event, trainings. */
  cpuSeconds: number;
}

const PRODUCTS = 10_000;
const STORED = [50, 300, 2000, 8000];
const THROTTLES = [1, 4] as const;
const DAY = 100;

/** The cycle in a page without workers, since Chromium throttles only the thread of a page. */
export async function benchCycle(): Promise<{ cycle: CycleRow[]; days: DayRow[] }> {
  const { catalog, pack } = madeUpShop(PRODUCTS);
  const entries = { parts: "bench/browser/cycle.ts", engine: "src/worker/openRecommender.ts" };
  const site = await serveBuild(entries, { "/shop.json": catalog, "/shop.bin": pack });
  const browser = await launchChromium();
  const cycle: CycleRow[] = [];
  const days: DayRow[] = [];
  try {
    for (const throttle of THROTTLES) {
      for (const events of STORED) {
        const parts = await timeParts(browser, { origin: site.origin, throttle, events });
        const page = await openEngine(browser, site.origin);
        await throttleTo(page, throttle);
        cycle.push({ events, throttle, ...parts, ...(await timeWhole(page, events)) });
        await page.context().close();
      }
    }
    for (const before of [0, ...STORED]) days.push(await timeDay(browser, site.origin, before));
  } finally {
    await browser.close();
    site.close();
  }
  return { cycle, days };
}

interface Setting {
  origin: string;
  throttle: number;
  events: number;
}

async function timeParts(
  browser: Browser,
  { origin, throttle, events }: Setting,
): Promise<CycleParts> {
  const page = await browser.newPage();
  await page.goto(origin);
  await throttleTo(page, throttle);
  const parts = await page.evaluate(async (events) => {
    const address = "/parts.js";
    return (await import(address)).timeParts("shop", events);
  }, events);
  await page.close();
  return parts;
}

async function openEngine(browser: Browser, origin: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript("delete window.Worker");
  await page.goto(origin);
  await page.evaluate(async () => {
    const address = "/engine.js";
    const { openRecommender } = await import(address);
    const files = { catalog: "/shop.json", pack: "/shop.bin" };
    Object.assign(window, { vitrine: await openRecommender({ ...files, databaseName: "bench" }) });
  });
  return page;
}

async function throttleTo(page: Page, rate: number): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  return session;
}

/** The engine's own training of the stored events, and of a fifth more. */
async function timeWhole(page: Page, events: number): Promise<Pick<CycleRow, "whole" | "again">> {
  const past = pastOf(Math.ceil(1.2 * events));
  const whole = await timeTraining(page, past.slice(0, events));
  const again = await timeTraining(page, past.slice(events));
  return { whole, again };
}

/** Milliseconds, once `more` is stored; the best of three. */
function timeTraining(page: Page, more: ReturnType<typeof pastOf>): Promise<number> {
  return page.evaluate(async (more) => {
    await window.vitrine.observe(more);
    await window.vitrine.settled();
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 3; run++) {
      const startedAt = performance.now();
      await window.vitrine.train("plain");
      best = Math.min(best, performance.now() - startedAt);
    }
    return best;
  }, more);
}

/** 100 interactions with a shelf after each, and each training that `schedule.ts` wants. */
async function timeDay(browser: Browser, origin: string, before: number): Promise<DayRow> {
  const page = await openEngine(browser, origin);
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const past = pastOf(before + DAY);
  await page.evaluate(
    async (past) => {
      if (past.length > 0) await window.vitrine.observe(past);
      await window.vitrine.settled();
    },
    past.slice(0, before),
  );
  const busy = await busySeconds(session);
  await page.evaluate(async (day) => {
    for (const event of day) {
      await window.vitrine.observe(event);
      await window.vitrine.recommend({ strategy: "for-you", limit: 12 });
      await window.vitrine.settled();
    }
  }, past.slice(before));
  const cpuSeconds = (await busySeconds(session)) - busy;
  await page.context().close();
  return { before, trainings: trainingsFrom(before), cpuSeconds };
}

/** The trainings that become due during that day, after one of all that is stored before. */
function trainingsFrom(before: number): number {
  let trained = before;
  let trainings = 0;
  for (let total = before + 1; total <= before + DAY; total++) {
    if (!isDue(total, trained)) continue;
    trained = total;
    trainings++;
  }
  return trainings;
}

async function busySeconds(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")!.value;
}
