import type { ShopEvent } from "../events/shopEvent.ts";
import { itemsOf } from "../events/shopEvent.ts";
import { failed, type Message, VitrineError } from "../kit/message.ts";
import { createRandom } from "../kit/random.ts";
import { eachSlice } from "../kit/scheduler.ts";
import type { Network } from "../network/network.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import type { PackShards } from "../shop/packShards.ts";
import type { ShopperLog } from "../store/shopperLog.ts";
import {
  chooseTrainer,
  type TrainerChoice,
  type TrainerPreference,
  type WebglAccess,
} from "./chooseTrainer.ts";
import { createReplay } from "./examples.ts";
import { plainTrainer } from "./plain.ts";
import type { EpochReport, Trainer, TrainerName } from "./training.ts";
import { type PersonalResult, trainPersonal } from "./trainPersonal.ts";
import { webglAccess } from "./webglAccess.ts";

/** The most events that a training learns from, the latest ones. */
const MAX_TRAINING_EVENTS = 5000;

/** Reading results back from a GPU blocks its thread for a whole epoch, so the page's thread must not do it. */
const NO_WEBGL: WebglAccess = {
  renderer: () => undefined,
  open: () => Promise.reject(new VitrineError("worker-only", "only used in a worker", {})),
};

export interface TrainingReport {
  trainer: TrainerName;
  /** The number of events stored when it started, and of interactions among them. */
  events: number;
  interactions: number;
  examples: number;
  epochs: number;
  /** The latest epoch whose weights are in use; 0 if the prior stays because no network clearly beat it. */
  bestEpoch: number;
  /** See `PersonalResult`. */
  share: number;
  firstLoss: number;
  lastLoss: number;
  /** Loss of each example under the one network that did not learn from it; see `outOfFoldLoss`. */
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
  /** Present if the pack is sharded. */
  shards: PackShards | undefined;
  popularRows: Uint32Array;
  prior: Network;
  clock: () => number;
  seed: number;
  preference: TrainerPreference;
  thread: "worker" | "page";
  /** Default: the thread's own. */
  webgl: WebglAccess | undefined;
  /** The trainer chosen by an earlier training on this device. */
  known: TrainerChoice | undefined;
  onChoice: (choice: TrainerChoice) => Promise<void>;
  onEpoch: (epoch: EpochReport) => void;
  onWarning: (warning: Message) => void;
  signal: AbortSignal;
}

/**
 * One complete training: events → examples → the trainer that suits this device → networks pulled from
 * the prior towards this shopper. Undefined if the events contain nothing to learn from.
 */
export async function learnFrom(
  log: ShopperLog,
  options: LearnOptions,
): Promise<Learned | undefined> {
  const { prior, clock, seed, signal } = options;
  const learnedFrom = { interactions: log.history.interactions, events: log.eventCount };
  const events = await log.newest(MAX_TRAINING_EVENTS);
  await options.shards?.need(rowsOf(events, options.catalog), Number.POSITIVE_INFINITY);
  const sources = { ...options, random: createRandom(seed) };
  const replay = createReplay(events, sources, { now: clock() });
  await eachSlice(events, (event) => {
    signal.throwIfAborted();
    replay.apply(event);
  });
  const examples = replay.finish();
  if (examples.size === 0) return undefined;
  const trainers = await trainersFor(options);
  const result = await trainPersonal(
    examples,
    {
      prior,
      seed,
      signal,
      onEpoch: options.onEpoch,
      onFault: (trainer, error) => options.onWarning(faultWarning(trainer, error)),
    },
    trainers,
  );
  return { networks: result.networks, report: { ...learnedFrom, ...reportOf(result, clock()) } };
}

/** The products of the events; their neighbors are among the inputs. */
function rowsOf(events: readonly ShopEvent[], catalog: Catalog): Set<number> {
  const ids = events.flatMap((event) => itemsOf(event).map(({ productId }) => productId));
  return new Set(ids.map((id) => catalog.rowOf(id)).filter((row) => row !== undefined));
}

function reportOf(
  result: PersonalResult,
  at: number,
): Omit<TrainingReport, "interactions" | "events"> {
  const { history, trainer, bestEpochs, share, examples, outOfFoldLoss, ms } = result;
  return {
    trainer,
    examples,
    epochs: history.length,
    bestEpoch: share === 0 ? 0 : Math.max(...bestEpochs),
    share,
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
  onWarning,
}: LearnOptions): Promise<Trainer[]> {
  const choice = await chooseTrainer(preference, webgl, known);
  await onChoice(choice);
  if (choice.trainer === "plain") return [plainTrainer];
  try {
    const { trainer } = await webgl.open();
    return [trainer, plainTrainer];
  } catch (error) {
    onWarning(faultWarning("webgl", error as Error)); // Opening it worked when it was chosen.
    return [plainTrainer];
  }
}

function faultWarning(trainer: TrainerName, error: Error): Message {
  const what = `The ${trainer} trainer failed and another one went on from its last epoch`;
  return failed("trainer-failed", what, error, { trainer });
}
