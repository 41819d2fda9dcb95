import * as tf from "@tensorflow/tfjs";
import brain from "brain.js/dist/neural-network.js";
import { createRandom } from "../../src/engine/kit/random.ts";
import type { ExampleSet } from "../../src/engine/learning/examples.ts";
import { plainTrainer } from "../../src/engine/learning/plain.ts";
import { train } from "../../src/engine/learning/train.ts";
import type { EpochReport, Trainer } from "../../src/engine/learning/training.ts";
import { openWebglTrainer } from "../../src/engine/learning/webgl.ts";
import { HIDDEN, INPUTS, NETWORK_SIZE, OUTPUTS } from "../../src/engine/network/network.ts";

/** One way of training, measured in milliseconds; the first epoch is separate from the others. */
export interface TrainingRow {
  name: string;
  examples: number;
  k: number;
  /** All epochs, including the first one. */
  ms: number;
  coldStartMs: number;
  loss: number;
  /** Epochs actually run; if they are fewer than requested, `ms` is extrapolated. */
  epochsRun: number;
}

export interface TrainingBench {
  renderer: string;
  rows: TrainingRow[];
  limit: ArithmeticLimit;
}

/** How close the plain trainer comes to this machine's arithmetic limit. */
export interface ArithmeticLimit {
  /** Multiply-adds of the training with K = 1 on the fewest examples. */
  operations: number;
  /** Multiply-adds per second, measured in the same run on one JavaScript thread. */
  rate: number;
  /** The training's share of that rate. */
  reached: number;
}

const EPOCHS = 100;
const BATCH = 32;
/** tfjs would take minutes for all epochs, so only these are run and the rest is extrapolated. */
const TFJS_EPOCHS = 4;

/** Learnable examples: the outcome depends on the inputs, with noise. */
function makeExamples(size: number, seed: number): ExampleSet {
  const random = createRandom(seed);
  const inputs = Float32Array.from({ length: size * INPUTS }, () => random.next());
  const outcomes = Uint8Array.from({ length: size }, (_, index) => {
    const [x0 = 0, x1 = 0, x2 = 0] = inputs.subarray(index * INPUTS);
    const pull = x0 + 0.7 * x1 + 0.4 * x2 + 0.3 * random.normal();
    return pull < 1 ? 0 : Math.min(OUTPUTS - 1, 1 + Math.floor((pull - 1) * 4));
  });
  return { size, inputs, outcomes, weights: new Float32Array(size).fill(1) };
}

export async function benchTraining(sizes: number[], networks: number[]): Promise<TrainingBench> {
  const { trainer: webgl, renderer } = await openWebglTrainer();
  const rows: TrainingRow[] = [];
  for (const size of sizes) {
    const examples = makeExamples(size, 1);
    for (const backend of ["webgl", "cpu"] as const) rows.push(await timeTfjs(backend, examples));
    rows.push(timeBrain(examples));
    for (const k of networks) {
      rows.push(await timeOurs("vitrine-plain", plainTrainer, examples, k));
      rows.push(await timeOurs("vitrine-webgl", webgl, examples, k));
    }
  }
  return { renderer, rows, limit: arithmeticLimit(rows) };
}

/** Forward pass, errors of the hidden units and gradients, per example; and Adam's ten, per step. */
const PER_EXAMPLE = 2 * (INPUTS * HIDDEN + HIDDEN * OUTPUTS) + HIDDEN * OUTPUTS;
const PER_STEP = 10 * NETWORK_SIZE;

function arithmeticLimit(rows: TrainingRow[]): ArithmeticLimit {
  const { examples, ms } = rows.find(({ name, k }) => name === "vitrine-plain" && k === 1)!;
  const operations = EPOCHS * (examples * PER_EXAMPLE + Math.ceil(examples / BATCH) * PER_STEP);
  const rate = multiplyAddRate();
  return { operations, rate, reached: operations / (ms / 1000) / rate };
}

/** Four independent chains, the best of several rounds. */
function multiplyAddRate(): number {
  const rounds = 2_000_000;
  let best = 0;
  for (let round = 0; round < 8; round++) {
    const startedAt = performance.now();
    let [a, b, c, d] = [1, 2, 3, 4];
    for (let index = 0; index < rounds; index++) {
      a = a * 0.999 + 0.1;
      b = b * 0.998 + 0.2;
      c = c * 0.997 + 0.3;
      d = d * 0.996 + 0.4;
    }
    const seconds = (performance.now() - startedAt) / 1000;
    if (a + b + c + d > 0) best = Math.max(best, (4 * rounds) / seconds);
  }
  return best;
}

/** brain.js trains example by example (it has no batches), with sigmoids and squared errors. */
function timeBrain(examples: ExampleSet): TrainingRow {
  const data = Array.from({ length: examples.size }, (_, index) => ({
    input: [...examples.inputs.subarray(index * INPUTS, (index + 1) * INPUTS)],
    output: Array.from({ length: OUTPUTS }, (_, k) => (k === examples.outcomes[index] ? 1 : 0)),
  }));
  const network = new brain.default({ hiddenLayers: [HIDDEN], activation: "sigmoid" });
  const settings = { learningRate: 0.05, errorThresh: 1e-9, log: false };
  const startedAt = performance.now();
  network.train(data, { ...settings, iterations: 1 });
  const coldStartMs = performance.now() - startedAt;
  network.train(data, { ...settings, iterations: EPOCHS - 1 });
  const ms = performance.now() - startedAt;
  const loss = data.reduce((sum, { input }, index) => {
    const outputs = [...network.run(input)].map((value) => Math.max(value, 1e-7));
    const total = outputs.reduce((all, value) => all + value, 0);
    return sum - Math.log(outputs[examples.outcomes[index]!]! / total) / data.length;
  }, 0);
  return {
    name: "brain.js",
    examples: examples.size,
    k: 1,
    ms,
    coldStartMs,
    loss,
    epochsRun: EPOCHS,
  };
}

async function timeOurs(
  name: string,
  trainer: Trainer,
  examples: ExampleSet,
  k: number,
): Promise<TrainingRow> {
  const startedAt = performance.now();
  let coldStartMs = 0;
  const onEpoch = ({ epoch }: EpochReport) => {
    if (epoch === 1) coldStartMs = performance.now() - startedAt;
  };
  const options = { epochs: EPOCHS, batchSize: BATCH, validationSplit: 0, networks: k };
  const result = await train(examples, { ...options, onEpoch }, [trainer]);
  const loss = result.history.at(-1)!.loss;
  return { name, examples: examples.size, k, ms: result.ms, coldStartMs, loss, epochsRun: EPOCHS };
}

async function timeTfjs(backend: "webgl" | "cpu", examples: ExampleSet): Promise<TrainingRow> {
  tf.env().set("SOFTWARE_WEBGL_ENABLED", true);
  await tf.setBackend(backend);
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [INPUTS], units: HIDDEN, activation: "relu" }),
      tf.layers.dense({ units: OUTPUTS, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.001), loss: "categoricalCrossentropy" });
  const inputs = tf.tensor2d(examples.inputs, [examples.size, INPUTS]);
  const outcomes = tf.oneHot(tf.tensor1d(examples.outcomes, "int32"), OUTPUTS);
  const ends: number[] = [];
  let loss = Number.NaN;
  const startedAt = performance.now();
  await model.fit(inputs, outcomes, {
    epochs: TFJS_EPOCHS,
    batchSize: BATCH,
    shuffle: true,
    yieldEvery: "never",
    callbacks: {
      onEpochEnd: async (_epoch, logs) => {
        ends.push(performance.now() - startedAt);
        loss = logs?.loss ?? Number.NaN;
      },
    },
  });
  const coldStartMs = ends[0]!;
  const perEpoch = (ends.at(-1)! - coldStartMs) / (TFJS_EPOCHS - 1);
  tf.dispose([inputs, outcomes]);
  model.dispose();
  const ms = coldStartMs + (EPOCHS - 1) * perEpoch;
  return {
    name: `tfjs-${backend}`,
    examples: examples.size,
    k: 1,
    ms,
    coldStartMs,
    loss,
    epochsRun: TFJS_EPOCHS,
  };
}
