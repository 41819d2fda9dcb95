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
  signal?: AbortSignal;
  onEpoch?: (report: EpochReport) => void;
  /** Told when a trainer failed and the next one goes on from the last whole epoch. */
  onFault?: (trainer: TrainerName, error: Error) => void;
}

export interface TrainResult {
  /** The networks with the best held-out loss each; the latest where nothing was held out. */
  networks: Network[];
  /** See `outOfFoldLoss`. */
  outOfFoldLoss: number | undefined;
  history: EpochReport[];
  /** The trainer that finished the job. */
  trainer: TrainerName;
  /** Epoch whose weights were kept, per network; 0 is the start (training did not help). */
  bestEpochs: number[];
  /** Examples from here on were held out, the latest ones; see `TrainingRun`. */
  validationFrom: number;
  examples: number;
  ms: number;
}

/**
 * Trains on the first of `trainers` that works, going on with the next from the last whole epoch when
 * one fails, stalls or turns out numbers that are not finite.
 * @throws the signal's reason when aborted; the last trainer's error when none is left.
 */
export async function train(
  examples: ExampleSet,
  options: Partial<TrainOptions>,
  trainers: readonly Trainer[],
  controls: TrainControls = {},
): Promise<TrainResult> {
  const startedAt = performance.now();
  const signal = controls.signal ?? new AbortController().signal;
  const run = prepareRun(examples, options);
  const state = startState(run);
  recordEpoch(run, state, Number.NaN);
  for (const [position, trainer] of trainers.entries()) {
    try {
      await trainOn(trainer, run, state, { ...controls, signal });
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
      controls.onFault?.(trainer.name, error as Error);
    }
  }
  throw new RangeError("train: trainers is an empty list, expected at least one");
}

async function trainOn(
  trainer: Trainer,
  run: TrainingRun,
  state: TrainingState,
  controls: TrainControls & { signal: AbortSignal },
): Promise<void> {
  controls.signal.throwIfAborted();
  const runner = await trainer.begin(run);
  try {
    while (state.epoch < run.options.epochs) {
      const isDone = await advance(runner, run, state, controls);
      if (isDone) return;
    }
  } finally {
    runner.dispose();
  }
}

async function advance(
  runner: EpochRunner,
  run: TrainingRun,
  state: TrainingState,
  { signal, onEpoch }: TrainControls & { signal: AbortSignal },
): Promise<boolean> {
  const epoch = await runner.epoch(state, signal);
  signal.throwIfAborted();
  applyEpoch(state, epoch);
  const isDone = recordEpoch(run, state, epoch.loss);
  onEpoch?.(state.history.at(-1)!);
  return isDone;
}
