import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { chooseTrainer, type TrainerChoice, type WebglAccess } from "./chooseTrainer.ts";
import { plainTrainer } from "./plain.ts";
import type { EpochRunner, Trainer, TrainingRun } from "./training.ts";
import { FOLDS } from "./trainPersonal.ts";

let now = 0;
let plain: ReturnType<typeof timedTrainer>;

/** A trainer whose epochs take these times in order; a negative time fails. */
function timedTrainer(name: Trainer["name"], times: readonly number[]) {
  const runs: TrainingRun[] = [];
  const left = [...times];
  const dispose = vi.fn();
  const epoch: EpochRunner["epoch"] = async (state) => {
    const time = left.shift()!;
    if (time < 0) throw new Error("context lost");
    now += time;
    return { ...state, loss: 1 };
  };
  const begin = async (run: TrainingRun) => {
    runs.push(run);
    return { epoch, dispose };
  };
  return { trainer: { name, begin } satisfies Trainer, runs, left, dispose };
}

function webglOf(trainer: Trainer, renderer = "Fast GPU") {
  const open = vi.fn(async () => ({ trainer, renderer }));
  return { renderer: () => renderer, open } satisfies WebglAccess;
}

const BROKEN: WebglAccess = {
  renderer: () => undefined,
  open: () => Promise.reject(new Error("no GPU")),
};

/** An earlier choice on the same device. */
const KNOWN: TrainerChoice = {
  trainer: "plain",
  reason: {
    code: "faster",
    params: { times: 3, renderer: "Fast GPU" },
    message: "3.0 times faster",
  },
  renderer: "Fast GPU",
  plainMs: 1,
  webglMs: 3,
};

beforeEach(() => {
  now = 0;
  plain = timedTrainer("plain", [900, 30, 20, 40]);
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.spyOn(plainTrainer, "begin").mockImplementation(plain.trainer.begin);
});
afterEach(() => void vi.restoreAllMocks());

describe("a requested trainer", () => {
  it("is used without measuring: the plain one without opening WebGL", async () => {
    const webgl = webglOf(timedTrainer("webgl", []).trainer);
    const chosen = await chooseTrainer("plain", webgl, KNOWN);
    expect(chosen).toEqual({
      trainer: "plain",
      reason: { code: "asked-for", params: {}, message: "requested" },
      renderer: undefined,
      plainMs: undefined,
      webglMs: undefined,
    });
    expect(webgl.open).not.toHaveBeenCalled();
  });

  it("is used without measuring: the WebGL one with its renderer, whatever the earlier choice", async () => {
    const { trainer, runs } = timedTrainer("webgl", []);
    const chosen = await chooseTrainer("webgl", webglOf(trainer), KNOWN);
    expect(chosen).toMatchObject({ trainer: "webgl", renderer: "Fast GPU" });
    expect(chosen).toMatchObject({ reason: { code: "asked-for" }, plainMs: undefined });
    expect([...runs, ...plain.runs]).toEqual([]);
  });
});

describe("the faster trainer", () => {
  it("is the one with the shorter fastest epoch, without the first", async () => {
    const { trainer } = timedTrainer("webgl", [1, 50, 60, 70]);
    expect(await chooseTrainer("auto", webglOf(trainer))).toEqual({
      trainer: "plain",
      reason: {
        code: "faster",
        params: { times: 2.5, renderer: "Fast GPU" },
        message: "2.5 times faster than the other on this device, Fast GPU",
      },
      renderer: "Fast GPU",
      plainMs: 20,
      webglMs: 50,
    });
  });

  it("is the GPU's if that is faster", async () => {
    const { trainer } = timedTrainer("webgl", [5000, 9, 8, 5]);
    expect(await chooseTrainer("auto", webglOf(trainer))).toMatchObject({
      trainer: "webgl",
      reason: { params: { times: 4 } },
      plainMs: 20,
      webglMs: 5,
    });
  });

  it("is the plain one if both take the same time", async () => {
    const { trainer } = timedTrainer("webgl", [20, 20, 20, 20]);
    expect(await chooseTrainer("auto", webglOf(trainer))).toMatchObject({ trainer: "plain" });
  });

  it("is measured on a training like a shopper's, the same for both, which is disposed of", async () => {
    const gpu = timedTrainer("webgl", [5, 5, 5, 5]);
    await chooseTrainer("auto", webglOf(gpu.trainer));
    const [run] = gpu.runs;
    expect(plain.runs).toEqual([run]);
    expect(run!.members).toHaveLength(FOLDS);
    expect(run!.options.vary).toBe("fold");
    const { size, inputs, outcomes, weights } = run!.examples;
    expect(size).toBeGreaterThan(500);
    expect([inputs.length, outcomes.length, weights.length]).toEqual([4 * size, size, size]);
    expect(new Set(outcomes)).toEqual(new Set([0, 1, 2, 3, 4]));
    expect(new Set(inputs).size).toBeGreaterThan(size);
    expect(new Set(weights)).toEqual(new Set([1]));
    expect([plain.left, gpu.left]).toEqual([[], []]);
    for (const { dispose } of [plain, gpu]) expect(dispose).toHaveBeenCalledOnce();
  });
});

describe("an earlier choice", () => {
  it("is kept while the renderer is the same, without measuring again", async () => {
    const webgl = webglOf(timedTrainer("webgl", []).trainer);
    expect(await chooseTrainer("auto", webgl, KNOWN)).toBe(KNOWN);
    expect(webgl.open).not.toHaveBeenCalled();
  });

  it.each<[string, Partial<TrainerChoice>]>([
    ["of another renderer", { renderer: "Old GPU" }],
    ["without the plain trainer's time", { plainMs: undefined }],
    ["without the WebGL trainer's time", { webglMs: undefined }],
  ])("%s is measured anew", async (_, change) => {
    const { trainer } = timedTrainer("webgl", [5000, 9, 8, 5]);
    const chosen = await chooseTrainer("auto", webglOf(trainer), { ...KNOWN, ...change });
    expect(chosen).toMatchObject({
      trainer: "webgl",
      renderer: "Fast GPU",
      plainMs: 20,
      webglMs: 5,
    });
  });
});

describe("if WebGL cannot train", () => {
  it.each(["auto", "webgl"] as const)(
    "the plain trainer is chosen for %s, and says why",
    async (preference) => {
      expect(await chooseTrainer(preference, BROKEN)).toEqual({
        trainer: "plain",
        reason: {
          code: "webgl-unusable",
          params: { because: { code: "other", params: { name: "Error" }, message: "no GPU" } },
          message: "WebGL: no GPU",
        },
        renderer: undefined,
        plainMs: undefined,
        webglMs: undefined,
      });
    },
  );

  it("a trainer that fails while it is timed is also disposed of", async () => {
    const { trainer, dispose } = timedTrainer("webgl", [5, -1]);
    expect(await chooseTrainer("auto", webglOf(trainer))).toMatchObject({
      trainer: "plain",
      reason: { code: "webgl-unusable", message: "WebGL: context lost" },
    });
    expect(dispose).toHaveBeenCalledOnce();
  });
});
