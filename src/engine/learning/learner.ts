import { bytes } from "../kit/fields.ts";
import { failed, type Message } from "../kit/message.ts";
import type { Network } from "../network/network.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import type { PackShards } from "../shop/packShards.ts";
import type { ShopperLog } from "../store/shopperLog.ts";
import type { TrainerChoice, TrainerPreference, WebglAccess } from "./chooseTrainer.ts";
import type { Learned, TrainingReport } from "./learnFrom.ts";
import type { EpochReport } from "./training.ts";

/**
 * When the network is retrained; nothing else retrains it. The shopper pauses for `IDLE_MS`, having
 * turned to products `FIRST_TURNS` times since the start or the last training, and at least `GROWTH`
 * more often in all than the last training knew. Or somebody calls `train()`.
 */
export const FIRST_INTERACTIONS = 6;
export const GROWTH = 0.2;
export const IDLE_MS = 1200;

/** Progress is told no more often: each telling repaints a page, on the GPU that may be training. */
const PROGRESS_MS = 200;

/** Owns the networks in use: trains them when due, saves, restores and resets them. */
export interface Learner {
  /** One, or an ensemble whose mean counts. */
  readonly networks: readonly Network[];
  /** Whose taste the network has learned: the crowd's, or this shopper's too. */
  readonly kind: "prior" | "personal";
  readonly choice: TrainerChoice | undefined;
  /** Progress of the training going on. */
  readonly progress: EpochReport | undefined;
  readonly lastTraining: TrainingReport | undefined;
  /** To be called after new events: arms the training if one is due. */
  onNewEvents(): void;
  /**
   * Trains, after the training going on if there is one.
   * Resolves with undefined when another tab is training, nothing can be learned, or it was stopped.
   */
  train(preference?: TrainerPreference): Promise<TrainingReport | undefined>;
  settled(): Promise<void>;
  /** Trains, waiting for another tab's training to end. For a log that something was taken out of. */
  relearn(): Promise<TrainingReport | undefined>;
  /** Takes the stored network over: at start, and when another tab trained. */
  restore(): Promise<void>;
  /** Puts another network in use, and stores it. */
  replace(networks: readonly Network[]): Promise<void>;
  /** Stops training and goes back to the prior. Resolves when nothing of it is being saved any more. */
  reset(): Promise<void>;
}

export interface LearnerOptions {
  catalog: Catalog;
  pack: ItemPack;
  /** Where the pack comes in shards: to learn from events, those of their products are needed. */
  shards: PackShards | undefined;
  popularRows: Uint32Array;
  log: ShopperLog;
  prior: Network;
  clock: () => number;
  seed: number;
  preference: TrainerPreference;
  thread: "worker" | "page";
  webgl: WebglAccess | undefined;
  lockName: string;
  onChange: () => void;
  onWarning: (warning: Message) => void;
}

export function createLearner(options: LearnerOptions): Learner {
  const { log, prior, onChange, onWarning } = options;
  const priorAlone: readonly Network[] = [prior];
  let networks = priorAlone;
  let kind: Learner["kind"] = "prior";
  let choice: TrainerChoice | undefined;
  let progress: EpochReport | undefined;
  let lastTraining: TrainingReport | undefined;
  let running: Promise<TrainingReport | undefined> | undefined;
  let abort = new AbortController();
  let reportedAt = Number.NEGATIVE_INFINITY;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;

  function isDue(): boolean {
    const known = lastTraining?.interactions ?? 0;
    const fresh = log.history.interactions - known;
    return fresh >= FIRST_INTERACTIONS && fresh >= GROWTH * known;
  }

  function onNewEvents(): void {
    clearTimeout(idleTimer);
    if (isDue()) idleTimer = setTimeout(() => void start(), IDLE_MS);
  }

  function start(
    preference = options.preference,
    lock: LockOptions = { ifAvailable: true },
    isWanted = () => true,
  ): Promise<TrainingReport | undefined> {
    clearTimeout(idleTimer);
    const job = async () => (isWanted() ? trainOnce(preference) : undefined);
    running ??= withLock(options.lockName, lock, { job, ifTaken: onNewEvents }).finally(() => {
      running = undefined;
      progress = undefined;
      onChange();
    });
    return running;
  }

  async function trainOnce(preference: TrainerPreference): Promise<TrainingReport | undefined> {
    const { signal } = abort;
    try {
      // Loaded only now: cards must not wait for what trains the network.
      const { learnFrom } = await import("./learnFrom.ts");
      const learned = await learnFrom(log, {
        ...options,
        preference,
        known: choice,
        signal,
        onChoice: keepChoice,
        onEpoch: noteEpoch,
      });
      if (learned === undefined) return undefined;
      signal.throwIfAborted();
      await adopt(learned);
      if (!signal.aborted) return learned.report;
      // Erased while it was being saved: what was learned must not outlive what it was learned from.
      await log.eraseValues();
    } catch (error) {
      if (!signal.aborted) onWarning(failed("training-stopped", "Training stopped", error));
    }
    return undefined;
  }

  async function keepChoice(chosen: TrainerChoice): Promise<void> {
    choice = chosen;
    await log.writeValue("trainerChoice", chosen);
  }

  async function adopt({ report, networks: learned }: Learned): Promise<void> {
    lastTraining = report;
    await log.writeValue("training", report);
    await use(report.bestEpoch === 0 ? priorAlone : learned);
  }

  async function use(next: readonly Network[]): Promise<void> {
    networks = next;
    kind = next === priorAlone ? "prior" : "personal";
    const { networksToBytes } = await import("../network/networkFile.ts");
    await log.writeValue("network", networksToBytes(next));
    log.announceNetwork();
    onChange();
  }

  function noteEpoch(epoch: EpochReport): void {
    progress = epoch;
    const now = performance.now();
    if (now - reportedAt < PROGRESS_MS) return;
    reportedAt = now;
    onChange();
  }

  async function restore(): Promise<void> {
    choice ??= await log.readValue("trainerChoice", async (value) =>
      (await loadParsers()).parseTrainerChoice(value),
    );
    lastTraining = await log.readValue("training", async (value) =>
      (await loadParsers()).parseTrainingReport(value),
    );
    const saved = await log.readValue("network", bytes);
    if (saved === undefined) {
      lastTraining = undefined; // A report without its network is of one that was lost.
      return;
    }
    try {
      const { networksFromBytes } = await import("../network/networkFile.ts");
      networks = networksFromBytes(saved);
      kind = networks.every((one) => sameWeights(one, prior)) ? "prior" : "personal";
    } catch (error) {
      const what = "The saved network could not be read and is trained anew";
      onWarning(failed("network-unreadable", what, error));
      lastTraining = undefined;
      onNewEvents();
    }
    onChange();
  }

  return {
    get networks() {
      return networks;
    },
    get kind() {
      return kind;
    },
    get choice() {
      return choice;
    },
    get progress() {
      return progress;
    },
    get lastTraining() {
      return lastTraining;
    },
    onNewEvents,
    async train(preference) {
      await running;
      return start(preference);
    },
    async settled() {
      await running;
      // After another tab's training, which may have learned from the same events.
      if (isDue()) await start(options.preference, { signal: abort.signal }, isDue);
    },
    relearn: () => start(options.preference, {}),
    restore,
    replace: use,
    async reset() {
      clearTimeout(idleTimer);
      abort.abort();
      abort = new AbortController();
      await running;
      networks = priorAlone;
      kind = "prior";
      lastTraining = undefined;
      onChange();
    },
  };
}

/**
 * One tab trains at a time. With `ifAvailable` a tab that finds the lock taken leaves it to the other
 * (or to a worker that is ending: `ifTaken` asks again later); else it waits, until `signal` says that
 * there is nothing to wait for.
 */
async function withLock<Result>(
  name: string,
  options: LockOptions,
  { job, ifTaken }: { job: () => Promise<Result>; ifTaken: () => void },
): Promise<Result | undefined> {
  if (typeof navigator === "undefined" || navigator.locks === undefined) return job();
  try {
    return await navigator.locks.request(name, options, (lock) => {
      return lock ? job() : void ifTaken();
    });
  } catch (error) {
    if (options.signal?.aborted) return undefined;
    throw error;
  }
}

/** Needed only where something learned is stored. */
function loadParsers() {
  return import("./parseLearned.ts");
}

function sameWeights(left: Network, right: Network): boolean {
  return left.weights.every((weight, index) => weight === right.weights[index]);
}
