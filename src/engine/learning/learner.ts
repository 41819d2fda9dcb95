import { bytes } from "../kit/fields.ts";
import { failed } from "../kit/message.ts";
import type { Network } from "../network/network.ts";
import type { ShopperLog } from "../store/shopperLog.ts";
import type { TrainerChoice, TrainerPreference } from "./chooseTrainer.ts";
import type { Learned, LearnOptions, TrainingReport } from "./learnFrom.ts";
import { IDLE_MS, isDue } from "./schedule.ts";
import type { EpochReport } from "./training.ts";

/** Minimum interval between progress reports: each one repaints a page, on the GPU that may be training. */
const PROGRESS_MS = 200;

/** Owns the networks in use: trains them when due, saves, restores and resets them. */
export interface Learner {
  /** One network, or an ensemble whose mean counts. */
  readonly networks: readonly Network[];
  /** The origin of the network: the crowd's taste, or this shopper's as well. */
  readonly kind: "prior" | "personal";
  readonly choice: TrainerChoice | undefined;
  /** Progress of the training in progress. */
  readonly progress: EpochReport | undefined;
  readonly lastTraining: TrainingReport | undefined;
  /** Call it after new events: schedules a training if one is due. */
  onNewEvents(): void;
  /**
   * Trains, after any training in progress. Resolves with undefined if another tab is training, nothing
   * can be learned, or it was stopped.
   */
  train(preference?: TrainerPreference): Promise<TrainingReport | undefined>;
  settled(): Promise<void>;
  /** Trains after waiting for another tab's training to end; for use after a deletion from the log. */
  relearn(): Promise<TrainingReport | undefined>;
  /** Loads the stored network, at start and when another tab has trained. */
  restore(): Promise<void>;
  /** Replaces the network in use, and stores the new one. */
  replace(networks: readonly Network[]): Promise<void>;
  /**
   * Stops training and returns to the prior. What is under way then saves nothing any more, and is not
   * waited for: it may never end.
   */
  reset(): Promise<void>;
}

/** The learner's data sources, options and callbacks. */
export interface LearnerOptions extends Omit<LearnOptions, PerTraining> {
  log: ShopperLog;
  lockName: string;
  onChange: () => void;
}

/** Options of a single training. */
type PerTraining = "known" | "signal" | "onChoice" | "onEpoch";

/** A learner's mutable state. */
interface LearnerState {
  networks: readonly Network[];
  kind: Learner["kind"];
  choice: TrainerChoice | undefined;
  progress: EpochReport | undefined;
  lastTraining: TrainingReport | undefined;
  running: Promise<TrainingReport | undefined> | undefined;
  /** Aborts the training in progress. */
  abort: AbortController;
  /** The time of the last progress report, from `performance.now`. */
  reportedAt: number;
  idleTimer: ReturnType<typeof setTimeout> | undefined;
}

interface Core extends LearnerOptions {
  /** The state with the crowd's network in use. */
  priorAlone: readonly Network[];
  state: LearnerState;
}

export function createLearner(options: LearnerOptions): Learner {
  const priorAlone = [options.prior];
  const state: LearnerState = {
    networks: priorAlone,
    kind: "prior",
    choice: undefined,
    progress: undefined,
    lastTraining: undefined,
    running: undefined,
    abort: new AbortController(),
    reportedAt: Number.NEGATIVE_INFINITY,
    idleTimer: undefined,
  };
  const core: Core = { ...options, priorAlone, state };
  return {
    get networks() {
      return state.networks;
    },
    get kind() {
      return state.kind;
    },
    get choice() {
      return state.choice;
    },
    get progress() {
      return state.progress;
    },
    get lastTraining() {
      return state.lastTraining;
    },
    onNewEvents: () => trainWhenIdle(core),
    async train(preference) {
      await state.running;
      return start(core, { preference });
    },
    settled: () => settle(core),
    relearn: () => start(core, { mayWait: true }),
    restore: () => restore(core),
    replace: (networks) => use(core, networks, state.abort.signal),
    reset: () => reset(core),
  };
}

function isTrainingDue({ log, state }: Core): boolean {
  return isDue(log.history.interactions, state.lastTraining?.interactions ?? 0);
}

function trainWhenIdle(core: Core): void {
  clearTimeout(core.state.idleTimer);
  if (isTrainingDue(core)) core.state.idleTimer = setTimeout(() => void start(core), IDLE_MS);
}

interface Start {
  preference?: TrainerPreference | undefined;
  /** Whether to wait for another tab's training to end; by default it is left to that one. */
  mayWait?: boolean;
  /** Checked once the lock is held; default: always due. */
  isWanted?: () => boolean;
}

/** Trains, or returns the result of a training in progress. */
function start(core: Core, given: Start = {}): Promise<TrainingReport | undefined> {
  const { state, lockName } = core;
  const { signal } = state.abort;
  const { preference = core.preference, isWanted } = given;
  clearTimeout(state.idleTimer);
  const job = async () =>
    isWanted?.() === false ? undefined : trainOnce(core, preference, signal);
  const begin = () =>
    withLock(lockName, given.mayWait ? { signal } : { ifAvailable: true }, {
      job: () => untilAborted(job, signal),
      ifTaken: () => trainWhenIdle(core),
    });
  state.running ??= untilAborted(begin, signal).finally(() => {
    state.running = undefined;
    state.progress = undefined;
    core.onChange();
  });
  return state.running;
}

async function trainOnce(
  core: Core,
  preference: TrainerPreference,
  signal: AbortSignal,
): Promise<TrainingReport | undefined> {
  const { log, state } = core;
  try {
    // Loaded only now, because cards must not wait for the training code.
    const { learnFrom } = await import("./learnFrom.ts");
    const learned = await learnFrom(log, {
      ...core,
      preference,
      known: state.choice,
      signal,
      onChoice: (chosen) => keepChoice(core, chosen, signal),
      onEpoch: (epoch) => signal.aborted || noteEpoch(core, epoch),
    });
    if (learned === undefined) return undefined;
    await adopt(core, learned, signal);
    return learned.report;
  } catch (error) {
    if (!signal.aborted) core.onWarning(failed("training-stopped", "Training stopped", error));
  }
  return undefined;
}

async function keepChoice(
  { log, state }: Core,
  chosen: TrainerChoice,
  signal: AbortSignal,
): Promise<void> {
  state.choice = chosen;
  await log.writeValue("trainerChoice", chosen, signal);
}

async function adopt(core: Core, { report, networks }: Learned, signal: AbortSignal) {
  signal.throwIfAborted();
  core.state.lastTraining = report;
  await core.log.writeValue("training", report, signal);
  await use(core, report.bestEpoch === 0 ? core.priorAlone : networks, signal);
}

async function use(core: Core, next: readonly Network[], signal: AbortSignal): Promise<void> {
  const { log, state } = core;
  signal.throwIfAborted();
  state.networks = next;
  state.kind = next === core.priorAlone ? "prior" : "personal";
  const { networksToBytes } = await import("../network/networkFile.ts");
  await log.writeValue("network", networksToBytes(next), signal);
  signal.throwIfAborted();
  log.announceNetwork();
  core.onChange();
}

function noteEpoch({ state, onChange }: Core, epoch: EpochReport): void {
  state.progress = epoch;
  const now = performance.now();
  if (now - state.reportedAt < PROGRESS_MS) return;
  state.reportedAt = now;
  onChange();
}

async function settle(core: Core): Promise<void> {
  const { state } = core;
  await state.running;
  if (!isTrainingDue(core)) return;
  // Another tab's training may have learned from the same events.
  await start(core, { mayWait: true, isWanted: () => isTrainingDue(core) });
}

async function restore(core: Core): Promise<void> {
  const { log, state } = core;
  const { signal } = state.abort;
  state.choice ??= await log.readValue("trainerChoice", async (value) =>
    (await loadParsers()).parseTrainerChoice(value),
  );
  const report = await log.readValue("training", async (value) =>
    (await loadParsers()).parseTrainingReport(value),
  );
  const saved = await log.readValue("network", bytes);
  if (signal.aborted) return; // What was read may be erased.
  // A report without a network belongs to one that was lost.
  state.lastTraining = saved === undefined ? undefined : report;
  if (saved === undefined) return;
  await takeOver(core, saved, signal);
  core.onChange();
}

async function takeOver(core: Core, saved: ArrayBuffer, signal: AbortSignal): Promise<void> {
  const { prior, state } = core;
  try {
    const { networksFromBytes } = await import("../network/networkFile.ts");
    if (signal.aborted) return;
    state.networks = networksFromBytes(saved);
    state.kind = state.networks.every((one) => sameWeights(one, prior)) ? "prior" : "personal";
  } catch (error) {
    const what = "The saved network could not be read and is trained anew";
    core.onWarning(failed("network-unreadable", what, error));
    state.lastTraining = undefined;
    trainWhenIdle(core);
  }
}

async function reset(core: Core): Promise<void> {
  const { state } = core;
  clearTimeout(state.idleTimer);
  state.abort.abort();
  state.abort = new AbortController();
  await state.running;
  state.networks = core.priorAlone;
  state.kind = "prior";
  state.lastTraining = undefined;
  core.onChange();
}

/**
 * One tab trains at a time. With `ifAvailable`, a tab that finds the lock taken leaves training to the
 * other one (or to a worker that is ending: `ifTaken` tries again later); otherwise it waits until
 * `signal` aborts the wait. Where locks are missing or denied, a tab trains without.
 */
async function withLock<Result>(
  name: string,
  options: LockOptions,
  { job, ifTaken }: { job: () => Promise<Result>; ifTaken: () => void },
): Promise<Result | undefined> {
  try {
    return await navigator.locks.request(name, options, (lock) => {
      return lock ? job() : void ifTaken();
    });
  } catch {
    return options.signal?.aborted ? undefined : job();
  }
}

/** Resolves with undefined once the signal aborts; the work itself may go on, or never end. */
function untilAborted<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve(undefined);
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
    work().then(resolve, reject);
  });
}

/** Loaded only if something learned is stored. */
function loadParsers() {
  return import("./parseLearned.ts");
}

function sameWeights(left: Network, right: Network): boolean {
  return left.weights.every((weight, index) => weight === right.weights[index]);
}
