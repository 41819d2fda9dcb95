import {
  type Activation,
  HIDDEN,
  HIDDEN_BIAS,
  INPUTS,
  NETWORK_SIZE,
  type Network,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "./network.ts";

/**
 * A network in TensorFlow.js's layers format: `model.json`, and the weights file that it names.
 * `tf.loadLayersModel` opens it and predicts the five outcome probabilities from the four inputs.
 */
export interface LayersModelFiles {
  /** Content of `model.json`. */
  model: unknown;
  /** Content of `weights.bin`: 105 float32, little-endian, in the order of `Network.weights`. */
  weights: ArrayBuffer;
}

const WEIGHTS_FILE = "weights.bin";
const FORMAT = "layers-model";

const WEIGHT_SPECS = [
  { name: "hidden/kernel", shape: [INPUTS, HIDDEN], dtype: "float32" },
  { name: "hidden/bias", shape: [HIDDEN], dtype: "float32" },
  { name: "outcomes/kernel", shape: [HIDDEN, OUTPUTS], dtype: "float32" },
  { name: "outcomes/bias", shape: [OUTPUTS], dtype: "float32" },
];

export function toLayersModel({ weights, activation }: Network): LayersModelFiles {
  return {
    model: {
      format: FORMAT,
      generatedBy: "Vitrine",
      convertedBy: null,
      modelTopology: {
        class_name: "Sequential",
        config: {
          name: "vitrine",
          layers: [
            dense({ name: "hidden", units: HIDDEN, activation, batch_input_shape: [null, INPUTS] }),
            dense({ name: "outcomes", units: OUTPUTS, activation: "softmax" }),
          ],
        },
      },
      weightsManifest: [{ paths: [WEIGHTS_FILE], weights: WEIGHT_SPECS }],
    },
    weights: weights.slice().buffer as ArrayBuffer,
  };
}

function dense(given: {
  name: string;
  units: number;
  activation: string;
  batch_input_shape?: (number | null)[];
}) {
  return {
    class_name: "Dense",
    config: { use_bias: true, dtype: "float32", trainable: true, ...given },
  };
}

/**
 * Reads a layers model of exactly this shape, whatever its layers are called.
 * @throws {Error} naming the found and the expected value.
 */
export function fromLayersModel({ model, weights }: LayersModelFiles): Network {
  const { format, modelTopology, weightsManifest } = (model ?? {}) as SavedModel;
  if (format !== FORMAT) throw mismatch("format", format, FORMAT);
  const layers = layersOf(modelTopology);
  const units = layers.map(({ config }) => config?.units);
  if (units.join() !== `${HIDDEN},${OUTPUTS}`) throw mismatch("units", units, [HIDDEN, OUTPUTS]);
  const activations = layers.map(({ config }) => config?.activation);
  const [activation, last] = activations;
  if (activation !== "relu" && activation !== "sigmoid")
    throw mismatch("hidden activation", activation, "relu or sigmoid");
  if (last !== "softmax") throw mismatch("output activation", last, "softmax");
  const shapes = (weightsManifest ?? []).flatMap((group) => group.weights ?? []);
  const found = shapes.map(({ shape }) => shape);
  const expected = WEIGHT_SPECS.map(({ shape }) => shape);
  if (JSON.stringify(found) !== JSON.stringify(expected)) throw mismatch("shapes", found, expected);
  if (weights.byteLength !== 4 * NETWORK_SIZE)
    throw mismatch("bytes of weights", weights.byteLength, 4 * NETWORK_SIZE);
  const numbers = new Float32Array(weights.slice(0));
  const broken = numbers.findIndex((value) => !Number.isFinite(value));
  if (broken >= 0) throw mismatch(`weight ${nameOf(broken)}`, numbers[broken], "a finite number");
  return { weights: numbers, activation: activation satisfies Activation };
}

interface SavedModel {
  format?: unknown;
  modelTopology?: unknown;
  weightsManifest?: { weights?: { shape?: unknown }[] }[];
}

interface SavedLayer {
  class_name?: unknown;
  config?: { units?: unknown; activation?: unknown };
}

/**
 * tfjs writes the bare topology, Keras wraps it in `model_config`; a sequential model's input is not a
 * layer.
 */
function layersOf(topology: unknown): SavedLayer[] {
  const { model_config: inner = topology } = (topology ?? {}) as { model_config?: unknown };
  const { config } = (inner ?? {}) as { config?: { layers?: SavedLayer[] } };
  const layers = config?.layers;
  if (!Array.isArray(layers))
    throw mismatch("topology", layers, "a sequential model of two layers");
  return layers.filter(({ class_name }) => class_name === "Dense");
}

function nameOf(index: number): string {
  const starts = [OUTPUT_BIAS, OUTPUT_KERNEL, HIDDEN_BIAS, 0];
  const part = starts.findIndex((start) => index >= start);
  return `${WEIGHT_SPECS[3 - part]!.name}[${index - starts[part]!}]`;
}

function mismatch(what: string, got: unknown, expected: unknown): Error {
  return new Error(
    `Layers model: ${what} is ${JSON.stringify(got)}, expected ${JSON.stringify(expected)}`,
  );
}
