import type { ExampleSet } from "../../engine/learning/examples.ts";
import { plainTrainer } from "../../engine/learning/plain.ts";
import { train } from "../../engine/learning/train.ts";
import type { TrainOptions } from "../../engine/learning/training.ts";
import type { Network } from "../../engine/network/network.ts";

/** Chosen on the first four fifths of a log, of which the last fifth was held out (docs/value.md). */
export const INTENT_TRAINING: Partial<TrainOptions> = {
  epochs: 30,
  batchSize: 128,
  learningRate: 0.003,
  l2: 1e-3,
  validationSplit: 0.1,
  patience: 6,
  networks: 5,
};

/** Networks of the engine's own shape by its own trainer; their chances are averaged. */
export async function trainIntent(
  examples: ExampleSet,
  { seed, ...options }: Partial<TrainOptions> & { seed: number },
): Promise<Network[]> {
  const result = await train(examples, { ...INTENT_TRAINING, ...options, seed }, [plainTrainer]);
  return result.networks;
}
