import { expect, type Page, test } from "playwright/test";
import { createRandom } from "../src/engine/kit/random.ts";
import { createTaste, visit } from "../src/storefront/demo/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { beforeWorker, openEngine } from "./support/engine.ts";

const PAST = visit(catalog, createTaste(catalog, 4), {
  random: createRandom(4),
  startsAt: 1e12,
  length: 20,
});

/**
 * Simulates a hidden tab, because Playwright keeps drawing headless pages even when they are covered: no
 * frame ever arrives (so a loop paced by `requestAnimationFrame`, like tfjs's `fit`, stops), and a page's
 * timers fire at most once per second.
 */
const NO_FRAMES = "self.requestAnimationFrame = () => 0";
const SLOW_TIMERS = `
  const timer = self.setTimeout;
  self.setTimeout = (job, ms = 0, ...args) => timer(job, Math.max(1000, ms), ...args)`;

async function openHidden(page: Page, thread: "worker" | "page"): Promise<void> {
  await beforeWorker(page, NO_FRAMES);
  await page.addInitScript(`${NO_FRAMES};${SLOW_TIMERS}`);
  if (thread === "page") await page.addInitScript("delete globalThis.Worker");
  await openEngine(page, { databaseName: `hidden-${thread}` });
  await page.evaluate((past) => window.vitrine.observe(past), PAST);
}

for (const [thread, trainer] of [
  ["worker", "plain"],
  ["worker", "webgl"],
  ["page", "plain"],
] as const) {
  test(`a hidden tab trains to the end: ${trainer}, on the ${thread}`, async ({ page }) => {
    await openHidden(page, thread);
    const { report, frames } = await page.evaluate(async (name) => {
      let frames = 0;
      requestAnimationFrame(() => frames++);
      return { report: await window.vitrine.train(name), frames };
    }, trainer);
    expect(frames).toBe(0);
    expect(report).toMatchObject({ trainer });
    expect(report!.epochs).toBeGreaterThan(5);
    const { status } = await page.evaluate(() => window.vitrine.inspect(1));
    expect(status).toMatchObject({ thread, lastTraining: { epochs: report!.epochs } });
  });
}
