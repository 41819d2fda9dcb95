/**
 * `npm run evaluate -- value --log FILE`: how accurate the expected orders, value and chances of coming
 * back are. Everything is fitted on a log up to one day, and compared with what came after it.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { parseArgs } from "node:util";
import { evaluateValue, type ValueEvaluation } from "../src/cli/value/evaluateValue.ts";
import { readOrderBook } from "../src/cli/value/orderBook.ts";
import type { Target } from "../src/cli/value/target.ts";
import { valueStudiesOf } from "../src/cli/value/valueStudies.ts";
import { DAY_MS } from "../src/engine/value/orderLedger.ts";

export const USAGE = `npm run evaluate -- value --log FILE
  --from DATE --days N   test on the N days after the end of DATE (default: the windows of a known log, else the last 91 days)
  --json OUT             figures and targets as JSON
FILE: a shop's log (CONTRIBUTING.md, Shop logs), or a table of CDNOW.`;

/** @throws {RangeError} for options, `CommandError` for a log that cannot be used. */
export async function run(args: readonly string[]): Promise<void> {
  const { log, from, days, json } = optionsOf(args);
  const book = await readOrderBook(log);
  const name = basename(log).replace(/(\.csv|\.txt)?(\.gz)?$/, "");
  const studies =
    from === undefined
      ? valueStudiesOf(name, book)
      : [{ name: `${days} days from ${from}`, today: dayOf(from), days }];
  const results = studies.map((study) => {
    const evaluation = evaluateValue(book, study);
    const targets = "targetsOf" in study ? (study.targetsOf?.(evaluation, book) ?? []) : [];
    show(study.name, evaluation);
    return { study: study.name, evaluation, targets: named(study, targets) };
  });
  const targets = results.flatMap((result) => result.targets);
  console.table(targets.map((target) => ({ ...target, value: Number(target.value.toFixed(4)) })));
  if (json === undefined) return;
  mkdirSync(dirname(json), { recursive: true });
  const evaluations = results.map(({ study, evaluation }) => ({ study, ...evaluation }));
  writeFileSync(json, `${JSON.stringify({ log: name, evaluations, targets }, undefined, 2)}\n`);
}

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      log: { type: "string" },
      from: { type: "string" },
      days: { type: "string", default: "91" },
      json: { type: "string" },
    },
  });
  const days = Number(values.days);
  if (values.log === undefined) throw new RangeError("expected --log FILE");
  if (!(Number.isInteger(days) && days > 0 && days <= 3650))
    throw new RangeError(`--days is "${values.days}", expected a whole number from 1 to 3650`);
  if (values.from !== undefined && !/^\d{4}-\d\d-\d\d$/.test(values.from))
    throw new RangeError(`--from is "${values.from}", expected a date such as 2011-09-08`);
  return { log: values.log, from: values.from, json: values.json, days };
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

function named(study: { name: string; today: number; days: number }, targets: Target[]): Target[] {
  const day = new Date(study.today * DAY_MS).toISOString().slice(0, 10);
  return targets.map((target) => ({
    ...target,
    name: `${study.days} days from ${day}: ${target.name}`,
  }));
}

function show(name: string, evaluation: ValueEvaluation): void {
  const { shoppers, returned, idealTopTenth, figures, withoutTop } = evaluation;
  console.log(
    `\n${name}: ${shoppers} shoppers, ${(100 * returned).toFixed(1)} % came back, ` +
      `no ranking holds more than ${idealTopTenth.toFixed(3)} in its top tenth`,
  );
  console.table(figures.map(rounded));
  console.log("without the hundredth that had spent the most before:");
  console.table(withoutTop.map(rounded));
}

function rounded(figures: object): object {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toFixed(4)) : value,
    ]),
  );
}
