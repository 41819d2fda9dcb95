import type { LogRow } from "../logs/logRow.ts";
import { chooseBasketPeers } from "./basketPeers.ts";
import { basketFiguresOf, measureBaskets } from "./baskets.ts";
import { byPast } from "./byPast.ts";
import { reliability } from "./calibration.ts";
import { cardChange } from "./cardChange.ts";
import { carryOver } from "./carryOver.ts";
import { chooseOurs, type Ours } from "./chooseOurs.ts";
import { bestPeer, type Chosen, choosePeers } from "./choosePeers.ts";
import { type EvaluateOptions, SILENT } from "./evaluateOptions.ts";
import {
  type BasketResult,
  type Baskets,
  type CarriedRow,
  type CrowdRow,
  type EvaluationResult,
  type Result,
  resultOf,
} from "./evaluation.ts";
import { bootstrap, figuresOf } from "./figures.ts";
import { measure } from "./measure.ts";
import { returnError, returning } from "./returning.ts";
import { SYSTEM_NAMES, type System, type SystemName } from "./system.ts";
import { thinCrowd } from "./thinCrowd.ts";
import { queriesIn, some, type Trial, trialAcross, trialOf } from "./trial.ts";
import { crowdCountsOf, unseenIn } from "./unseen.ts";

/** Visits repeated in a browser. */
export const BROWSER_VISITS = 100;

/** Visits after which a shelf is looked at a day and two days later. */
const CHANGE_VISITS = 200;

/** Systems asked again with less of a crowd. */
const GROWING: readonly SystemName[] = [
  "popularity",
  "item-knn",
  "stan",
  "vstan",
  "hybrid",
  "recent+stan",
  "network-no-pack",
  "network",
  "network-shuffled",
];

/** Visits used for the ablation and the calibration, thinned out evenly. */
const SIDE_VISITS = 1500;

export interface Logs {
  train: readonly LogRow[];
  test?: readonly LogRow[] | undefined;
  /** Logs of other shops, to train weights on. */
  others?: readonly (readonly LogRow[])[];
}

/** Runs the requested systems over one log or two, and returns their results. */
export async function evaluate(
  title: string,
  { train, test, others = [] }: Logs,
  options: EvaluateOptions,
): Promise<EvaluationResult> {
  const trial = test ? trialAcross(train, test, options) : trialOf(train, options);
  const peers = await choosePeers(trial, options.systems);
  const ours = await chooseOurs(trial, options.systems, { ...options, seed: 1 });
  const asked = SYSTEM_NAMES.flatMap((name) => {
    const chosen = peers.get(name) ?? ours.systems.get(name);
    return chosen === undefined ? [] : [{ name, ...chosen }];
  });
  const results: Result[] = [];
  for (const one of asked) {
    const measured = await run(one, trial, options);
    const change = await cardChange(one.system, some(trial.tested, CHANGE_VISITS), trial.catalog);
    results.push(resultOf(one, measured, change));
  }
  const network = results.find(({ name }) => name === "network")?.measured.answers ?? [];
  const tallies = (name: SystemName) =>
    results.find((result) => result.name === name)?.measured.tallies;
  return {
    title,
    setting: settingOf(trial, options),
    results,
    bestPeer: bestPeer(peers),
    unseen: unseenIn(trial),
    returning: returning(network),
    returnError: returnError(network),
    crowds: await growing(trial, results, options),
    personal: byPast(
      trial.tested,
      { prior: tallies("network"), personal: tallies("network-personal") },
      figuresOf,
    ),
    ...(await sideReports(ours, trial, options)),
    carried: others.length === 0 ? [] : await carriedRows(trial, ours, { ...options, others }),
    ...(options.repeatInBrowser && { queriesInBrowser: await inBrowser(ours, trial, options) }),
    ...(trial.baskets.length > 0 && { baskets: await nextBaskets(trial, asked, options) }),
  };
}

/** The same questions with shares of the crowd. */
async function growing(
  trial: Trial,
  whole: readonly Result[],
  options: EvaluateOptions,
): Promise<CrowdRow[]> {
  const rows: CrowdRow[] = [];
  const systems = new Set([...options.systems].filter((name) => GROWING.includes(name)));
  for (const share of options.crowd) {
    if (share === 1) {
      rows.push({ share, sessions: trial.crowd.length, results: answersOf(whole) });
      continue;
    }
    const smaller = thinCrowd(trial, share);
    const peers = await choosePeers(smaller, systems);
    const ours = await chooseOurs(smaller, systems, { ...options, seed: 1 });
    const results: CrowdRow["results"] = [];
    for (const name of GROWING) {
      const system = (peers.get(name) ?? ours.systems.get(name))?.system;
      if (system === undefined) continue;
      const { answers } = await run({ name: `${name} of ${share}`, system }, smaller, options);
      results.push({ name, answers });
    }
    rows.push({ share, sessions: smaller.crowd.length, results });
  }
  return rows;
}

function answersOf(results: readonly Result[]): CrowdRow["results"] {
  return GROWING.flatMap((name) => {
    const result = results.find((one) => one.name === name);
    return result === undefined ? [] : [{ name, answers: result.measured.answers }];
  });
}

/** Purchase logs: the same systems, and two more, asked for a whole basket before the visit begins. */
async function nextBaskets(
  trial: Trial,
  asked: readonly ({ name: SystemName } & Chosen)[],
  { onProgress = SILENT }: EvaluateOptions,
): Promise<Baskets> {
  const { catalog, baskets } = trial;
  const more = [...(await chooseBasketPeers(trial))].map(([name, chosen]) => ({ name, ...chosen }));
  const results: BasketResult[] = [];
  for (const { name, system, parameters } of [...more, ...asked]) {
    const bar = onProgress(`basket: ${name}`, baskets.length);
    const tallies = await measureBaskets(system, baskets, { catalog, onVisit: bar.advance });
    const figures = basketFiguresOf(tallies);
    bar.done(`recall@20 ${figures.recall20.toFixed(3)}  NDCG@20 ${figures.ndcg20.toFixed(3)}`);
    const intervals = bootstrap(tallies, basketFiguresOf);
    results.push({ name, tallies, figures, intervals, ...(parameters && { parameters }) });
  }
  const talliesOf = (name: SystemName) => results.find((result) => result.name === name)?.tallies;
  const both = { prior: talliesOf("network"), personal: talliesOf("network-personal") };
  return { results, personal: byPast(baskets, both, basketFiguresOf) };
}

async function sideReports(
  { shop, prior, ablation }: Ours,
  trial: Trial,
  options: EvaluateOptions,
) {
  if (!options.systems.has("network")) return { ablation: [], reliability: [] };
  const tallied = [];
  for (const { name, system } of ablation) {
    const { tallies } = await run({ name: `without ${name}`, system }, trial, options);
    tallied.push({ name, figures: figuresOf(tallies) });
  }
  const visits = some(trial.tested, SIDE_VISITS);
  return { ablation: tallied, reliability: reliability(shop, [prior], visits) };
}

async function carriedRows(
  trial: Trial,
  { shop }: Ours,
  options: EvaluateOptions & Required<Pick<Logs, "others">>,
): Promise<CarriedRow[]> {
  const rows: CarriedRow[] = [];
  const carried = await carryOver(trial, shop, { ...options, seed: 1 });
  for (const { trainedOn, system } of carried) {
    const { tallies } = await run({ name: `from ${trainedOn}`, system }, trial, options);
    rows.push({ trainedOn, figures: figuresOf(tallies) });
  }
  return rows;
}

async function inBrowser(
  { shop, prior }: Ours,
  { tested }: Trial,
  { repeatInBrowser, onProgress = SILENT }: EvaluateOptions,
): Promise<number> {
  const bar = onProgress("in Chromium", 1);
  const queries = await repeatInBrowser!(shop, prior, some(tested, BROWSER_VISITS));
  bar.done(`equal ranks for ${queries} queries`);
  return queries;
}

async function run(
  { name, system }: { name: string; system: System },
  trial: Trial,
  { onProgress = SILENT }: EvaluateOptions,
) {
  const { catalog, tested } = trial;
  const bar = onProgress(name, tested.length);
  const crowdCounts = crowdCountsOf(trial);
  const measured = await measure(system, tested, { catalog, crowdCounts, onVisit: bar.advance });
  const { hr20, mrr20 } = figuresOf(measured.tallies);
  bar.done(`HR@20 ${hr20.toFixed(3)}  MRR@20 ${mrr20.toFixed(3)}`);
  return measured;
}

function settingOf({ catalog, crowd, tested, available }: Trial, options: EvaluateOptions): string {
  const queries = tested.reduce((sum, { session }) => sum + queriesIn(session), 0);
  return (
    `The crowd is ${crowd.length} sessions. Of the ${available} later ones, ${tested.length} are asked ` +
    `about: every step of each, ${queries} queries. All ${catalog.size} products are ranked, ` +
    "but for the one at hand and what the shopper bought within a day. " +
    (options.hasPack
      ? `The item pack leaves out pairs seen from fewer than ${options.floor} shoppers.`
      : "Ours has no item pack.")
  );
}
