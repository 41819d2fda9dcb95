/**
 * `npm run prior -- --log FILE [--log FILE …] [--seed N]`: trains the weights every shopper starts
 * from, with the very trainer the browser runs, and writes them with their provenance to
 * `src/engine/priorWeights.ts`. The logs are read, never shipped.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { rowsByPopularity } from "../engine/candidates.ts";
import { collectExamples, type ExampleSet, joinExamples } from "../engine/examples.ts";
import { INPUTS, OUTPUT_BIAS } from "../engine/network.ts";
import { createRandom } from "../engine/random.ts";
import { plainTrainer } from "../engine/trainer/plain.ts";
import { train } from "../engine/trainer/train.ts";
import { heldOutLoss, prepareRun } from "../engine/trainer/training.ts";
import { buildItemPack } from "./buildItemPack.ts";
import { catalogOf, crowdOf, eventOf, readShopLog, sessionsOf } from "./shopLog.ts";

/** Share of a log's sessions that is used at all: what comes later is left for evaluations. */
const USED_SHARE = 0.8;
/** Share of the used sessions, the earlier ones, that makes the crowd; the rest makes the examples. */
const CROWD_SHARE = 0.75;
/** Share of each log's examples, the latest ones, by which the training is stopped. */
const HELD_OUT = 0.1;
const SESSIONS_PER_LOG = 4000;
const OPTIONS = {
  epochs: 80,
  batchSize: 128,
  learningRate: 0.005,
  l2: 2e-5,
  patience: 12,
  networks: 6,
};
/**
 * An outcome that the logs never show would end at a bias of −17, from which no shopper's own events
 * could lift it.
 */
const LEAST_BIAS = -6;
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
const parts = withEqualSay(logs.map((path) => examplesOf(path, seed)));
const cuts = parts.map(({ size }) => Math.floor(size * (1 - HELD_OUT)));
const early = parts.map((part, index) => slice(part, 0, cuts[index]!));
const late = parts.map((part, index) => slice(part, cuts[index]!, part.size));
const examples = joinExamples([...early, ...late]);
const validationSplit = late.reduce((sum, part) => sum + part.size, 0) / examples.size;
const result = await train(examples, { ...OPTIONS, seed, validationSplit }, [plainTrainer], {
  onEpoch: ({ epoch, loss, validationLoss }) =>
    console.log(`epoch ${epoch}: loss ${loss.toFixed(4)}, held out ${validationLoss?.toFixed(4)}`),
});
const run = prepareRun(examples, { ...OPTIONS, seed, validationSplit });
const ranked = result.networks
  .map((network, k) => ({ network, k, loss: heldOutLoss(run, network) }))
  .sort((left, right) => left.loss - right.loss);
const best = ranked[0]!;
const weights = [...best.network.weights].map((weight, index) =>
  index < OUTPUT_BIAS ? weight : Math.max(weight, LEAST_BIAS),
);
writeFileSync(OUTPUT, source(weights));
console.log(
  `wrote ${OUTPUT.pathname}: network ${best.k} of ${OPTIONS.networks}, held-out loss ${best.loss}`,
);

function examplesOf(path: string, randomSeed: number): ExampleSet {
  const rows = readShopLog(path);
  const catalog = catalogOf(rows);
  const all = sessionsOf(rows).filter((session) => session.length > 1);
  const sessions = all.slice(0, Math.floor(all.length * USED_SHARE));
  const cut = Math.floor(sessions.length * CROWD_SHARE);
  const { pack } = buildItemPack(crowdOf(sessions.slice(0, cut)), catalog, { minShoppers: 1 });
  const random = createRandom(randomSeed);
  const shop = { catalog, pack, popularRows: rowsByPopularity(pack), random };
  const later = sessions.slice(cut);
  const every = Math.ceil(later.length / SESSIONS_PER_LOG);
  const sets = later
    .filter((_, index) => index % every === 0)
    .map((session) =>
      collectExamples(session.map(eventOf), shop, { negatives: 24, mostTurns: 20 }),
    );
  const examples = joinExamples(sets);
  console.log(`${basename(path)}: ${sets.length} sessions, ${examples.size} examples`);
  return examples;
}

function slice(set: ExampleSet, from: number, to: number): ExampleSet {
  return {
    size: to - from,
    inputs: set.inputs.slice(from * INPUTS, to * INPUTS),
    outcomes: set.outcomes.slice(from, to),
    weights: set.weights.slice(from, to),
  };
}

/** Every log counts the same, however long it is. */
function withEqualSay(sets: readonly ExampleSet[]): ExampleSet[] {
  const mean = sets.reduce((sum, set) => sum + set.size, 0) / sets.length;
  return sets.map((set) => ({
    ...set,
    weights: set.weights.map((weight) => (weight * mean) / set.size),
  }));
}

function source(numbers: number[]): string {
  const provenance = logs.map((path) => {
    const digest = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
    return ` * - ${basename(path)} (sha256 ${digest}…)`;
  });
  return `/**
 * The weights every shopper starts from, written by \`npm run prior\`; do not edit.
 * Trained with the plain trainer, seed ${seed}, ${result.history.length} epochs (kept: ${result.bestEpochs[best.k]}), the best of ${OPTIONS.networks} networks by
 * held-out cross-entropy (${best.loss.toFixed(4)}), on ${examples.size} examples from the first ${100 * USED_SHARE} % of:
${provenance.join("\n")}
 * Credit: README, Data.
 */
export const PRIOR_WEIGHTS: readonly number[] = [
${chunks(numbers.map(shortened))}
];
`;
}

/** Four digits are as good as all, and every shopper loads them. */
function shortened(weight: number): string {
  return Math.abs(weight) < 1e-4 ? "0" : String(Number(weight.toPrecision(4)));
}

function chunks(numbers: string[]): string {
  const lines: string[] = [];
  for (let index = 0; index < numbers.length; index += 5) {
    lines.push(`  ${numbers.slice(index, index + 5).join(", ")},`);
  }
  return lines.join("\n");
}
