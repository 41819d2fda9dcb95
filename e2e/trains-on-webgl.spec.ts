import { expect, test } from "playwright/test";
import { createRandom } from "../src/engine/kit/random.ts";
import { createTaste, visit } from "../src/storefront/demo/shoppers.ts";
import { catalog } from "./support/demoShop.ts";
import { beforeWorker, openEngine, weightsInUse } from "./support/engine.ts";

/** Counts the calls that reach the GL context, and reports them on a channel. */
const COUNT_DRAWS = `
  let draws = 0;
  for (const name of ["drawArrays", "drawElements"]) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...args) {
      draws++;
      return draw.apply(this, args);
    };
  }
  const asked = new BroadcastChannel("draws");
  asked.onmessage = ({ data }) => data === "count?" && asked.postMessage(draws)`;

test("WebGL training draws every epoch on the worker's GL context", async ({ page }) => {
  await beforeWorker(page, COUNT_DRAWS);
  await openEngine(page, { databaseName: "trains-on-webgl" });
  const countDraws = () =>
    page.evaluate(() => {
      const channel = new BroadcastChannel("draws");
      const answer = new Promise<number>((resolve) => {
        channel.onmessage = ({ data }) => {
          resolve(data);
          channel.close();
        };
      });
      channel.postMessage("count?");
      return answer;
    });
  const taste = createTaste(catalog, 4);
  const events = visit(catalog, taste, { random: createRandom(4), startsAt: 1e12, length: 14 });
  await page.evaluate((events) => window.vitrine.observe(events), events);
  await page.evaluate(() => window.vitrine.train("plain"));
  expect(await countDraws()).toBe(0);

  const report = await page.evaluate(() => window.vitrine.train("webgl"));
  expect(report?.trainer).toBe("webgl");
  expect(await countDraws()).toBeGreaterThanOrEqual(report!.epochs);
  expect(report!.lastLoss).toBeLessThan(report!.firstLoss);
});

test("both trainers learn the same network from the same events", async ({ page }) => {
  await openEngine(page, { databaseName: "same-network" });
  const taste = createTaste(catalog, 5);
  const events = visit(catalog, taste, { random: createRandom(5), startsAt: 1e12, length: 14 });
  await page.evaluate((events) => window.vitrine.observe(events), events);
  const weightsBy = (trainer: "plain" | "webgl") =>
    page
      .evaluate((trainer) => window.vitrine.train(trainer), trainer)
      .then(async (report) => ({ trainer: report?.trainer, weights: await weightsInUse(page) }));
  const plain = await weightsBy("plain");
  const webgl = await weightsBy("webgl");
  expect([plain.trainer, webgl.trainer]).toEqual(["plain", "webgl"]);
  plain.weights.forEach((weight, index) => {
    expect(Math.abs(weight - webgl.weights[index]!)).toBeLessThan(1e-3);
  });
});
