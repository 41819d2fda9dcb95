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
import { eventOf, type LogRow } from "../../src/cli/logs/logRow.ts";
import { LogError, readShopLog } from "../../src/cli/logs/readShopLog.ts";
import { catalogOf, crowdOf, sessionsOf } from "../../src/cli/logs/shopLog.ts";
import { buildItemPack } from "../../src/cli/pack/buildItemPack.ts";
import type { ShopEvent } from "../../src/engine/events/shopEvent.ts";
import { createRandom } from "../../src/engine/kit/random.ts";
import type { TrainerPreference } from "../../src/engine/learning/chooseTrainer.ts";
import type { TrainingReport } from "../../src/engine/learning/learnFrom.ts";
import type { Shelf } from "../../src/engine/ranking/shelf.ts";
import type { Catalog } from "../../src/engine/shop/catalog.ts";
import { itemPackToBytes } from "../../src/engine/shop/itemPack.ts";
import { offSite, requestsBy } from "../../src/testing/netLog.ts";
import { serveBuild } from "../../src/testing/serveBuild.ts";
import type { openRecommender } from "../../src/worker/openRecommender.ts";

const HELP = `npm run replay -- --log FILE (--session ID | --user ID | --random SEED) [options]

  --log FILE       a shop's log, CSV or CSV.gz (columns: CONTRIBUTING.md, Shop logs)
  --session ID     replays this session; all rows before it make the catalog and the item pack
  --user ID        replays this shopper's last session, after feeding their earlier ones
  --random SEED    replays a session of three events or more from the last fifth of the log
  --top N          cards to print, 1 to 50 (default 10)
  --trainer NAME   auto, webgl or plain (default auto)
  --json           one JSON object a line instead of text`;

interface Replay {
  catalog: Catalog;
  pack: ArrayBuffer;
  /** The shopper's earlier events, fed first and not printed. */
  earlier: ShopEvent[];
  session: LogRow[];
}

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
  const replay = chooseReplay(readShopLog(options.log), options);
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

function chooseReplay(
  rows: LogRow[],
  choice: { session?: string; user?: string; random?: string },
): Replay {
  const sessions = sessionsOf(rows);
  const session = chooseSession(sessions, choice);
  const startsAt = session[0]!.at;
  const { sessionId, userId } = session[0]!;
  const before = rows.filter((row) => row.at < startsAt && row.sessionId !== sessionId);
  if (before.length === 0) {
    throw new LogError(
      `session "${sessionId}" is the first of the log: nothing before it to learn from`,
    );
  }
  const catalog = catalogOf(before);
  // The shopper's own history reaches the engine as events; the crowd is everybody else.
  const isOwn = (row: LogRow) => choice.user !== undefined && row.userId === userId;
  const crowd = crowdOf(sessionsOf(before.filter((row) => !isOwn(row))));
  // The log does not leave this machine, so rare pairs need not be hidden.
  const { pack } = buildItemPack(crowd, catalog, { minShoppers: 1 });
  const earlier = before.filter(isOwn).map(eventOf);
  return { catalog, pack: itemPackToBytes(pack, catalog), earlier, session };
}

function chooseSession(
  sessions: LogRow[][],
  { session, user, random }: { session?: string; user?: string; random?: string },
): LogRow[] {
  if (session !== undefined) {
    const found = sessions.find(([first]) => first!.sessionId === session);
    if (!found)
      throw new LogError(`no session "${session}" in the log of ${sessions.length} sessions`);
    return found;
  }
  if (user !== undefined) {
    const found = sessions.findLast(([first]) => user !== "" && first!.userId === user);
    if (!found) throw new LogError(`no user "${user}" in the log of ${sessions.length} sessions`);
    return found;
  }
  const late = sessions
    .slice(Math.floor(sessions.length * 0.8))
    .filter(({ length }) => length >= 3);
  if (late.length === 0)
    throw new LogError("no session of three events or more in the log's last fifth");
  return late[createRandom(Number(random)).integer(late.length)]!;
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

function printHeader({ catalog, earlier, session }: Replay): void {
  const { sessionId } = session[0]!;
  console.log(
    `Session ${sessionId}: ${session.length} events, ${new Date(session[0]!.at).toISOString()}`,
  );
  console.log(
    `Known before it: ${catalog.size} products; of this shopper ${earlier.length} events`,
  );
}

function print(step: Step, { catalog, session }: Replay, asJson: boolean): void {
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
  const verdict = place > 0 ? `card ${place}` : whyNoCard();
  console.log(`   next: ${session[step.step]!.name || step.next} (${verdict})`);

  function whyNoCard(): string {
    if (step.next === row.productId) return "the product at hand, which is never a card";
    const isKnown = catalog.rowOf(step.next!) !== undefined;
    return isKnown ? "not on the cards" : "new, not in the catalog";
  }
}

function printEnd(report: TrainingReport | undefined, leaks: string[], asJson: boolean): void {
  const { trainer = null, epochs = 0, firstLoss = null, lastLoss = null, ms = 0 } = report ?? {};
  const requestsOffSite = leaks.length;
  if (asJson) {
    console.log(JSON.stringify({ trainer, epochs, firstLoss, lastLoss, ms, requestsOffSite }));
  } else if (report === undefined) {
    console.log("\nNothing to train on: it takes two products of the catalog.");
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
