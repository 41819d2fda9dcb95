/**
 * `npm run replay`: replays one real shopper from a shop's log through the shipped engine, in a real
 * browser, and prints the cards after every event. See HELP.
 */

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright";
import { launchChromium } from "../../src/cli/doctor/chromium.ts";
import { eventOf } from "../../src/cli/logs/logRow.ts";
import { LogError, readShopLog } from "../../src/cli/logs/readShopLog.ts";
import type { ShopEvent } from "../../src/engine/events/shopEvent.ts";
import type { TrainerPreference } from "../../src/engine/learning/chooseTrainer.ts";
import type { TrainingReport } from "../../src/engine/learning/learnFrom.ts";
import type { Shelf } from "../../src/engine/ranking/shelf.ts";
import { offSite, requestsBy } from "../../src/testing/netLog.ts";
import { serveBuild } from "../../src/testing/serveBuild.ts";
import type { openRecommender } from "../../src/worker/openRecommender.ts";
import { chooseReplay, type Replay } from "./chooseReplay.ts";

const HELP = `npm run replay -- --log FILE (--session ID | --user ID | --random SEED) [options]

  --log FILE       a shop's log, CSV or CSV.gz (columns: CONTRIBUTING.md, Shop logs)
  --session ID     replays this session; all rows before it make the item pack, all rows the catalog
  --user ID        replays this shopper's last session, after feeding their earlier ones
  --random SEED    replays a session of three events or more from the last fifth of the log
  --top N          cards to print, 1 to 50 (default 10)
  --trainer NAME   auto, webgl or plain (default auto)
  --time ORDER     dmy or mdy, where 1/2/2026 could be two days; or a strptime pattern
  --json           one JSON object a line instead of text`;

interface Step {
  step: number;
  event: ShopEvent;
  top: { id: string; name: string; score: number }[];
  /** The product that the shopper actually visited next; null at the end. */
  next: string | null;
}

/** The state of the replay's page. */
type Vitrine = { openRecommender: typeof openRecommender };
declare global {
  var replay: Awaited<ReturnType<typeof openRecommender>>;
}

const TRAINERS: readonly TrainerPreference[] = ["auto", "webgl", "plain"];

class UsageError extends Error {}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) {
    console.log(HELP);
    return;
  }
  const replay = chooseReplay(readShopLog(options.log, { time: options.time }), options);
  const netLog = join(mkdtempSync(join(tmpdir(), "vitrine-replay-")), "netlog.json");
  const { origin, close } = await serveBuild(
    { engine: "src/worker/openRecommender.ts" },
    {
      "/catalog.json": JSON.stringify({ products: replay.catalog.products }),
      "/pack.bin": new Uint8Array(replay.pack),
    },
  );
  const browser = await launchChromium([`--log-net-log=${netLog}`]);
  let report: TrainingReport | undefined;
  try {
    const page = await browser.newPage();
    await open(page, origin, options.trainer);
    if (!options.json) printHeader(replay);
    await feed(page, replay.earlier);
    for (let step = 0; step < replay.session.length; step++) {
      print(await play(page, replay, step, options.top), replay, options.json);
    }
    report = await page.evaluate(() => globalThis.replay.train());
  } finally {
    await browser.close();
    close();
  }
  printEnd(report, offSite(requestsBy(origin, netLog), origin), options.json);
}

function readOptions() {
  const { values } = parse();
  if (values.help) return undefined;
  const choices = [values.session, values.user, values.random].filter(
    (value) => value !== undefined,
  );
  if (values.log === undefined)
    throw new UsageError(`--log is missing, expected a file\n\n${HELP}`);
  if (choices.length !== 1) {
    throw new UsageError(`expected one of --session, --user and --random\n\n${HELP}`);
  }
  const top = Number(values.top);
  if (!(Number.isInteger(top) && top >= 1 && top <= 50)) {
    throw new UsageError(`--top is "${values.top}", expected a whole number from 1 to 50`);
  }
  if (values.random !== undefined && !/^\d+$/.test(values.random)) {
    throw new UsageError(`--random is "${values.random}", expected a whole number`);
  }
  const trainer = TRAINERS.find((name) => name === values.trainer);
  if (trainer === undefined) {
    throw new UsageError(`--trainer is "${values.trainer}", expected ${TRAINERS.join(", ")}`);
  }
  return { ...values, log: values.log, top, trainer };
}

function parse() {
  try {
    return parseArgs({
      options: {
        log: { type: "string" },
        session: { type: "string" },
        user: { type: "string" },
        random: { type: "string" },
        time: { type: "string" },
        top: { type: "string", default: "10" },
        trainer: { type: "string", default: "auto" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${HELP}`);
  }
}

async function open(page: Page, origin: string, trainer: TrainerPreference): Promise<void> {
  await page.goto(origin);
  await page.evaluate(async (preference) => {
    const address = "/engine.js";
    const vitrine = (await import(address)) as Vitrine;
    globalThis.replay = await vitrine.openRecommender({
      catalog: "/catalog.json",
      pack: "/pack.bin",
      databaseName: "replay",
      trainer: preference,
    });
  }, trainer);
}

async function feed(page: Page, events: ShopEvent[]): Promise<void> {
  if (events.length > 0)
    await page.evaluate((earlier) => globalThis.replay.observe(earlier), events);
}

/** Reports one event and requests cards as the page of its product would. */
async function play(
  page: Page,
  { catalog, session }: Replay,
  step: number,
  top: number,
): Promise<Step> {
  const event = eventOf(session[step]!);
  const { productId } = session[step]!;
  const shelf: Shelf = await page.evaluate(
    async ({ event, productId, limit }) => {
      await globalThis.replay.observe(event);
      await globalThis.replay.settled();
      const request = {
        strategy: "for-you",
        limit,
        productId,
        diversity: 0,
        at: event.at,
      } as const;
      return globalThis.replay.recommend(request);
    },
    { event, productId, limit: top },
  );
  const cards = shelf.cards.map(({ productId: id, score }) => {
    const { title } = catalog.products[catalog.rowOf(id)!]!;
    return { id, name: title, score };
  });
  return { step: step + 1, event, top: cards, next: session[step + 1]?.productId ?? null };
}

function printHeader({ catalog, seenBefore, earlier, session }: Replay): void {
  const { sessionId } = session[0]!;
  console.log(
    `Session ${sessionId}: ${session.length} events, ${new Date(session[0]!.at).toISOString()}`,
  );
  console.log(
    `Catalog: ${catalog.size} products, ${seenBefore} of them seen before; of this shopper ${earlier.length} events`,
  );
}

function print(step: Step, { session }: Replay, asJson: boolean): void {
  if (asJson) {
    console.log(JSON.stringify(step));
    return;
  }
  const { type } = step.event;
  const row = session[step.step - 1]!;
  console.log(`\n${step.step}. ${type} ${row.name || row.productId}`);
  const cards = step.top.map(({ id, name, score }) => {
    const card = `("${name}", ${score.toFixed(3)})`;
    return id === step.next ? `→ ${card} ←` : card;
  });
  console.log(`   [${cards.join(", ")}]`);
  if (step.next === null) return;
  const place = step.top.findIndex(({ id }) => id === step.next) + 1;
  const isHere = step.next === row.productId;
  const missed = isHere ? "the product of this page, which is never a card" : "not on the cards";
  const verdict = place > 0 ? `card ${place}` : missed;
  console.log(`   next: ${session[step.step]!.name || step.next} (${verdict})`);
}

function printEnd(report: TrainingReport | undefined, leaks: string[], asJson: boolean): void {
  const { trainer = null, epochs = 0, firstLoss = null, lastLoss = null, ms = 0 } = report ?? {};
  const requestsOffSite = leaks.length;
  if (asJson) {
    console.log(JSON.stringify({ trainer, epochs, firstLoss, lastLoss, ms, requestsOffSite }));
  } else if (report === undefined) {
    console.log("\nNothing to train on: it takes two products.");
  } else {
    console.log(
      `\nTrained by ${trainer}: ${epochs} epochs, loss ${firstLoss?.toFixed(4)} → ${lastLoss?.toFixed(4)}, ${ms.toFixed(0)} ms`,
    );
  }
  if (!asJson) console.log(`Requests to other sites: ${requestsOffSite} ${leaks.join(" ")}`);
}

try {
  await main();
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof LogError;
  console.error(`replay: ${isExpected ? (error as Error).message : (error as Error).stack}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
