import { parseArgs } from "node:util";
import { BROWSER_VISITS } from "../../src/cli/evaluation/evaluate.ts";
import type { EvaluateOptions } from "../../src/cli/evaluation/evaluateOptions.ts";
import { SYSTEM_NAMES, type SystemName } from "../../src/cli/evaluation/system.ts";
import { repeatInBrowser } from "./inBrowser.ts";

export const USAGE = `npm run evaluate -- --log FILE | --train FILE --test FILE
  --split 0.8        share of the sessions, the earlier ones, that is the crowd
  --no-pack          ours without the crowd's knowledge
  --systems a,b      of ${SYSTEM_NAMES.join(", ")}
  --queries 10000    visits are thinned out evenly to about so many queries
  --floor 3          pairs of products from fewer shoppers stay out of the pack
  --crowd 0.05,1     asks again with these shares of the crowd's shoppers: a shop as it grows
  --strict           stop at malformed rows instead of leaving them out
  --time ORDER       dmy or mdy, where 1/2/2026 could be two days; or a strptime pattern
  --in-browser       also repeats the network's queries of ${BROWSER_VISITS} visits in Chromium: ranks must be equal
  --prior-from FILE  another shop's log (or several): how well weights trained on it alone do here
  --json OUT         figures as JSON
  --report DIR       where the report goes (default bench/reports/NAME-OF-LOG)
Format of logs: CONTRIBUTING.md, Shop logs.`;

/** An evaluation's log files and result files. */
export interface RunOptions extends EvaluateOptions {
  /** One log to split, or two. */
  train: string;
  test: string | undefined;
  isStrict: boolean;
  /** How the logs write their times. */
  time: string | undefined;
  /** Logs of other shops, for weights trained without this one. */
  priorFrom: readonly string[];
  json: string | undefined;
  report: string | undefined;
}

/** @throws {RangeError} naming the option, its value and what was expected. */
export function parseEvaluateOptions(args: readonly string[]): RunOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      log: { type: "string" },
      train: { type: "string" },
      test: { type: "string" },
      split: { type: "string", default: "0.8" },
      "no-pack": { type: "boolean", default: false },
      systems: { type: "string", default: SYSTEM_NAMES.join(",") },
      queries: { type: "string", default: "10000" },
      floor: { type: "string", default: "3" },
      crowd: { type: "string", default: "" },
      strict: { type: "boolean", default: false },
      time: { type: "string" },
      "prior-from": { type: "string", multiple: true, default: [] },
      "in-browser": { type: "boolean", default: false },
      json: { type: "string" },
      report: { type: "string" },
    },
  });
  const { log, train, test } = values;
  const isOne = log !== undefined && train === undefined && test === undefined;
  const isTwo = log === undefined && train !== undefined && test !== undefined;
  if (!isOne && !isTwo) throw new RangeError("expected --log FILE, or --train FILE --test FILE");
  return {
    train: (log ?? train)!,
    test,
    split: numberOf("--split", values.split, { above: 0, below: 1 }),
    hasPack: !values["no-pack"],
    systems: systemsOf(values.systems),
    maxQueries: numberOf("--queries", values.queries, {
      above: 0,
      below: Number.MAX_SAFE_INTEGER,
    }),
    floor: numberOf("--floor", values.floor, { above: 0, below: 1e6 }),
    crowd: sharesOf(values.crowd),
    priorFrom: values["prior-from"],
    repeatInBrowser: values["in-browser"] ? repeatInBrowser : undefined,
    isStrict: values.strict,
    time: values.time,
    json: values.json,
    report: values.report,
  };
}

function numberOf(
  option: string,
  text: string,
  { above, below }: { above: number; below: number },
): number {
  const value = Number(text);
  if (value > above && value < below) return value;
  throw new RangeError(`${option} is "${text}", expected a number above ${above}, below ${below}`);
}

function sharesOf(text: string): number[] {
  const shares = text.split(",").filter((share) => share.trim() !== "");
  return shares.map((share) => {
    const value = Number(share);
    if (value > 0 && value <= 1) return value;
    throw new RangeError(`--crowd has "${share}", expected shares above 0, at most 1`);
  });
}

function systemsOf(text: string): Set<SystemName> {
  const names = text.split(",").map((name) => name.trim());
  for (const name of names) {
    if (SYSTEM_NAMES.includes(name as SystemName)) continue;
    throw new RangeError(`--systems has "${name}", expected of ${SYSTEM_NAMES.join(", ")}`);
  }
  return new Set(names as SystemName[]);
}
