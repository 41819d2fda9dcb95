/**
 * `npm run bench [-- rerank | cycle | score | train | storage | vitals | widget] [--gpu] [--json OUT]`: measures
 * everything in one run and prints tables. Ratios carry over between machines; milliseconds do not. WebGL
 * renders in software; with `--gpu`, training and scoring use this machine's GPU.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright";
import { launchChromium } from "../src/cli/doctor/chromium.ts";
import { serveBuild } from "../src/testing/serveBuild.ts";
import type { ScoringRow } from "./browser/score.ts";
import type { StorageRow } from "./browser/storage.ts";
import type { TrainingBench } from "./browser/train.ts";
import { benchCycle } from "./cycle.ts";
import { benchRerank } from "./rerank.ts";
import { benchVitals } from "./vitals.ts";
import { ownSizes, peerSizes } from "./widget/bundledSize.ts";
import { measurePageCost } from "./widget/pageCost.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    gpu: { type: "boolean", default: false },
    json: { type: "string", default: "bench/reports/bench.json" },
  },
});
const known = ["rerank", "cycle", "score", "train", "storage", "vitals", "widget"];
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`bench: unknown benchmark "${unknown}", expected ${known.join(", ")}`);
  process.exit(2);
}
const chosen = positionals.length > 0 ? positionals : known;

const results: Record<string, unknown> = {};
if (chosen.includes("rerank")) Object.assign(results, await rerank());
if (chosen.includes("cycle")) Object.assign(results, await cycle());
if (chosen.includes("score")) Object.assign(results, await scoring());
if (chosen.includes("train")) Object.assign(results, await train());
if (chosen.includes("storage")) Object.assign(results, await storage());
if (chosen.includes("vitals")) Object.assign(results, await vitals());
if (chosen.includes("widget")) Object.assign(results, await widget());
mkdirSync(dirname(values.json), { recursive: true });
writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
console.log(`\nwritten to ${values.json}`);

async function rerank() {
  const { rerank: rows, longTasks } = await benchRerank();
  console.log("\nFrom an event to the re-ranked shelf");
  console.table(rows.map((row) => ({ ...row, p50: row.p50.toFixed(1), p95: row.p95.toFixed(1) })));
  console.log("Longest main-thread task while training (0: none of 50 ms or more)");
  console.table(
    longTasks.map((row) => ({
      ...row,
      longestTaskMs: row.longestTaskMs.toFixed(0),
      trainingMs: row.trainingMs.toFixed(0),
    })),
  );
  return { rerank: rows, longTasks };
}

async function cycle() {
  const { cycle: rows, days } = await benchCycle();
  console.log(
    "\nOne training, milliseconds: its parts; all of it in the engine; again after 20 % more events",
  );
  console.table(
    rows.map(({ events, throttle, examples, ...parts }) => ({
      events,
      "CPU slowed": `${throttle} ×`,
      examples,
      ...Object.fromEntries(Object.entries(parts).map(([part, ms]) => [part, ms.toFixed(0)])),
    })),
  );
  console.log("A day with 100 interactions and a shelf after each: seconds of one processor");
  console.table(days.map((row) => ({ ...row, cpuSeconds: row.cpuSeconds.toFixed(2) })));
  return { cycle: rows, days };
}

async function scoring() {
  const rows = await onPage("bench/browser/score.ts", async (page): Promise<ScoringRow[]> => {
    return page.evaluate(async () => {
      const address = "/bench.js";
      const { benchScoring } = await import(address);
      return benchScoring([10_000, 100_000, 1_000_000]);
    });
  });
  console.log("\nScoring, and the best 20 of it");
  console.table(
    rows.map(({ products, scoreMs, webglMs, topMs, bytes }) => ({
      products,
      "score ms": scoreMs.toFixed(1),
      "on WebGL ×": (webglMs / scoreMs).toFixed(1),
      "top 20 ms": topMs.toFixed(1),
      MB: (bytes / 1e6).toFixed(1),
    })),
  );
  return { scoring: rows };
}

async function storage() {
  const rows = await onPage("bench/browser/storage.ts", async (page): Promise<StorageRow[]> => {
    return page.evaluate(async () => {
      const address = "/bench.js";
      const { benchStorage } = await import(address);
      return benchStorage({ events: 20_000, usual: 1000, stored: 100_000 });
    });
  });
  console.log(
    "\nStoring and reading 20,000 events, microseconds an event; first shelf over 1,000 and 100,000 stored",
  );
  console.table(
    rows.map(({ encrypted, single, batch, read, usualStart, start }) => ({
      encrypted,
      "one at a time": (1000 * single).toFixed(0),
      "all at once": (1000 * batch).toFixed(0),
      read: (1000 * read).toFixed(0),
      "first shelf over 1,000, ms": usualStart.toFixed(0),
      "over 100,000, ms": start.toFixed(0),
    })),
  );
  return { storage: rows };
}

async function vitals() {
  const rows = await benchVitals();
  console.log("\nWhat a shopper feels, on a phone's screen with the CPU slowed 4×, milliseconds");
  console.table(
    rows.map(({ lcp, cls, inp, ...row }) => ({
      ...row,
      LCP: lcp.toFixed(0),
      CLS: cls.toFixed(4),
      INP: inp.toFixed(0),
    })),
  );
  return { vitals: rows };
}

async function widget() {
  const own = await ownSizes();
  const peers = await peerSizes();
  console.log("\nWhat a page loads for one shelf, bundled and minified alike, bytes gzip");
  console.table([...own, ...(peers ?? [])]);
  if (peers === undefined) console.log("The peers are absent: npm could not fetch them.");
  const costs = await measurePageCost();
  console.log("\nA page of 48 products without and with a shelf, empty cache");
  console.table(
    costs.map((cost) => ({
      page: cost.page,
      "CPU slowed": `${cost.throttle} ×`,
      "first paint ms": cost.paintMs.toFixed(0),
      "first card ms": cost.firstCardMs?.toFixed(0) ?? "",
      "total blocking ms": cost.blockedMs.toFixed(0),
      "longest task ms": cost.longestTaskMs.toFixed(0),
      "longest of the tag, of processor time ms": cost.ownTaskMs.toFixed(0),
    })),
  );
  return { sizes: [...own, ...(peers ?? [])], pageCost: costs };
}

/** Runs `job` on a bare page that serves `entry` as `/bench.js`. */
async function onPage<Result>(
  entry: string,
  job: (page: Page) => Promise<Result>,
): Promise<Result> {
  const site = await serveBuild({ bench: entry, gl: "src/engine/learning/webglAccess.ts" }, {});
  const browser = await launchChromium([], { gl: values.gpu ? "gpu" : "software" });
  try {
    const page = await browser.newPage();
    await page.goto(site.origin);
    if (values.gpu) await expectGpu(page);
    return await job(page);
  } finally {
    await browser.close();
    site.close();
  }
}

/** Chromium silently renders in software if it finds no GPU. */
async function expectGpu(page: Page): Promise<void> {
  const renderer: string | undefined = await page.evaluate(async () => {
    const address = "/gl.js";
    const { webglAccess } = await import(address);
    return webglAccess.renderer();
  });
  if (renderer !== undefined && !/SwiftShader|llvmpipe/.test(renderer)) return;
  throw new Error(`--gpu: WebGL here is by "${renderer ?? "nothing"}", expected a GPU`);
}

async function train() {
  return onPage("bench/browser/train.ts", async (page) => {
    const { renderer, rows, limit }: TrainingBench = await page.evaluate(async () => {
      const address = "/bench.js";
      const { benchTraining } = await import(address);
      return benchTraining([1000, 10_000], [1, 5, 16, 64]);
    });
    const withRatio = rows.map((row) => ({ ...row, ratioToTfjsWebgl: ratio(rows, row) }));
    console.log(`\n100 epochs in batches of 32, on ${renderer}`);
    console.table(
      withRatio.map(
        ({ name, examples, k, ms, coldStartMs, loss, epochsRun, ratioToTfjsWebgl }) => ({
          name,
          examples,
          k,
          ms: `${ms.toFixed(0)}${epochsRun < 100 ? ` (from ${epochsRun})` : ""}`,
          "first epoch": coldStartMs.toFixed(0),
          loss: loss.toFixed(3),
          "× tfjs-webgl": ratioToTfjsWebgl.toFixed(1),
        }),
      ),
    );
    console.log(
      `Plain training, K = 1: ${(limit.operations / 1e6).toFixed(1)} M multiply-adds, ${(100 * limit.reached).toFixed(0)} % of the ${(limit.rate / 1e9).toFixed(2)} G a second that one thread does here`,
    );
    return { renderer, rows: withRatio, limit };
  });
}

/** The speedup per network over tfjs on WebGL, on the same examples in the same run. */
function ratio(rows: TrainingBench["rows"], row: TrainingBench["rows"][number]): number {
  const base = rows.find(
    ({ name, examples }) => name === "tfjs-webgl" && examples === row.examples,
  );
  return ((base?.ms ?? Number.NaN) * row.k) / row.ms;
}
