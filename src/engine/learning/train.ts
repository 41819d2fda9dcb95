import type { Network } from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import {
  applyEpoch,
  type EpochReport,
  type EpochRunner,
  networkOf,
  outOfFoldLoss,
  prepareRun,
  recordEpoch,
  startState,
  type Trainer,
  type TrainerName,
  type TrainingRun,
  type TrainingState,
  type TrainOptions,
} from "./training.ts";

export interface TrainControls {
  signal?: AbortSignal | undefined;
  onEpoch?: ((report: EpochReport) => void) | undefined;
  /** Called when a trainer failed and the next one continues from the last complete epoch. */
  onFault?: ((trainer: TrainerName, error: Error) => void) | undefined;
}

/** Options and callbacks of a training. */
export type TrainSettings = Partial<TrainOptions> & TrainControls;

export interface TrainResult {
  /** The networks, each with its best held-out loss; the latest if nothing was held out. */
  networks: Network[];
  /** See `outOfFoldLoss`. */
  outOfFoldLoss: number | undefined;
  history: EpochReport[];
  /** The trainer that finished the job. */
  trainer: TrainerName;
  /** The epoch whose weights were kept, per network; 0 is the initial state (training did not help). */
  bestEpochs: number[];
  /** Examples from here on were held out, the latest ones; see `TrainingRun`. */
  validationFrom: number;
  examples: number;
  ms: number;
}

/**
 * Trains on the first of `trainers` that works. If one fails, stalls or produces non-finite numbers, the
 * next one continues from the last complete epoch.
 * @throws the signal's reason when aborted; the last trainer's error when none is left.
 */
export async function train(
  examples: ExampleSet,
  { signal = new AbortController().signal, onEpoch, onFault, ...options }: TrainSettings,
  trainers: readonly Trainer[],
): Promise<TrainResult> {
  const startedAt = performance.now();
  const run = prepareRun(examples, options);
  const state = startState(run);
  recordEpoch(run, state, Number.NaN);
  for (const [position, trainer] of trainers.entries()) {
    try {
      await trainOn(trainer, { run, state, signal, onEpoch });
      const networks = run.members.map((_, k) => networkOf(run, state.best, k));
      return {
        networks,
        outOfFoldLoss: outOfFoldLoss(run, networks),
        history: state.history,
        trainer: trainer.name,
        bestEpochs: [...state.bestEpoch],
        validationFrom: run.validationFrom,
        examples: examples.size,
        ms: performance.now() - startedAt,
      };
    } catch (error) {
      signal.throwIfAborted();
      if (position === trainers.length - 1) throw error;
      onFault?.(trainer.name, error as Error);
    }
  }
  throw new RangeError("train: trainers is an empty list, expected at least one");
}

interface Job {
  run: TrainingRun;
  state: TrainingState;
  signal: AbortSignal;
  onEpoch: TrainControls["onEpoch"];
}

async function trainOn(trainer: Trainer, job: Job): Promise<void> {
  const { run, state, signal } = job;
  signal.throwIfAborted();
  const runner = await trainer.begin(run);
  try {
    while (state.epoch < run.options.epochs) {
      const isDone = await advance(runner, job);
      if (isDone) return;
    }
  } finally {
    runner.dispose();
  }
}

async function advance(
  runner: EpochRunner,
  { run, state, signal, onEpoch }: Job,
): Promise<boolean> {
  const epoch = await runner.epoch(state, signal);
  signal.throwIfAborted();
  applyEpoch(state, epoch);
  const isDone = recordEpoch(run, state, epoch.loss);
  onEpoch?.(state.history.at(-1)!);
  return isDone;
}
