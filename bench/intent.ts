/**
 * `npm run evaluate -- intent --log FILE | --table FILE`: how well the intent network predicts, during a visit,
 * whether it ends in a purchase. Trained on the first four fifths of the visits, tested on the rest.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { readShopLog } from "../src/cli/logs/readShopLog.ts";
import { sessionsOf } from "../src/cli/logs/shopLog.ts";
import { evaluateIntent, type IntentFigures } from "../src/cli/value/evaluateIntent.ts";
import { evaluateVisitTable } from "../src/cli/value/evaluateVisitTable.ts";
import { atLeast, atMost, type Target } from "../src/cli/value/target.ts";
import { readVisitTable } from "../src/cli/value/visitTable.ts";

export const USAGE = `npm run evaluate -- intent --log FILE | --table FILE
  --used 1     share of the log's visits, the earlier ones, that is used: below 1, the last ones stay unseen
  --json OUT   figures and targets as JSON
A log: CONTRIBUTING.md, Shop logs. A table: UCI 468, online shoppers' intentions.`;

/** @throws {RangeError} for options; `LogError`, `CommandError` for files that cannot be used. */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      log: { type: "string" },
      table: { type: "string" },
      json: { type: "string" },
      used: { type: "string", default: "1" },
    },
  });
  const used = Number(values.used);
  if (!(used > 0 && used <= 1))
    throw new RangeError(`--used is "${values.used}", expected a number above 0, at most 1`);
  const { log, table, json } = values;
  if ((log === undefined) === (table === undefined))
    throw new RangeError("expected --log FILE or --table FILE");
  const { targets, ...result } =
    log !== undefined ? await testOnLog(log, used) : await testOnTable(table!);
  console.table(targets.map((target) => ({ ...target, value: Number(target.value.toFixed(4)) })));
  if (json === undefined) return;
  mkdirSync(dirname(json), { recursive: true });
  writeFileSync(json, `${JSON.stringify({ ...result, targets }, undefined, 2)}\n`);
}

async function testOnLog(path: string, used: number) {
  const all = sessionsOf(readShopLog(path));
  const evaluation = await evaluateIntent(all.slice(0, Math.floor(all.length * used)));
  const { visits, buying, eligible, figures } = evaluation;
  console.log(
    `\n${visits} visits tested, ${buying} of them with a purchase; by the number of events so far:`,
  );
  console.table(eligible);
  console.table(figures.map(flat));
  const network = figures[0]!;
  for (const events of [2, 5]) {
    const [low, high] = network.interval[events]!.map((auc) => auc.toFixed(3));
    console.log(`network, AUC after ${events} events: 95 % interval ${low} to ${high}`);
  }
  const targets: Target[] = [
    atLeast("buys, AUC after 2 events", network.aucAfter[2]!, 0.63),
    atLeast("buys, AUC after 5 events", network.aucAfter[5]!, 0.68),
    atMost("buys, ECE", network.ece, 0.01),
    atLeast("buyers among the top 5 % of visits", network.buyersInTop, 0.2),
  ];
  return { evaluation, targets };
}

function flat({ name, aucAfter, interval, ...figures }: IntentFigures): object {
  const after = Object.entries(aucAfter).map(([events, auc]) => [`auc ${events}`, auc] as const);
  return {
    name,
    ...Object.fromEntries(
      [...after, ...Object.entries(figures)].map(([key, value]) => [key, Number(value.toFixed(4))]),
    ),
  };
}

async function testOnTable(path: string) {
  const figures = await evaluateVisitTable(readVisitTable(path));
  console.table(figures.map((own) => ({ ...own, networkLead: own.networkLead.join(" to ") })));
  const [network, ...peers] = figures;
  const targets = peers.map(({ name, auc }) =>
    atLeast(`network's AUC beside ${name}`, network!.auc, Number(auc.toFixed(4))),
  );
  return { figures, targets };
}
