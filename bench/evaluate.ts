/**
 * `npm run evaluate -- --log FILE`: how well systems rank the shopper's next product, on a real log. The
 * crowd is all sessions before the split; every step of every later session is a query; the whole catalog
 * is ranked, never a sample. Writes a report with plots under `bench/reports/`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CommandError } from "../src/cli/commandError.ts";
import { evaluate } from "../src/cli/evaluation/evaluate.ts";
import { evaluationJson } from "../src/cli/evaluation/evaluationJson.ts";
import { LogError, readShopLog } from "../src/cli/logs/readShopLog.ts";
import { parseEvaluateOptions, USAGE } from "./evaluation/evaluateOptions.ts";
import { progressBar } from "./evaluation/progressBar.ts";
import { writeReport } from "./evaluation/report.ts";

/** `npm run evaluate -- NAME …`: evaluations of other things than the ranking, by name. */
const OTHERS: Record<string, () => Promise<{ run: typeof main; USAGE: string }>> = {
  intent: () => import("./intent.ts"),
  value: () => import("./value.ts"),
};
let usage = USAGE;

try {
  const [name = "", ...args] = process.argv.slice(2);
  const other = await OTHERS[name]?.();
  usage = other?.USAGE ?? usage;
  await (other ? other.run(args) : main(process.argv.slice(2)));
} catch (error) {
  const isUsers = error instanceof RangeError || error instanceof TypeError;
  if (!isUsers && !(error instanceof LogError) && !(error instanceof CommandError)) throw error;
  console.error(`evaluate: ${error.message}${isUsers ? `\n\n${usage}` : ""}`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseEvaluateOptions(args);
  const title = [options.train, options.test].filter((path) => path !== undefined).map(nameOf);
  const folder = options.report ?? join("bench", "reports", title.join("-to-"));
  makeFolder("--report", folder);
  if (options.json !== undefined) makeFolder("--json", dirname(options.json));
  const read = (path: string) => readShopLog(path, options);
  const train = read(options.train);
  const test = options.test === undefined ? undefined : read(options.test);
  const others = options.priorFrom.map(read);
  const evaluation = await evaluate(
    title.join(" → "),
    { train, test, others },
    {
      ...options,
      onProgress: progressBar,
    },
  );
  console.log(`\n${evaluation.setting}\n`);
  console.table(
    Object.fromEntries(
      evaluationJson(evaluation).systems.map(({ name, ...figures }) => [name, rounded(figures)]),
    ),
  );
  console.log(`report: ${writeReport(folder, evaluation)}`);
  if (options.json === undefined) return;
  writeFileSync(options.json, `${JSON.stringify(evaluationJson(evaluation), undefined, 2)}\n`);
}

/** Checked before the long part: the folders for the results must exist. */
function makeFolder(option: string, folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new RangeError(`${option}: cannot make folder "${folder}": ${(error as Error).message}`);
  }
}

function nameOf(path: string): string {
  return basename(path).replace(/\.csv(\.gz)?$/, "");
}

function rounded(figures: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [name, Number(value.toFixed(3))]),
  );
}
