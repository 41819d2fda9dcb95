import { expect, type Page, test } from "playwright/test";
import type { LocalSite } from "../src/cli/doctor/localSite.ts";
import type { TrainOptions } from "../src/engine/learning/training.ts";
import { serveBuild } from "../src/testing/serveBuild.ts";

type Trainers = typeof import("./support/trainers.ts");
declare global {
  var trainers: Trainers;
}

let site: LocalSite;
test.beforeAll(async () => {
  site = await serveBuild({ trainers: "e2e/support/trainers.ts" }, {});
});
test.afterAll(() => site.close());

async function openTrainers(page: Page): Promise<void> {
  await page.goto(site.origin);
  await page.evaluate(async () => {
    const address = "/trainers.js";
    globalThis.trainers = (await import(address)) as Trainers;
  });
}

const OPTIONS: [string, Partial<TrainOptions>][] = [
  ["plain options", {}],
  ["L1 and L2", { l1: 0.003, l2: 0.01 }],
  ["an elastic pull", { elastic: 0.02 }],
  ["noise", { noise: 0.05 }],
  ["batches that do not come out even", { batchSize: 7 }],
  ["more steps than a draw takes", { batchSize: 1 }],
  ["other moments of Adam", { beta1: 0.8, beta2: 0.99, epsilon: 1e-5, learningRate: 0.004 }],
  ["three bootstrapped networks", { networks: 3, vary: "bootstrap" }],
  [
    "three folds, held-out examples and early stopping",
    { networks: 3, vary: "fold", validationSplit: 0.2, patience: 2 },
  ],
];

test("WebGL and plain training reach the same weights with every option", async ({ page }) => {
  await openTrainers(page);
  for (const activation of ["relu", "sigmoid"] as const) {
    for (const [name, options] of OPTIONS) {
      const settings = { epochs: 10, validationSplit: 0, activation, ...options };
      const distance = await page.evaluate((given) => trainers.disagreement(150, given), settings);
      expect(distance, `${activation}, ${name}`).toBeLessThan(1e-4);
    }
  }
});

test("a thousand trainings leak no GL object", async ({ page }) => {
  test.slow();
  await openTrainers(page);
  const [before, after] = await page.evaluate(async () => {
    const counted = trainers.countGlObjects();
    await trainers.trainOnWebgl(40, { epochs: 2 });
    const first = counted();
    for (let round = 0; round < 1000; round++) {
      await trainers.trainOnWebgl(40 + (round % 3), { epochs: 1, networks: 1 + (round % 2) });
    }
    return [first, counted()];
  });
  expect(after).toEqual(before);
});

/** Opening a context and compiling for it takes a fifth of a second; `LOSSES=1000` has been run. */
const LOSSES = Number(process.env.LOSSES ?? 100);

test(`${LOSSES} lost contexts cause no hang and no non-finite weight`, async ({ page }) => {
  test.setTimeout(30_000 + 1000 * LOSSES);
  await openTrainers(page);
  for (let round = 0; round < LOSSES; round += 20) {
    const { problems, lost } = await page.evaluate(() => trainers.trainThroughLosses(20));
    expect(problems).toEqual([]);
    expect(lost).toBeGreaterThan(10);
  }
});

for (const { epochs, size } of [
  { epochs: "long", size: 3000 },
  { epochs: "short", size: 64 },
]) {
  test(`an abort stops WebGL training at once, its epochs being ${epochs}`, async ({ page }) => {
    await openTrainers(page);
    const stopMs = await page.evaluate((size) => trainers.stopMs(size), size);
    console.log(`stopped in ${stopMs.toFixed(1)} ms`);
    expect(stopMs).toBeLessThan(500); // The goal is 50 ms; other tests run at the same time.
  });
}
