import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { randomNetwork } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import { fromLayersModel, type LayersModelFiles, toLayersModel } from "./layersModel.ts";
import { predict } from "./network.ts";

beforeAll(() => tf.setBackend("cpu"));

/** The two files as tfjs's loaders pass them on. */
function handlerFor({ model, weights }: LayersModelFiles): tf.io.IOHandler {
  const { modelTopology, weightsManifest } = model as {
    modelTopology: object;
    weightsManifest: tf.io.WeightsManifestConfig;
  };
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return tf.io.fromMemory({ modelTopology, weightSpecs, weightData: weights });
}

/** The parts of `toLayersModel`'s output that these tests change. */
interface SavedFiles extends LayersModelFiles {
  model: {
    modelTopology: { config: { layers: object[] } };
    weightsManifest: { paths: string[] }[];
  };
}

describe.each(["relu", "sigmoid"] as const)("a %s network as a layers model", (activation) => {
  const network = randomNetwork(3, activation);

  it("predicts the same in tfjs, which can continue training it", async () => {
    const random = createRandom(1);
    const examples = Float32Array.from({ length: 4 * 50 }, () => random.next());
    const model = await tf.loadLayersModel(handlerFor(toLayersModel(network)));
    const theirs = (model.predict(tf.tensor2d(examples, [50, 4])) as tf.Tensor).dataSync();
    for (let example = 0; example < 50; example++) {
      const ours = predict(network, examples, 4 * example);
      ours.forEach((chance, k) => {
        expect(Math.abs(chance - theirs[5 * example + k]!)).toBeLessThan(1e-6);
      });
    }
    expect(model.trainableWeights).toHaveLength(4);
  });

  it("survives a round trip through a file and through tfjs", async () => {
    const files = toLayersModel(network);
    expect(fromLayersModel(files)).toEqual(network);
    const model = await tf.loadLayersModel(handlerFor(files));
    let saved: LayersModelFiles | undefined;
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        const manifest = [{ paths: ["w"], weights: artifacts.weightSpecs! }];
        saved = {
          model: {
            format: "layers-model",
            modelTopology: artifacts.modelTopology,
            weightsManifest: manifest,
          },
          weights: artifacts.weightData as ArrayBuffer,
        };
        return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) };
      }),
    );
    expect(fromLayersModel(saved!)).toEqual(network);
  });

  it("is read from Keras, which wraps the topology and counts the input as a layer", () => {
    const { model, weights } = toLayersModel(network) as SavedFiles;
    const input = { class_name: "InputLayer", config: { batch_input_shape: [null, 4] } };
    const { config } = model.modelTopology;
    const wrapped = {
      model_config: {
        class_name: "Sequential",
        config: { ...config, layers: [input, ...config.layers] },
      },
    };
    expect(fromLayersModel({ model: { ...model, modelTopology: wrapped }, weights })).toEqual(
      network,
    );
  });
});

it("a layers model names its weights file", () => {
  const { model } = toLayersModel(randomNetwork(3)) as SavedFiles;
  expect(model.weightsManifest.flatMap(({ paths }) => paths)).toEqual(["weights.bin"]);
});

it("a network read from a layers model keeps its weights when the file's bytes change", () => {
  const network = randomNetwork(3);
  const files = toLayersModel(network);
  const read = fromLayersModel(files);
  new Uint8Array(files.weights).fill(0);
  expect(read).toEqual(network);
});

describe("a layers model of another shape is refused", () => {
  const saved = () => toLayersModel(randomNetwork(3)) as SavedFiles;
  const changed = (from: string, to: string): LayersModelFiles => {
    const { model, weights } = saved();
    return { model: JSON.parse(JSON.stringify(model).replace(from, to)), weights };
  };
  const withModel = (more: object): LayersModelFiles => {
    const { model, weights } = saved();
    return { model: { ...model, ...more }, weights };
  };
  const withWeight = (at: number, value: number): LayersModelFiles => ({
    ...saved(),
    weights: new Float32Array(105).fill(value, at, at + 1).buffer,
  });
  const noTopology = 'topology is undefined, expected "a sequential model of two layers"';

  it.each<[what: string, given: () => LayersModelFiles, message: string]>([
    ["no model", () => ({ ...saved(), model: undefined }), "format is undefined, expected"],
    [
      "a graph model",
      () => changed('"layers-model"', '"graph-model"'),
      'format is "graph-model", expected "layers-model"',
    ],
    [
      "another width",
      () => changed('"units":10', '"units":12'),
      "units is [12,5], expected [10,5]",
    ],
    [
      "another hidden activation",
      () => changed('"relu"', '"tanh"'),
      'hidden activation is "tanh", expected "relu or sigmoid"',
    ],
    [
      "another last activation",
      () => changed('"softmax"', '"linear"'),
      'output activation is "linear", expected "softmax"',
    ],
    ["other shapes", () => changed("[4,10]", "[10,4]"), "shapes is [[10,4]"],
    [
      "no shapes",
      () => withModel({ weightsManifest: undefined }),
      "shapes is [], expected [[4,10]",
    ],
    [
      "groups without weights",
      () => withModel({ weightsManifest: [{}] }),
      "shapes is [], expected",
    ],
    ["no topology", () => withModel({ modelTopology: undefined }), noTopology],
    ["a topology without layers", () => changed('"layers":', '"other":'), noTopology],
    [
      "layers without settings",
      () => withModel({ modelTopology: { config: { layers: [{ class_name: "Dense" }] } } }),
      "units is [null], expected [10,5]",
    ],
    [
      "too few weights",
      () => ({ ...saved(), weights: new ArrayBuffer(4) }),
      "bytes of weights is 4, expected 420",
    ],
    [
      "a weight that is no number, the first",
      () => withWeight(0, Number.NaN),
      'weight hidden/kernel[0] is null, expected "a finite number"',
    ],
    [
      "a weight that is no number, further on",
      () => withWeight(54, Number.NaN),
      'weight outcomes/kernel[4] is null, expected "a finite number"',
    ],
  ])("for %s", (_, given, message) => {
    const read = () => fromLayersModel(given());
    expect(read).toThrow(Error);
    expect(read).toThrow(`Layers model: ${message}`);
  });
});
