import { createRandom } from "../../src/engine/kit/random.ts";
import type { ExampleSet } from "../../src/engine/learning/examples.ts";
import { plainTrainer } from "../../src/engine/learning/plain.ts";
import { type TrainControls, type TrainResult, train } from "../../src/engine/learning/train.ts";
import type { TrainOptions } from "../../src/engine/learning/training.ts";
import { openWebglTrainer } from "../../src/engine/learning/webgl.ts";
import { INPUTS, OUTPUTS } from "../../src/engine/network/network.ts";

/** Both trainers on an empty page, for the tests that compare and stress them. */
export function makeExamples(size: number, seed = 1): ExampleSet {
  const random = createRandom(seed);
  return {
    size,
    inputs: Float32Array.from({ length: size * INPUTS }, () => random.next()),
    outcomes: Uint8Array.from({ length: size }, () => random.integer(OUTPUTS)),
    weights: Float32Array.from({ length: size }, () => 0.2 + 1.6 * random.next()),
  };
}

export async function trainOnWebgl(
  size: number,
  options: Partial<TrainOptions>,
  controls: TrainControls = {},
): Promise<TrainResult> {
  const trainers = await openWebglTrainer().then(
    ({ trainer }) => [trainer, plainTrainer],
    () => [plainTrainer],
  );
  return train(makeExamples(size), { ...options, ...controls }, trainers);
}

/** How long a WebGL training with this many examples continues after an abort in its tenth epoch. */
export async function stopMs(size: number): Promise<number> {
  const abort = new AbortController();
  let stoppedAt = Number.NaN;
  const training = trainOnWebgl(
    size,
    { epochs: 5000, validationSplit: 0 },
    {
      signal: abort.signal,
      onEpoch: ({ epoch }) => {
        if (epoch !== 10) return;
        // Somewhere within the next epoch.
        setTimeout(() => {
          stoppedAt = performance.now();
          abort.abort(new Error("enough"));
        });
      },
    },
  );
  const message = await training.then(
    () => "it went on to the end",
    (error: Error) => error.message,
  );
  if (message !== "enough") throw new Error(message);
  return performance.now() - stoppedAt;
}

/** Largest difference of any weight between the trainers. */
export async function disagreement(size: number, options: Partial<TrainOptions>): Promise<number> {
  const { trainer } = await openWebglTrainer();
  const examples = makeExamples(size);
  const theirs = await train(examples, options, [trainer]);
  const ours = await train(examples, options, [plainTrainer]);
  const distances = ours.networks.flatMap(({ weights }, k) =>
    Array.from(weights, (weight, index) => Math.abs(weight - theirs.networks[k]!.weights[index]!)),
  );
  return Math.max(...distances);
}

/** Counts WebGL objects that exist: created and not yet deleted. */
export function countGlObjects(): () => Record<string, number> {
  const kinds = ["Texture", "Framebuffer", "Buffer", "Program", "Sync"];
  const counts: Record<string, number> = {};
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<
    string,
    (...args: unknown[]) => unknown
  >;
  for (const kind of kinds) {
    counts[kind] = 0;
    const [create, remove] = [kind === "Sync" ? "fenceSync" : `create${kind}`, `delete${kind}`];
    const [created, removed] = [prototype[create]!, prototype[remove]!];
    prototype[create] = function (...args) {
      counts[kind]!++;
      return created.apply(this, args);
    };
    prototype[remove] = function (...args) {
      if (args[0]) counts[kind]!--;
      return removed.apply(this, args);
    };
  }
  return () => ({ ...counts });
}

/** Trains `count` times, losing the context at a seeded moment each time; returns the problems. */
export async function trainThroughLosses(
  count: number,
): Promise<{ problems: string[]; lost: number }> {
  const random = createRandom(3);
  const problems: string[] = [];
  let loseAt = 0;
  let draws = 0;
  let lost = 0;
  const draw = WebGL2RenderingContext.prototype.drawElements;
  WebGL2RenderingContext.prototype.drawElements = function (...args) {
    if (++draws === loseAt) {
      lost++;
      this.getExtension("WEBGL_lose_context")!.loseContext();
    }
    return draw.apply(this, args);
  };
  const options = { epochs: 4, validationSplit: 0.2 };
  for (let round = 0; round < count; round++) {
    draws = 0;
    loseAt = 1 + random.integer(5);
    const { networks, history } = await trainOnWebgl(40, options).catch((error: Error) => {
      problems.push(`round ${round}: ${error.message}`);
      return { networks: [], history: [] };
    });
    if (history.length !== 4) problems.push(`round ${round}: ${history.length} epochs`);
    if (!networks.every(({ weights }) => weights.every(Number.isFinite)))
      problems.push(`round ${round}: not finite`);
  }
  WebGL2RenderingContext.prototype.drawElements = draw;
  return { problems, lost };
}
