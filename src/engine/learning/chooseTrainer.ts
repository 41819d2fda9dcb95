import { failed, type Message } from "../kit/message.ts";
import { createRandom } from "../kit/random.ts";
import { INPUTS, OUTPUTS } from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import { plainTrainer } from "./plain.ts";
import { prepareRun, startState, type Trainer, type TrainerName } from "./training.ts";
import { FOLDS } from "./trainPersonal.ts";

export type TrainerPreference = "auto" | TrainerName;

/** Which trainer this device uses, and why; kept until the device's renderer changes. */
export interface TrainerChoice {
  trainer: TrainerName;
  reason: Message;
  /** What the GPU calls itself; undefined where WebGL cannot train. */
  renderer: string | undefined;
  /** Measured milliseconds of the probe's fastest epoch; undefined where a trainer was not measured. */
  plainMs: number | undefined;
  webglMs: number | undefined;
}

/** How the WebGL trainer is reached: loaded only when a device may use it. */
export interface WebglAccess {
  /** What the GPU calls itself, found out without loading anything; undefined without WebGL 2. */
  renderer(): string | undefined;
  /** Resolves with the trainer and the renderer's name; rejects with why WebGL cannot train here. */
  open(): Promise<{ trainer: Trainer; renderer: string }>;
}

const ASKED_FOR: Message = { code: "asked-for", params: {}, message: "requested" };

/** Of some hundred turns to products. */
const PROBE_EXAMPLES = 2048;
/** The first epoch compiles shaders and warms caches up; it is not timed. */
const PROBE_EPOCHS = 3;

/**
 * Times both trainers on made-up examples, as many networks at once as a shopper's training has, and takes
 * the faster one. A GPU is not faster at networks this small by nature: on software rendering it is some
 * fifteen times slower, on a data center's card four times with one network and faster from a few on.
 * @param known an earlier choice; it stands if the renderer is still the same.
 */
export async function chooseTrainer(
  preference: TrainerPreference,
  webgl: WebglAccess,
  known?: TrainerChoice,
): Promise<TrainerChoice> {
  const unmeasured = { renderer: undefined, plainMs: undefined, webglMs: undefined };
  if (preference === "plain") return { ...unmeasured, trainer: "plain", reason: ASKED_FOR };
  const isMeasured = known?.plainMs !== undefined && known.webglMs !== undefined;
  if (preference === "auto" && isMeasured && known.renderer === webgl.renderer()) return known;
  try {
    const { trainer, renderer } = await webgl.open();
    if (preference === "webgl")
      return { ...unmeasured, renderer, trainer: "webgl", reason: ASKED_FOR };
    const plainMs = await timeEpochs(plainTrainer);
    const webglMs = await timeEpochs(trainer);
    const isWebglFaster = webglMs < plainMs;
    const [fast, slow] = isWebglFaster ? [webglMs, plainMs] : [plainMs, webglMs];
    const times = slow / fast;
    const message = `${times.toFixed(1)} times faster than the other on this device, ${renderer}`;
    const reason: Message = { code: "faster", params: { times, renderer }, message };
    return { trainer: isWebglFaster ? "webgl" : "plain", reason, renderer, plainMs, webglMs };
  } catch (error) {
    return { ...unmeasured, trainer: "plain", reason: failed("webgl-unusable", "WebGL", error) };
  }
}

async function timeEpochs(trainer: Trainer): Promise<number> {
  const run = prepareRun(probeExamples(), { networks: FOLDS, vary: "fold" });
  const runner = await trainer.begin(run);
  try {
    const { signal } = new AbortController();
    const state = startState(run);
    await runner.epoch(state, signal);
    let min = Number.POSITIVE_INFINITY;
    for (let epoch = 0; epoch < PROBE_EPOCHS; epoch++) {
      const startedAt = performance.now();
      await runner.epoch(state, signal);
      min = Math.min(min, performance.now() - startedAt);
    }
    return min;
  } finally {
    runner.dispose();
  }
}

function probeExamples(): ExampleSet {
  const random = createRandom(7);
  return {
    size: PROBE_EXAMPLES,
    inputs: Float32Array.from({ length: PROBE_EXAMPLES * INPUTS }, () => random.next()),
    outcomes: Uint8Array.from({ length: PROBE_EXAMPLES }, () => random.integer(OUTPUTS)),
    weights: new Float32Array(PROBE_EXAMPLES).fill(1),
  };
}
