import type { LogRow } from "../../src/merchant/shopLog.ts";
import { reliability } from "./calibration.ts";
import { chooseOurs, type Ours } from "./chooseOurs.ts";
import { choosePeers } from "./choosePeers.ts";
import type { EvaluateOptions } from "./evaluateOptions.ts";
import { figuresOf } from "./figures.ts";
import { measure } from "./measure.ts";
import { progressBar } from "./progressBar.ts";
import { type Evaluation, type PersonalRow, type Result, resultOf } from "./report.ts";
import { SYSTEM_NAMES, type System } from "./system.ts";
import { queriesIn, type Trial, trialAcross, trialOf, type Visit } from "./trial.ts";

/** Visits used for the ablation and the calibration, thinned out evenly. */
const SIDE_VISITS = 1500;
/** Lengths of a shopper's past by which personal training is told apart. */
const PASTS: readonly (readonly [least: number, most: number, label: string])[] = [
  [0, 9, "0 to 9"],
  [10, 49, "10 to 49"],
  [50, 199, "50 to 199"],
  [200, Number.POSITIVE_INFINITY, "200 and more"],
];

/** Runs the wanted systems over a log (or two) and says how they did. */
export async function evaluate(
  title: string,
  { train, test }: { train: readonly LogRow[]; test: readonly LogRow[] | undefined },
  options: EvaluateOptions,
): Promise<Evaluation> {
  const trial = test ? trialAcross(train, test, options) : trialOf(train, options);
  const peers = await choosePeers(trial, options.systems);
  const ours = chooseOurs(trial, options.systems, { ...options, seed: 1 });
  const results: Result[] = [];
  for (const name of SYSTEM_NAMES) {
    const chosen = peers.get(name) ?? ours.systems.get(name);
    if (chosen === undefined) continue;
    const measured = await run(name, chosen.system, trial, trial.tested);
    results.push(resultOf(name, measured, chosen.parameters));
  }
  return {
    title,
    setting: settingOf(trial, options),
    results,
    personal: personalRows(results, trial.tested),
    ...(await sideReports(ours, trial, options)),
  };
}

async function sideReports(
  { shop, prior, ablation }: Ours,
  trial: Trial,
  options: EvaluateOptions,
) {
  if (!options.systems.has("network")) return { ablation: [], reliability: [] };
  const tallied = [];
  for (const { name, system } of ablation) {
    const { tallies } = await run(`without ${name}`, system, trial, trial.tested);
    tallied.push({ name, figures: figuresOf(tallies) });
  }
  const every = Math.max(1, Math.ceil(trial.tested.length / SIDE_VISITS));
  const visits = trial.tested.filter((_, index) => index % every === 0);
  return { ablation: tallied, reliability: reliability(shop, [prior], visits) };
}

async function run(name: string, system: System, trial: Trial, visits: readonly Visit[]) {
  const { catalog } = trial;
  const bar = progressBar(name, visits.length);
  const crowdCounts = crowdCountsOf(trial);
  const measured = await measure(system, visits, { catalog, crowdCounts, onVisit: bar.advance });
  const { hr20, mrr20 } = figuresOf(measured.tallies);
  bar.done(`HR@20 ${hr20.toFixed(3)}  MRR@20 ${mrr20.toFixed(3)}`);
  return measured;
}

function crowdCountsOf({ catalog, crowd }: Trial): Float64Array {
  const counts = new Float64Array(catalog.size);
  for (const session of crowd) {
    for (const { productId } of session) counts[catalog.rowOf(productId)!]!++;
  }
  return counts;
}

function settingOf({ catalog, crowd, tested, available }: Trial, options: EvaluateOptions): string {
  const queries = tested.reduce((sum, { session }) => sum + queriesIn(session), 0);
  return (
    `The crowd is ${crowd.length} sessions. Of the ${available} later ones, ${tested.length} are asked ` +
    `about: every step of each, ${queries} queries. All ${catalog.size} products are ranked. ` +
    (options.hasPack
      ? `The item pack leaves out pairs seen from fewer than ${options.floor} shoppers.`
      : "Ours has no item pack.")
  );
}

function personalRows(results: readonly Result[], visits: readonly Visit[]): PersonalRow[] {
  const prior = results.find(({ name }) => name === "network")?.measured.tallies;
  const personal = results.find(({ name }) => name === "network-personal")?.measured.tallies;
  if (prior === undefined || personal === undefined) return [];
  return PASTS.map(([least, most, past]) => {
    const isIn = (_: unknown, index: number) => {
      const { length } = visits[index]!.past;
      return length >= least && length <= most;
    };
    const mine = personal.filter(isIn);
    const queries = mine.reduce((sum, tally) => sum + tally.queries, 0);
    const figures = { prior: figuresOf(prior.filter(isIn)), personal: figuresOf(mine) };
    return { past, visits: mine.length, queries, ...figures };
  }).filter(({ visits: count }) => count > 0);
}
