/**
 * `npm run prior -- --log FILE [--log FILE …]`: trains the weights every shopper starts from and writes
 * them with their provenance to `src/engine/shop/priorWeights.ts`. The logs are read, never shipped.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { LogError, type ReadLogOptions, readShopLog } from "../../src/cli/logs/readShopLog.ts";
import { catalogOf, sessionsOf } from "../../src/cli/logs/shopLog.ts";
import { priorExamples } from "../../src/cli/prior/priorExamples.ts";
import { type TrainedPrior, trainPrior } from "../../src/cli/prior/trainPrior.ts";

/** Share of a log's sessions that is used; later ones are left for evaluations. */
const USED_SHARE = 0.8;
const LINE_WIDTH = 100;
const OUTPUT = fileURLToPath(new URL("../../src/engine/shop/priorWeights.ts", import.meta.url));

const USAGE = `npm run prior -- --log FILE [--log FILE …]
  --seed 1     of all chance in the training, a whole number
  --out FILE   where the weights go (default: the engine's own)
  --time ORDER dmy or mdy, where 1/2/2026 could be two days; or a strptime pattern
  --strict     stop at malformed rows instead of leaving them out
Format of logs: CONTRIBUTING.md, Shop logs.`;

try {
  await main();
} catch (error) {
  const isUsers = error instanceof RangeError || error instanceof TypeError;
  if (!isUsers && !(error instanceof LogError)) throw error;
  console.error(`prior: ${error.message}${isUsers ? `\n\n${USAGE}` : ""}`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const { logs, seed, out, ...reading } = optionsOf(process.argv.slice(2));
  const parts = logs.map((path) => examplesOf(path, seed, reading));
  const prior = await trainPrior(parts, {
    seed,
    onEpoch: ({ epoch, loss, validationLoss }) =>
      console.log(
        `epoch ${epoch}: loss ${loss.toFixed(4)}, held out ${validationLoss?.toFixed(4)}`,
      ),
  });
  writeFileSync(out, source(prior, logs, seed));
  console.log(
    `wrote ${out}: network ${prior.network} of ${prior.networks}, held-out loss ${prior.heldOutLoss}`,
  );
}

/** @throws {RangeError} naming the option, its value and what was expected. */
function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      log: { type: "string", multiple: true, default: [] },
      seed: { type: "string", default: "1" },
      out: { type: "string", default: OUTPUT },
      strict: { type: "boolean", default: false },
      time: { type: "string" },
    },
  });
  const { log: logs, out, strict: isStrict, time } = values;
  const seed = Number(values.seed);
  if (logs.length === 0) throw new RangeError("expected --log FILE at least once");
  if (!/^\d{1,9}$/.test(values.seed))
    throw new RangeError(
      `--seed is "${values.seed}", expected a whole number of up to nine digits`,
    );
  return { logs, seed, out, isStrict, time };
}

function examplesOf(path: string, seed: number, reading: ReadLogOptions) {
  const rows = readShopLog(path, reading);
  const all = sessionsOf(rows);
  const used = all.slice(0, Math.floor(all.length * USED_SHARE));
  const examples = priorExamples(used, catalogOf(rows), { seed });
  console.log(`${basename(path)}: ${used.length} sessions, ${examples.size} examples`);
  if (examples.size > 0) return examples;
  throw new LogError(
    `log "${path}" teaches nothing: of ${all.length} sessions the first ${100 * USED_SHARE} % hold no ` +
      "later ones with a second product in them",
  );
}

function source(prior: TrainedPrior, logs: readonly string[], seed: number): string {
  const { weights, bestEpoch, epochs, networks, heldOutLoss, examples } = prior;
  const provenance = logs.map((path) => {
    const digest = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
    return ` * - ${basename(path)} (sha256 ${digest}…)`;
  });
  return `/**
 * The weights every shopper starts from, written by \`npm run prior\`; do not edit.
 * Trained with the plain trainer, seed ${seed}, ${epochs} epochs (kept: ${bestEpoch}), the best of ${networks} networks by
 * held-out cross-entropy (${heldOutLoss.toFixed(4)}), on ${examples} examples from the first ${100 * USED_SHARE} % of:
${provenance.join("\n")}
 * Credit: README, Data.
 */
export const PRIOR_WEIGHTS: readonly number[] = [
${filled([...weights].map(shortened))}
];
`;
}

/** Four digits are as good as all of them, and every shopper loads them. */
function shortened(weight: number): string {
  return Math.abs(weight) < 1e-4 ? "0" : String(Number(weight.toPrecision(4)));
}

/** Wrapped at the formatter's line width, so that it has nothing to change. */
function filled(numbers: string[]): string {
  const lines = [" "];
  for (const number of numbers) {
    if (lines.at(-1)!.length + number.length + 2 > LINE_WIDTH) lines.push(" ");
    lines.push(`${lines.pop()} ${number},`);
  }
  return lines.join("\n");
}
