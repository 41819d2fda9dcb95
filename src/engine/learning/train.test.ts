import { describe, expect, it, vi } from "vitest";
import { learnableExamples, randomNetwork } from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import { HIDDEN_BIAS, NETWORK_SIZE, OUTPUT_BIAS, OUTPUT_KERNEL } from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import { plainTrainer } from "./plain.ts";
import { train } from "./train.ts";
import {
  crossEntropy,
  type EpochReport,
  type TrainedEpoch,
  type Trainer,
  type TrainOptions,
} from "./training.ts";

const examples = learnableExamples(240);
const FAST: Partial<TrainOptions> = { epochs: 12, learningRate: 0.01, seed: 3 };

function plainly(given: ExampleSet, options: Partial<TrainOptions>) {
  return train(given, options, [plainTrainer]);
}

/** Outcomes independent of the inputs: only their shares can be learned. */
function noise(size: number): ExampleSet {
  const random = createRandom(99);
  return {
    ...learnableExamples(size),
    outcomes: Uint8Array.from({ length: size }, () => random.integer(5)),
  };
}

/** Works like the plain trainer for `epochs` epochs, then fails. */
function faultyTrainer(epochs: number, fault: (epoch: TrainedEpoch) => TrainedEpoch): Trainer {
  return {
    name: "webgl",
    async begin(run) {
      const runner = await plainTrainer.begin(run);
      let done = 0;
      return {
        async epoch(state, signal) {
          const epoch = await runner.epoch(state, signal);
          return done++ < epochs ? epoch : fault(epoch);
        },
        dispose: () => runner.dispose(),
      };
    },
  };
}

const squares = (weights: Float32Array) => weights.reduce((sum, weight) => sum + weight ** 2, 0);
const kernels = (weights: Float32Array) =>
  Float32Array.from([
    ...weights.subarray(0, HIDDEN_BIAS),
    ...weights.subarray(OUTPUT_KERNEL, OUTPUT_BIAS),
  ]);

describe("training", () => {
  it("lowers the loss, and reports every epoch", async () => {
    const reports: EpochReport[] = [];
    const controls = { onEpoch: (report: EpochReport) => reports.push(report) };
    const result = await train(examples, { ...FAST, ...controls }, [plainTrainer]);
    expect(result.history).toHaveLength(12);
    expect(reports).toEqual(result.history);
    expect(reports.map(({ epoch, epochs }) => [epoch, epochs])).toEqual(
      Array.from({ length: 12 }, (_, index) => [index + 1, 12]),
    );
    expect(result.history.at(-1)!.loss).toBeLessThan(0.9 * result.history[0]!.loss);
    expect(result).toMatchObject({ trainer: "plain", examples: 240 });
    const held = crossEntropy(result.networks[0]!, examples, { from: 192 });
    expect(held).toBeCloseTo(result.history[result.bestEpochs[0]! - 1]!.validationLoss!, 5);
  });

  it("learns a learnable pattern", async () => {
    const many = learnableExamples(1500);
    const { networks } = await plainly(many, { epochs: 60, learningRate: 0.02 });
    expect(crossEntropy(networks[0]!, learnableExamples(300, 77))).toBeLessThan(0.6);
  });

  it("follows the recorded learning curve", async () => {
    const { history } = await plainly(examples, { ...FAST, epochs: 4 });
    expect(history.map(({ loss }) => loss)).toEqual(GOLDEN.loss.map((v) => expect.closeTo(v, 6)));
    expect(history.map(({ validationLoss }) => validationLoss)).toEqual(
      GOLDEN.validationLoss.map((value) => expect.closeTo(value, 6)),
    );
  });

  it("gives identical weights for the same seed, and others for another", async () => {
    const [one, same, other] = await Promise.all([
      plainly(examples, FAST),
      plainly(examples, FAST),
      plainly(examples, { ...FAST, seed: 4 }),
    ]);
    expect(same.networks).toEqual(one.networks);
    expect(same.history).toEqual(one.history);
    expect(other.networks).not.toEqual(one.networks);
  });

  it.each(["seed", "bootstrap", "fold"] as const)(
    "trains several networks that differ by %s",
    async (vary) => {
      const result = await plainly(examples, { ...FAST, epochs: 3, networks: 3, vary });
      expect(result.networks).toHaveLength(3);
      expect(result.bestEpochs).toHaveLength(3);
      expect(new Set(result.networks.map(({ weights }) => weights.join())).size).toBe(3);
    },
  );
});

describe("what keeps training in bounds", () => {
  it("is the elastic pull, which keeps weights nearer to the prior", async () => {
    const prior = randomNetwork(5, "relu", 0.5).weights;
    const options = { ...FAST, prior, validationSplit: 0, epochs: 20 };
    const distances: number[] = [];
    for (const elastic of [0, 0.02, 0.5]) {
      const { networks } = await plainly(examples, { ...options, elastic });
      distances.push(squares(networks[0]!.weights.map((weight, index) => weight - prior[index]!)));
    }
    expect(distances[1]).toBeLessThan(distances[0]!);
    expect(distances[2]).toBeLessThan(distances[1]!);
  });

  it("is L2, which shrinks kernels, and L1, which drives more of them close to zero", async () => {
    const options = { ...FAST, validationSplit: 0, epochs: 40 };
    const kernelsWith = async (penalty: Partial<TrainOptions>) =>
      kernels((await plainly(examples, { ...options, ...penalty })).networks[0]!.weights);
    const [free, l2, l1] = [
      await kernelsWith({}),
      await kernelsWith({ l2: 0.05 }),
      await kernelsWith({ l1: 0.01 }),
    ];
    const nearlyZero = (weights: Float32Array) => weights.filter((w) => Math.abs(w) < 0.02).length;
    expect(squares(l2)).toBeLessThan(0.5 * squares(free));
    expect(nearlyZero(l1)).toBeGreaterThan(2 * nearlyZero(free));
  });

  it("is patience, which stops early and restores the best epoch", async () => {
    // Few examples, a fifth of them mislabeled: the network learns first, then overfits.
    const mixed = learnableExamples(70);
    for (let at = 0; at < 70; at += 5) mixed.outcomes[at] = (mixed.outcomes[at]! + 2) % 5;
    const options = { ...FAST, epochs: 500, patience: 4, validationSplit: 0.4, learningRate: 0.02 };
    const { history, bestEpochs, networks } = await plainly(mixed, options);
    const losses = history.map(({ validationLoss }) => validationLoss!);
    const best = bestEpochs[0]!;
    expect(history.length).toBeLessThan(500);
    expect(best).toBeGreaterThan(0);
    expect(losses[best - 1]).toBe(Math.min(...losses)); // no epoch was trained in vain
    expect(history.length - best).toBe(4);
    expect(crossEntropy(networks[0]!, mixed, { from: 42 })).toBeCloseTo(losses[best - 1]!, 5);
    const cut = await plainly(mixed, { ...options, epochs: best });
    expect(cut.networks).toEqual(networks);
  });

  it("is the prior, which stays as epoch 0 if training does not help", async () => {
    const { networks } = await plainly(examples, { ...FAST, epochs: 150, learningRate: 0.02 });
    const prior = networks[0]!.weights;
    // Training on shuffled outcomes can only do worse on held-out examples that make sense.
    const fooled: ExampleSet = { ...examples, outcomes: noise(240).outcomes };
    fooled.outcomes.set(examples.outcomes.subarray(192), 192);
    const result = await plainly(fooled, { ...FAST, prior, patience: 3 });
    expect(result.bestEpochs).toEqual([0]);
    expect(result.networks[0]!.weights).toEqual(prior);
    expect(result.history.length).toBeLessThanOrEqual(4);
  });
});

describe("an abort", () => {
  it("before the start prevents the training", async () => {
    const begin = vi.fn(plainTrainer.begin);
    const signal = AbortSignal.abort(new Error("shopper left"));
    const job = train(examples, { ...FAST, signal }, [{ name: "plain", begin }]);
    await expect(job).rejects.toThrow("shopper left");
    expect(begin).not.toHaveBeenCalled();
  });

  it("between epochs ends it with the reason, without trying another trainer", async () => {
    const abort = new AbortController();
    const onFault = vi.fn();
    const onEpoch = vi.fn(({ epoch }: EpochReport) => {
      if (epoch === 2) abort.abort(new Error("erased"));
    });
    const controls = { signal: abort.signal, onEpoch, onFault };
    const job = train(examples, { ...FAST, ...controls }, [plainTrainer, plainTrainer]);
    await expect(job).rejects.toThrow("erased");
    expect(onEpoch).toHaveBeenCalledTimes(2);
    expect(onFault).not.toHaveBeenCalled();
  });

  it("within a long epoch ends the training before the epoch ends", async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error("closed")), 20);
    const onEpoch = vi.fn();
    const long = learnableExamples(400_000);
    const controls = { signal: abort.signal, onEpoch };
    const job = train(long, { validationSplit: 0, ...controls }, [plainTrainer]);
    await expect(job).rejects.toThrow("closed");
    expect(onEpoch).not.toHaveBeenCalled();
  });

  it("also reaches a training of many short epochs, which must yield the thread", async () => {
    const abort = new AbortController();
    const onEpoch = vi.fn();
    setTimeout(() => abort.abort(new Error("closed")), 20);
    const options = { epochs: 4000, patience: 4000 };
    const controls = { signal: abort.signal, onEpoch };
    await expect(train(examples, { ...options, ...controls }, [plainTrainer])).rejects.toThrow(
      "closed",
    );
    expect(onEpoch.mock.calls.length).toBeLessThan(2000);
  });
});

describe("a trainer that fails", () => {
  const broken = (epoch: TrainedEpoch): TrainedEpoch => ({ ...epoch, loss: Number.NaN });
  const faults: [string, (epoch: TrainedEpoch) => TrainedEpoch, RegExp][] = [
    [
      "throws",
      () => {
        throw new Error("context lost");
      },
      /context lost/,
    ],
    ["turns out a loss that is no number", broken, /NaN in epoch 4/],
    [
      "turns out endless weights",
      (epoch) => ({ ...epoch, weights: epoch.weights.map(() => Number.POSITIVE_INFINITY) }),
      /Infinity in epoch 4/,
    ],
  ];

  it.each(faults)("and %s is replaced from its last whole epoch", async (_, fault, message) => {
    const onFault = vi.fn();
    const trainers = [faultyTrainer(3, fault), plainTrainer];
    const result = await train(examples, { ...FAST, onFault }, trainers);
    expect(onFault).toHaveBeenCalledTimes(1);
    const [name, error] = onFault.mock.calls[0] as [string, Error];
    expect(name).toBe("webgl");
    expect(error.message).toMatch(message);
    const alone = await plainly(examples, FAST);
    expect(result.trainer).toBe("plain");
    expect(result.networks).toEqual(alone.networks);
    expect(result.history).toEqual(alone.history);
  });

  it("and cannot even start is replaced from the beginning", async () => {
    const onFault = vi.fn();
    const none: Trainer = { name: "webgl", begin: () => Promise.reject(new Error("no WebGL")) };
    const result = await train(examples, { ...FAST, onFault }, [none, plainTrainer]);
    expect(onFault).toHaveBeenCalledWith("webgl", new Error("no WebGL"));
    expect(result.networks).toEqual((await plainly(examples, FAST)).networks);
  });

  it("and is the last one ends the training with its error", async () => {
    const onFault = vi.fn();
    const job = train(examples, { ...FAST, onFault }, [faultyTrainer(0, broken)]);
    await expect(job).rejects.toThrow("a value became NaN in epoch 1");
    expect(onFault).not.toHaveBeenCalled();
  });

  it("is disposed of, like one that succeeds", async () => {
    const dispose = vi.fn();
    const counting = (trainer: Trainer): Trainer => ({
      ...trainer,
      begin: async (run) => ({ ...(await trainer.begin(run)), dispose }),
    });
    await train(examples, FAST, [counting(faultyTrainer(1, broken)), counting(plainTrainer)]);
    expect(dispose).toHaveBeenCalledTimes(2);
  });
});

it("training refuses options it cannot work with before anything begins", async () => {
  const begin = vi.fn(plainTrainer.begin);
  const job = train(examples, { epochs: 0 }, [{ name: "plain", begin }]);
  await expect(job).rejects.toThrow("train: epochs is 0, expected a whole number");
  await expect(train(examples, FAST, [])).rejects.toThrow("train: trainers is an empty list");
  expect(begin).not.toHaveBeenCalled();
});

it("training without examples returns the initial weights", async () => {
  const prior = randomNetwork(1).weights;
  const { networks } = await plainly(learnableExamples(0), { ...FAST, prior });
  expect(networks[0]!.weights).toEqual(prior);
  expect(networks[0]!.weights).toHaveLength(NETWORK_SIZE);
});

/** Losses of the first epochs with seed 3, as the plain trainer computed them when it was written. */
const GOLDEN = {
  loss: [1.67212338, 1.61785077, 1.58531344, 1.56494849],
  validationLoss: [1.60235269, 1.59653279, 1.58881937, 1.5780652],
};
