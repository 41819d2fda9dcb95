import type { Catalog } from "../catalog.ts";
import { collectExamplesInSlices } from "../examples.ts";
import type { ItemPack } from "../itemPack.ts";
import type { Network } from "../network.ts";
import { createRandom } from "../random.ts";
import type { ShopEvent } from "../shopEvent.ts";
import {
  chooseTrainer,
  type TrainerChoice,
  type TrainerPreference,
  type WebglAccess,
} from "./chooseTrainer.ts";
import { plainTrainer } from "./plain.ts";
import { type TrainControls, type TrainResult, train } from "./train.ts";
import type { Trainer, TrainOptions } from "./training.ts";

/** Pull back to the prior weights, so that a few clicks cannot overturn what the crowd knows. */
const ELASTIC = 0.002;

/** Networks of the ensemble, each of which leaves another share of the examples out. */
const FOLDS = 5;

export interface LearnOptions extends TrainControls {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  prior: Network;
  clock: () => number;
  seed: number;
  preference: TrainerPreference;
  webgl: WebglAccess;
  /** The choice of an earlier training on this device. */
  known: TrainerChoice | undefined;
  onChoice: (choice: TrainerChoice) => Promise<void>;
  signal: AbortSignal;
}

/**
 * One whole training: events → examples → the trainer that suits this device → a network pulled from
 * the prior towards this shopper. Undefined where the events hold nothing to learn from.
 */
export async function learnFrom(
  events: readonly ShopEvent[],
  options: LearnOptions,
): Promise<TrainResult | undefined> {
  const { prior, seed, signal } = options;
  const sources = { ...options, random: createRandom(seed) };
  const examples = await collectExamplesInSlices(events, sources, { now: options.clock(), signal });
  if (examples.size === 0) return undefined;
  const trainers = await trainersFor(options);
  const settings = { seed, prior: prior.weights, elastic: ELASTIC, networks: FOLDS, vary: "fold" };
  return train(examples, settings as Partial<TrainOptions>, trainers, options);
}

async function trainersFor({
  preference,
  webgl,
  known,
  onChoice,
  onFault,
}: LearnOptions): Promise<Trainer[]> {
  const choice = await chooseTrainer(preference, webgl, known);
  await onChoice(choice);
  if (choice.trainer === "plain") return [plainTrainer];
  try {
    const { trainer } = await webgl.open();
    return [trainer, plainTrainer];
  } catch (error) {
    onFault?.("webgl", error as Error); // It could be opened when it was chosen.
    return [plainTrainer];
  }
}
