import type { Catalog } from "../catalog.ts";
import { itemsOf } from "../createHistory.ts";
import { collectExamplesInSlices, type ExampleSet } from "../examples.ts";
import type { ItemPack } from "../itemPack.ts";
import type { Network } from "../network.ts";
import type { PackShards } from "../packShards.ts";
import { createRandom } from "../random.ts";
import type { ShopEvent } from "../shopEvent.ts";
import type { ShopperLog } from "../shopperLog.ts";
import {
  chooseTrainer,
  type TrainerChoice,
  type TrainerPreference,
  type WebglAccess,
} from "./chooseTrainer.ts";
import { plainTrainer } from "./plain.ts";
import { type TrainResult, train } from "./train.ts";
import type { EpochReport, Trainer, TrainerName, TrainOptions } from "./training.ts";
import { webglAccess } from "./webglAccess.ts";

/**
 * Pull back to the prior weights, so that a few clicks cannot overturn what the crowd knows: the more so
 * the fewer they are, as a Gaussian prior's share of the mean loss grows. Chosen on shoppers' later baskets
 * (bench/ABLATION.md).
 */
const ELASTIC = 0.02;
const ELASTIC_TURNS = 50;

/** Networks of the ensemble, each of which leaves another share of the examples out. */
const FOLDS = 5;

/** Latest events a training learns from. */
const MOST_TRAINING_EVENTS = 5000;

/** Reading results back from a GPU blocks its thread for a whole epoch: not on the page. */
const NO_WEBGL: WebglAccess = {
  renderer: () => undefined,
  open: () => Promise.reject(new Error("used in a worker only")),
};

export interface TrainingReport {
  trainer: TrainerName;
  /** Events stored when it started, and turns to products among them. */
  events: number;
  turns: number;
  examples: number;
  epochs: number;
  /** Latest epoch whose weights are in use; 0: no network beat the prior on held-out events. */
  bestEpoch: number;
  firstLoss: number;
  lastLoss: number;
  /** Loss of each example by the one network that did not learn from it; see `outOfFoldLoss`. */
  outOfFoldLoss: number | undefined;
  ms: number;
  /** When it ended, milliseconds since 1970. */
  at: number;
  history: EpochReport[];
}

export interface Learned {
  networks: readonly Network[];
  report: TrainingReport;
}

export interface LearnOptions {
  catalog: Catalog;
  pack: ItemPack;
  /** Where the pack comes in shards. */
  shards: PackShards | undefined;
  popularRows: Uint32Array;
  prior: Network;
  clock: () => number;
  seed: number;
  preference: TrainerPreference;
  thread: "worker" | "page";
  /** Absent: that of the thread. */
  webgl: WebglAccess | undefined;
  /** The choice of an earlier training on this device. */
  known: TrainerChoice | undefined;
  onChoice: (choice: TrainerChoice) => Promise<void>;
  onEpoch: (epoch: EpochReport) => void;
  onNotice: (notice: string) => void;
  signal: AbortSignal;
}

/**
 * One whole training: events → examples → the trainer that suits this device → networks pulled from
 * the prior towards this shopper. Undefined where the events hold nothing to learn from.
 */
export async function learnFrom(
  log: ShopperLog,
  options: LearnOptions,
): Promise<Learned | undefined> {
  const { prior, clock, seed, signal } = options;
  const learnedFrom = { turns: log.history.interactions, events: log.eventCount };
  const events = await log.newest(MOST_TRAINING_EVENTS);
  await options.shards?.need(rowsOf(events, options.catalog), Number.POSITIVE_INFINITY);
  const sources = { ...options, random: createRandom(seed) };
  const examples = await collectExamplesInSlices(events, sources, { now: clock(), signal });
  if (examples.size === 0) return undefined;
  const trainers = await trainersFor(options);
  const result = await train(examples, personalOptions(examples, prior, seed), trainers, {
    ...options,
    onFault: (trainer, error) => options.onNotice(faultNotice(trainer, error)),
  });
  return { networks: result.networks, report: { ...learnedFrom, ...reportOf(result, clock()) } };
}

/** How a shopper's own networks are trained. */
export function personalOptions(
  { outcomes }: ExampleSet,
  prior: Network,
  seed: number,
): Partial<TrainOptions> {
  const turns = outcomes.reduce((count, outcome) => count + (outcome > 0 ? 1 : 0), 0);
  const elastic = ELASTIC * Math.max(1, ELASTIC_TURNS / Math.max(1, turns));
  return { seed, prior: prior.weights, elastic, networks: FOLDS, vary: "fold" };
}

/** The products that events are about: their neighbours are among the inputs. */
function rowsOf(events: readonly ShopEvent[], catalog: Catalog): Set<number> {
  const ids = events.flatMap((event) => itemsOf(event).map(({ productId }) => productId));
  return new Set(ids.map((id) => catalog.rowOf(id)).filter((row) => row !== undefined));
}

function reportOf(result: TrainResult, at: number): Omit<TrainingReport, "turns" | "events"> {
  const { history, trainer, bestEpochs, examples, outOfFoldLoss, ms } = result;
  return {
    trainer,
    examples,
    epochs: history.length,
    bestEpoch: Math.max(...bestEpochs),
    firstLoss: history[0]!.loss,
    lastLoss: history.at(-1)!.loss,
    outOfFoldLoss,
    ms,
    at,
    history,
  };
}

async function trainersFor({
  preference,
  thread,
  webgl = thread === "worker" ? webglAccess : NO_WEBGL,
  known,
  onChoice,
  onNotice,
}: LearnOptions): Promise<Trainer[]> {
  const choice = await chooseTrainer(preference, webgl, known);
  await onChoice(choice);
  if (choice.trainer === "plain") return [plainTrainer];
  try {
    const { trainer } = await webgl.open();
    return [trainer, plainTrainer];
  } catch (error) {
    onNotice(faultNotice("webgl", error as Error)); // It could be opened when it was chosen.
    return [plainTrainer];
  }
}

function faultNotice(trainer: TrainerName, error: Error): string {
  return `The ${trainer} trainer failed and another one went on from its last epoch: ${error.message}`;
}
