/**
 * `npm run prior -- --log FILE [--log FILE …] [--seed N]`: trains the weights every shopper starts
 * from and writes them with their provenance to `src/engine/priorWeights.ts`. The logs are read,
 * never shipped.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import type { ExampleSet } from "../engine/examples.ts";
import { priorExamples } from "./priorExamples.ts";
import { catalogOf, readShopLog, sessionsOf } from "./shopLog.ts";
import { type TrainedPrior, trainPrior } from "./trainPrior.ts";

/** Share of a log's sessions that is used at all: what comes later is left for evaluations. */
const USED_SHARE = 0.8;
const LINE_WIDTH = 100;
const OUTPUT = new URL("../engine/priorWeights.ts", import.meta.url);

const { values } = parseArgs({
  options: { log: { type: "string", multiple: true }, seed: { type: "string", default: "1" } },
});
const logs = values.log ?? [];
if (logs.length === 0) {
  console.error("prior: expected --log FILE at least once (format: CONTRIBUTING.md, Shop logs)");
  process.exit(2);
}
const seed = Number(values.seed);
const prior = await trainPrior(logs.map(examplesOf), {
  seed,
  onEpoch: ({ epoch, loss, validationLoss }) =>
    console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, held out ${validationLoss?.toFixed(4)}`),
});
writeFileSync(OUTPUT, source(prior));
console.log(
  `wrote ${OUTPUT.pathname}: network ${prior.network} of ${prior.networks}, held-out loss ${prior.heldOutLoss}`,
);

function examplesOf(path: string): ExampleSet {
  const rows = readShopLog(path);
  const all = sessionsOf(rows);
  const used = all.slice(0, Math.floor(all.length * USED_SHARE));
  const examples = priorExamples(used, catalogOf(rows), { seed });
  console.log(`${basename(path)}: ${used.length} sessions, ${examples.size} examples`);
  return examples;
}

function source({ weights, bestEpoch, epochs, networks, heldOutLoss, examples }: TrainedPrior) {
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

/** Four digits are as good as all, and every shopper loads them. */
function shortened(weight: number): string {
  return Math.abs(weight) < 1e-4 ? "0" : String(Number(weight.toPrecision(4)));
}

/** Filled to the width of the code, so that the formatter has nothing to change. */
function filled(numbers: string[]): string {
  const lines = [" "];
  for (const number of numbers) {
    if (lines.at(-1)!.length + number.length + 2 > LINE_WIDTH) lines.push(" ");
    lines.push(`${lines.pop()} ${number},`);
  }
  return lines.join("\n");
}
