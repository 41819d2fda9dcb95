import { failed, type Message } from "../kit/message.ts";
import { createRandom } from "../kit/random.ts";
import { INPUTS, OUTPUTS } from "../network/network.ts";
import type { ExampleSet } from "./examples.ts";
import { plainTrainer } from "./plain.ts";
import { prepareRun, startState, type Trainer, type TrainerName } from "./training.ts";
import { FOLDS } from "./trainPersonal.ts";

export type TrainerPreference = "auto" | TrainerName;

/** The trainer that this device uses, and the reason; kept until the device's renderer changes. */
export interface TrainerChoice {
  trainer: TrainerName;
  reason: Message;
  /** The GPU's own name; undefined if WebGL cannot train. */
  renderer: string | undefined;
  /** Measured milliseconds of the probe's fastest epoch; undefined if a trainer was not measured. */
  plainMs: number | undefined;
  webglMs: number | undefined;
}

/** Access to the WebGL trainer, which is loaded only when a device may use it. */
export interface WebglAccess {
  /** The GPU's own name, without loading anything; undefined without WebGL 2. */
  renderer(): string | undefined;
  /** Resolves with the trainer and the renderer's name; rejects with the reason if WebGL cannot train here. */
  open(): Promise<{ trainer: Trainer; renderer: string }>;
}

const ASKED_FOR: Message = { code: "asked-for", params: {}, message: "requested" };

/** As many as from about a hundred interactions. */
const PROBE_EXAMPLES = 2048;
/** The first epoch compiles shaders and warms up caches; it is not timed. */
const PROBE_EPOCHS = 3;

/**
 * Times both trainers on synthetic examples, with as many networks as a shopper's training has, and
 * returns the faster one. A GPU is not always faster for networks this small: software rendering is about
 * fifteen times slower, and a data center's card four times slower with one network, but faster with
 * several.
 * @param known an earlier choice; it is kept if the renderer is still the same.
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
