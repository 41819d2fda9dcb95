import * as tf from "@tensorflow/tfjs";
import { beforeAll, describe, expect, it } from "vitest";
import { randomNetwork } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import { fromLayersModel, type LayersModelFiles, toLayersModel } from "./layersModel.ts";
import { predict } from "./network.ts";

beforeAll(() => tf.setBackend("cpu"));

/** What tfjs's loaders hand over, read from the two files. */
function handlerFor({ model, weights }: LayersModelFiles): tf.io.IOHandler {
  const { modelTopology, weightsManifest } = model as {
    modelTopology: object;
    weightsManifest: tf.io.WeightsManifestConfig;
  };
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  return tf.io.fromMemory({ modelTopology, weightSpecs, weightData: weights });
}

const random = createRandom(1);

describe.each(["relu", "sigmoid"] as const)("a %s network as a layers model", (activation) => {
  const network = randomNetwork(3, activation);
  const files = toLayersModel(network);

  it("predicts the same in tfjs", async () => {
    const examples = Float32Array.from({ length: 4 * 50 }, () => random.next());
    const model = await tf.loadLayersModel(handlerFor(files));
    const theirs = (model.predict(tf.tensor2d(examples, [50, 4])) as tf.Tensor).dataSync();
    for (let example = 0; example < 50; example++) {
      const ours = predict(network, examples, 4 * example);
      ours.forEach((chance, k) => {
        expect(Math.abs(chance - theirs[5 * example + k]!)).toBeLessThan(1e-6);
      });
    }
  });

  it("comes back as it was, by file and through tfjs", async () => {
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
});

describe("a layers model that is no network of ours", () => {
  const files = toLayersModel(randomNetwork(3));
  const text = JSON.stringify(files.model);
  const changed = (from: string, to: string): LayersModelFiles => ({
    ...files,
    model: JSON.parse(text.replace(from, to)),
  });

  it.each<[LayersModelFiles, string]>([
    [{ ...files, model: undefined }, "format is undefined, expected"],
    [
      changed('"layers-model"', '"graph-model"'),
      'format is "graph-model", expected "layers-model"',
    ],
    [changed('"units":10', '"units":12'), "units is [12,5], expected [10,5]"],
    [changed('"relu"', '"tanh"'), 'hidden activation is "tanh", expected "relu or sigmoid"'],
    [changed('"softmax"', '"linear"'), 'output activation is "linear", expected "softmax"'],
    [changed("[4,10]", "[10,4]"), "shapes is [[10,4]"],
    [changed('"layers":', '"other":'), "expected"],
    [{ ...files, weights: new ArrayBuffer(4) }, "bytes of weights is 4, expected 420"],
    [
      { ...files, weights: new Float32Array(105).fill(Number.NaN, 50, 51).buffer },
      'weight outcomes/kernel[0] is null, expected "a finite number"',
    ],
  ])("is refused (%#)", (given, message) => {
    expect(() => fromLayersModel(given)).toThrow(message);
  });
});
