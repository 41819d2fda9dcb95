// The only file of the product that knows tfjs. Its flags register themselves by side effect, which
// its package.json denies (tensorflow/tfjs#5182), so they are imported by name.
import "@tensorflow/tfjs-core/dist/flags";
import "@tensorflow/tfjs-backend-webgl/dist/flags_webgl";
import { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl/dist/backend_webgl";
import { GPGPUContext } from "@tensorflow/tfjs-backend-webgl/dist/gpgpu_context";
import type { GPGPUProgram } from "@tensorflow/tfjs-backend-webgl/dist/gpgpu_math";
import { env, type TensorInfo } from "@tensorflow/tfjs-core";
import { type Activation, INPUTS, NETWORK_SIZE } from "../network.ts";
import { nextTurn } from "../nextTurn.ts";
import {
  EXAMPLES_WIDTH,
  LOSS_SLOT,
  ORDER_WIDTH,
  PLANE,
  STATE_ROWS,
  STATE_WIDTH,
  STEP_INPUTS,
  STEP_SLOT,
  STEP_UNIFORMS,
  stepShader,
} from "./stepShader.ts";
import {
  type EpochRunner,
  epochOrder,
  type Optimized,
  stepsPerEpoch,
  type TrainedEpoch,
  type Trainer,
  type TrainingRun,
  type TrainingState,
} from "./training.ts";

/** Numbers of one network in the state texture. */
const STATE_NUMBERS = 4 * STATE_WIDTH * STATE_ROWS;
/** Steps queued before the thread looks up: for an abort, and for a lost context. */
const STEPS_PER_LOOK = 32;

/**
 * Opens WebGL 2 on a canvas of its own, through tfjs's backend, and offers it as a trainer.
 * @throws where there is no OffscreenCanvas or WebGL 2, or where rendering keeps less than 32 bits: with
 *   16, Adam divides by zero within two epochs (tensorflow/tfjs#6980).
 */
export async function openWebglTrainer(): Promise<{ trainer: Trainer; renderer: string }> {
  const backend = openBackend();
  try {
    checkPrecision(backend);
  } catch (error) {
    backend.dispose();
    throw error;
  }
  const trainer: Trainer = { name: "webgl", begin: async (run) => createRunner(backend, run) };
  return { trainer, renderer: rendererOf(contextOf(backend)) };
}

function openBackend(): MathBackendWebGL {
  if (typeof OffscreenCanvas === "undefined")
    throw new Error("this browser has no OffscreenCanvas");
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
  });
  if (gl === null) throw new Error("this browser gives no WebGL 2 context");
  // tfjs would open a context of its own to find these out, and refuse software rendering.
  env().set("HAS_WEBGL", true);
  env().set("WEBGL_VERSION", 2);
  return new MathBackendWebGL(new GPGPUContext(gl));
}

function contextOf(backend: MathBackendWebGL): WebGL2RenderingContext {
  return backend.getGPGPUContext().gl as WebGL2RenderingContext;
}

function rendererOf(gl: WebGL2RenderingContext): string {
  const extension = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

/** Precision is found by rendering; the flags that should tell have been wrong. */
function checkPrecision(backend: MathBackendWebGL): void {
  const program = {
    variableNames: ["one"],
    outputShape: [2, 2],
    packedInputs: true,
    packedOutput: true,
    userCode: "void main() { setOutput(texelFetch(one, ivec2(0), 0) + 1.0e-6); }",
  };
  const one = upload(backend, Float32Array.of(1, 1, 1, 1), 1, 1);
  const sum = draw(backend, program, [one], []);
  const [value = 0] = backend.readSync(sum.dataId) as Float32Array;
  backend.disposeIntermediateTensorInfo(one);
  backend.disposeIntermediateTensorInfo(sum);
  if (!(Math.abs((value - 1) * 1e6 - 1) < 0.2)) {
    throw new Error(`rendering keeps too few digits: 1 + 0.000001 came back as ${value}`);
  }
}

function createRunner(backend: MathBackendWebGL, run: TrainingRun): EpochRunner {
  const { networks, activation } = run.options;
  const program = stepProgram(networks, activation);
  const examples = uploadExamples(backend, run);
  const prior = uploadPrior(backend, run);

  async function epoch(from: Readonly<TrainingState>, signal: AbortSignal): Promise<TrainedEpoch> {
    let state = uploadState(backend, run, from);
    const order = uploadOrder(backend, run, from.epoch);
    try {
      const steps = stepsPerEpoch(run);
      for (let step = 0; step < steps; step++) {
        const uniforms = stepUniforms(run, from, step);
        const next = draw(backend, program, [state, examples, order, prior], uniforms);
        backend.disposeIntermediateTensorInfo(state);
        state = next;
        if (step % STEPS_PER_LOOK === STEPS_PER_LOOK - 1) {
          await nextTurn();
          signal.throwIfAborted();
        }
      }
      return readState(backend, run, state, from.step + steps);
    } finally {
      backend.disposeIntermediateTensorInfo(state);
      backend.disposeIntermediateTensorInfo(order);
    }
  }

  return {
    epoch,
    dispose() {
      backend.disposeIntermediateTensorInfo(examples);
      backend.disposeIntermediateTensorInfo(prior);
    },
  };
}

function stepProgram(networks: number, activation: Activation): GPGPUProgram {
  return {
    variableNames: STEP_INPUTS,
    outputShape: [2 * STATE_ROWS * networks, 2 * STATE_WIDTH],
    packedInputs: true,
    packedOutput: true,
    customUniforms: STEP_UNIFORMS,
    userCode: stepShader(activation),
  };
}

/** Values of `STEP_UNIFORMS` for step `step` (from 0) of the epoch that starts at `from`. */
function stepUniforms(run: TrainingRun, from: Readonly<TrainingState>, step: number): number[][] {
  const { options, members } = run;
  const { batchSize, beta1, beta2 } = options;
  const count = members[0]!.length;
  const number = from.step + step + 1;
  const start = step * batchSize;
  return [
    [start, Math.min(count, start + batchSize), number],
    [orderRows(count)],
    [options.learningRate, beta1, beta2, options.epsilon],
    [1 / (1 - beta1 ** number), 1 / (1 - beta2 ** number)],
    [options.l1, options.l2, options.elastic],
    [options.noise],
    [options.seed, from.epoch],
  ];
}

function draw(
  backend: MathBackendWebGL,
  program: GPGPUProgram,
  inputs: TensorInfo[],
  uniforms: number[][],
): TensorInfo {
  const keepPacked = true;
  return backend.compileAndRun(program, inputs, "float32", uniforms, keepPacked);
}

/**
 * Uploads `texels` (4 numbers each, row by row) as a texture of `width` × `height` texels. tfjs packs a
 * matrix's 2 × 2 blocks into texels, so the numbers are laid out as that matrix.
 */
function upload(
  backend: MathBackendWebGL,
  texels: Float32Array,
  width: number,
  height: number,
): TensorInfo {
  const shape: [number, number] = [2 * height, 2 * width];
  const dataId = backend.write(toBlocks(texels, width, height), shape, "float32");
  backend.getDataInfo(dataId).isPacked = true;
  return { dataId, shape, dtype: "float32" };
}

function toBlocks(texels: Float32Array, width: number, height: number): Float32Array {
  const matrix = new Float32Array(4 * width * height);
  for (let texel = 0; texel < width * height; texel++) {
    const at = blockAt(texel, width);
    matrix[at] = texels[4 * texel] ?? 0;
    matrix[at + 1] = texels[4 * texel + 1] ?? 0;
    matrix[at + 2 * width] = texels[4 * texel + 2] ?? 0;
    matrix[at + 2 * width + 1] = texels[4 * texel + 3] ?? 0;
  }
  return matrix;
}

/** The inverse of `toBlocks`. */
function fromBlocks(matrix: Float32Array, width: number, height: number): Float32Array {
  const texels = new Float32Array(4 * width * height);
  for (let texel = 0; texel < width * height; texel++) {
    const at = blockAt(texel, width);
    texels[4 * texel] = matrix[at]!;
    texels[4 * texel + 1] = matrix[at + 1]!;
    texels[4 * texel + 2] = matrix[at + 2 * width]!;
    texels[4 * texel + 3] = matrix[at + 2 * width + 1]!;
  }
  return texels;
}

/** Where a texel's first number stands in the matrix. */
function blockAt(texel: number, width: number): number {
  return Math.floor(texel / width) * 4 * width + 2 * (texel % width);
}

/** Heights are powers of two, so that a few more examples do not make tfjs compile a new shader. */
function heightFor(rows: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, rows)));
}

function orderRows(count: number): number {
  return heightFor(Math.ceil(count / (4 * ORDER_WIDTH)));
}

function uploadExamples(backend: MathBackendWebGL, { examples }: TrainingRun): TensorInfo {
  const perRow = EXAMPLES_WIDTH / 2;
  const height = heightFor(Math.ceil(examples.size / perRow));
  const texels = new Float32Array(4 * EXAMPLES_WIDTH * height);
  for (let example = 0; example < examples.size; example++) {
    texels.set(examples.inputs.subarray(example * INPUTS, (example + 1) * INPUTS), 8 * example);
    texels[8 * example + 4] = examples.outcomes[example]!;
    texels[8 * example + 5] = examples.weights[example]!;
  }
  return upload(backend, texels, EXAMPLES_WIDTH, height);
}

function uploadOrder(backend: MathBackendWebGL, run: TrainingRun, epoch: number): TensorInfo {
  const { networks } = run.options;
  const rows = orderRows(run.members[0]!.length);
  const texels = new Float32Array(4 * ORDER_WIDTH * rows * networks);
  for (let k = 0; k < networks; k++) {
    texels.set(epochOrder(run, k, epoch), 4 * ORDER_WIDTH * rows * k);
  }
  return upload(backend, texels, ORDER_WIDTH, rows * networks);
}

function uploadPrior(backend: MathBackendWebGL, { options }: TrainingRun): TensorInfo {
  const texels = new Float32Array(4 * PLANE);
  if (options.prior) texels.set(options.prior);
  return upload(backend, texels, PLANE, 1);
}

function uploadState(
  backend: MathBackendWebGL,
  run: TrainingRun,
  from: Readonly<TrainingState>,
): TensorInfo {
  const { networks } = run.options;
  const texels = new Float32Array(networks * STATE_NUMBERS);
  for (let k = 0; k < networks; k++) {
    [from.weights, from.firstMoment, from.secondMoment].forEach((values, plane) => {
      const own = values.subarray(k * NETWORK_SIZE, (k + 1) * NETWORK_SIZE);
      texels.set(own, k * STATE_NUMBERS + 4 * plane * PLANE);
    });
  }
  return upload(backend, texels, STATE_WIDTH, STATE_ROWS * networks);
}

/**
 * Reads the state back. A lost context does not throw, it reads as zeros: hence the step that the
 * shader left in it.
 */
function readState(
  backend: MathBackendWebGL,
  run: TrainingRun,
  state: TensorInfo,
  step: number,
): TrainedEpoch {
  const { networks } = run.options;
  const matrix = backend.readSync(state.dataId) as Float32Array;
  if (contextOf(backend).isContextLost()) throw new Error("the WebGL context was lost");
  const texels = fromBlocks(matrix, STATE_WIDTH, STATE_ROWS * networks);
  const read: Optimized = {
    step,
    weights: new Float64Array(networks * NETWORK_SIZE),
    firstMoment: new Float64Array(networks * NETWORK_SIZE),
    secondMoment: new Float64Array(networks * NETWORK_SIZE),
  };
  let loss = 0;
  for (let k = 0; k < networks; k++) {
    const from = k * STATE_NUMBERS;
    const found = texels[from + STEP_SLOT];
    if (found !== step) throw new Error(`the GPU is at step ${found}, expected ${step}`);
    loss += texels[from + LOSS_SLOT]!;
    [read.weights, read.firstMoment, read.secondMoment].forEach((values, plane) => {
      const start = from + 4 * plane * PLANE;
      values.set(texels.subarray(start, start + NETWORK_SIZE), k * NETWORK_SIZE);
    });
  }
  return { ...read, loss: loss / (networks * run.members[0]!.length) };
}
