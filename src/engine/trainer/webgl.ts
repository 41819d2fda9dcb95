// The only file of the product that knows tfjs. Its flags register themselves by side effect, which
// its package.json denies (tensorflow/tfjs#5182), so they are imported by name.
import "@tensorflow/tfjs-core/dist/flags";
import "@tensorflow/tfjs-backend-webgl/dist/flags_webgl";
import {
  GPGPUContext,
  type GPGPUContextProgram,
} from "@tensorflow/tfjs-backend-webgl/dist/gpgpu_context";
import { createFragmentShader } from "@tensorflow/tfjs-backend-webgl/dist/webgl_util";
import { env } from "@tensorflow/tfjs-core";
import { type Activation, INPUTS, NETWORK_SIZE } from "../network.ts";
import {
  EXAMPLES_WIDTH,
  epochShader,
  LOSS_SLOT,
  MOST_STEPS,
  ORDER_WIDTH,
  PLANE,
  SAMPLERS,
  STATE_ROWS,
  STEP_SLOT,
  stateCell,
  stateWidth,
  UNIFORMS,
} from "./epochShader.ts";
import { rendererOf } from "./rendererOf.ts";
import {
  type EpochRunner,
  epochOrder,
  stepsPerEpoch,
  type TrainedEpoch,
  type Trainer,
  type TrainingRun,
  type TrainingState,
} from "./training.ts";

/** Examples a draw may meet per network: a slow GPU must not be taken for one that hangs. */
const EXAMPLES_PER_DRAW = 4096;
/** An epoch that takes longer counts as hung. */
const WATCHDOG_MS = 100000;

const POLL_MS = 3;
/** After an epoch shorter than this the next one may hold up the worker's thread. */
const SHORT_MS = 25;

/** A WebGL 2 context under tfjs's care, and what was made for it. */
interface Gpu {
  context: GPGPUContext;
  gl: WebGL2RenderingContext;
  /** Outputs of a fragment, and so layers of the state. */
  layers: number;
  programs: Map<Activation, Program>;
}

interface Program {
  program: GPGPUContextProgram;
  samplers: WebGLUniformLocation[];
  uniforms: Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>;
}

let current: Gpu | undefined;

/**
 * Opens WebGL 2 on a canvas of its own, through tfjs's backend, and offers it as a trainer. One context
 * serves until it is lost.
 * @throws where there is no OffscreenCanvas or WebGL 2, or where rendering keeps less than 32 bits: with
 *   16, Adam divides by zero within two epochs (tensorflow/tfjs#6980).
 */
export async function openWebglTrainer(): Promise<{ trainer: Trainer; renderer: string }> {
  if (current === undefined || current.gl.isContextLost()) current = openGpu();
  const gpu = current;
  const trainer: Trainer = { name: "webgl", begin: async (run) => createRunner(gpu, run) };
  return { trainer, renderer: rendererOf(gpu.gl) };
}

function openGpu(): Gpu {
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
  const context = new GPGPUContext(gl);
  const layers = gl.getParameter(gl.MAX_DRAW_BUFFERS) >= 8 ? 8 : 4;
  checkPrecision(context, gl);
  return { context, gl, layers, programs: new Map() };
}

/** Precision is found by rendering; the flags that should tell have been wrong. */
function checkPrecision(context: GPGPUContext, gl: WebGL2RenderingContext): void {
  const program = compile(
    context,
    `#version 300 es
    precision highp float;
    uniform float one; // Not a constant, lest the compiler does the sum.
    out vec4 sum;
    void main() { sum = vec4(one + 1.0e-6); }`,
  );
  const target = createState(gl, { width: 1, height: 1, layers: 1 });
  const sum = new Float32Array(4);
  try {
    context.setProgram(program);
    gl.uniform1f(gl.getUniformLocation(program, "one"), 1);
    drawInto(context, gl, program, target);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, sum);
  } finally {
    context.deleteProgram(program);
    deleteState(gl, target);
  }
  if (!(Math.abs((sum[0]! - 1) * 1e6 - 1) < 0.2)) {
    throw new Error(`rendering keeps too few digits: 1 + 0.000001 came back as ${sum[0]}`);
  }
}

function compile(context: GPGPUContext, source: string): GPGPUContextProgram {
  const program = context.createProgram(createFragmentShader(context.gl, source));
  context.buildVao(program);
  return program;
}

function programFor(gpu: Gpu, activation: Activation): Program {
  const { context, gl, layers, programs } = gpu;
  const known = programs.get(activation);
  if (known) return known;
  const program = compile(context, epochShader(activation, layers));
  const made: Program = {
    program,
    samplers: SAMPLERS.map((name) => context.getUniformLocation(program, name)),
    uniforms: Object.fromEntries(
      UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]),
    ) as Program["uniforms"],
  };
  programs.set(activation, made);
  return made;
}

function createRunner(gpu: Gpu, run: TrainingRun): EpochRunner {
  const { gl, layers } = gpu;
  const { networks, activation, batchSize } = run.options;
  const program = programFor(gpu, activation);
  const count = run.members[0]!.length;
  const size = { width: stateWidth(layers), height: STATE_ROWS * networks, layers };
  const examples = createTexture(
    gpu,
    EXAMPLES_WIDTH,
    Math.ceil((2 * run.examples.size) / EXAMPLES_WIDTH),
    exampleTexels(run),
  );
  const prior = createTexture(gpu, PLANE, 1, run.options.prior ?? new Float32Array(0));
  const order = createTexture(gpu, ORDER_WIDTH, networks * orderRows(count), new Float32Array(0));
  let [from, to] = [createState(gl, size), createState(gl, size)];
  const buffer = gl.createBuffer();
  let isShort = false;
  const stepsPerDraw = Math.max(1, Math.min(MOST_STEPS, Math.floor(EXAMPLES_PER_DRAW / batchSize)));

  async function epoch(state: Readonly<TrainingState>, signal: AbortSignal): Promise<TrainedEpoch> {
    const startedAt = performance.now();
    uploadState(gl, from, stateTexels(run, state, layers));
    fillTexture(gpu, order, orderTexels(run, state.epoch));
    const steps = stepsPerEpoch(run);
    for (let step = 0; step < steps; step += stepsPerDraw) {
      draw(state, step, Math.min(steps, step + stepsPerDraw));
      [from, to] = [to, from];
    }
    const numbers = await readState(gl, { state: from, buffer, isShort, signal });
    isShort = performance.now() - startedAt < SHORT_MS;
    return parseState(run, numbers, { step: state.step + steps, layers });
  }

  function draw(state: Readonly<TrainingState>, step: number, end: number): void {
    const { context } = gpu;
    context.setProgram(program.program);
    bindTextures(gl, program.samplers, from.texture, [
      examples.texture,
      order.texture,
      prior.texture,
    ]);
    setUniforms(gl, program.uniforms, run, { state, step, end });
    drawInto(context, gl, program.program, to);
  }

  return {
    epoch,
    dispose() {
      for (const { texture } of [examples, prior, order]) gl.deleteTexture(texture);
      for (const state of [from, to]) deleteState(gl, state);
      gl.deleteBuffer(buffer);
    },
  };
}

function setUniforms(
  gl: WebGL2RenderingContext,
  uniforms: Program["uniforms"],
  run: TrainingRun,
  { state, step, end }: { state: Readonly<TrainingState>; step: number; end: number },
): void {
  const { batchSize, beta1, beta2, learningRate, epsilon, l1, l2, elastic, noise, seed } =
    run.options;
  const count = run.members[0]!.length;
  const corrections = new Float32Array(2 * MOST_STEPS);
  for (let at = step; at < end; at++) {
    const number = state.step + at + 1;
    corrections[2 * (at - step)] = 1 / (1 - beta1 ** number);
    corrections[2 * (at - step) + 1] = 1 / (1 - beta2 ** number);
  }
  gl.uniform4i(uniforms.span, step * batchSize, Math.min(count, end * batchSize), count, batchSize);
  gl.uniform1i(uniforms.firstStep, state.step + step + 1);
  gl.uniform1i(uniforms.orderRows, orderRows(count));
  gl.uniform4f(uniforms.adam, learningRate, beta1, beta2, epsilon);
  gl.uniform2fv(uniforms.corrections, corrections);
  gl.uniform3f(uniforms.penalties, l1, l2, elastic);
  gl.uniform1f(uniforms.noise, noise);
  gl.uniform2i(uniforms.noiseSeed, seed, state.epoch);
}

interface Texture {
  texture: WebGLTexture;
  width: number;
  height: number;
}

/** A texture of `width` × `height` texels of four floats, filled with `numbers` as far as they go. */
function createTexture(gpu: Gpu, width: number, height: number, numbers: Float32Array): Texture {
  const { texture } = gpu.context.createPackedMatrixTexture(2 * height, 2 * width);
  const made = { texture, width, height };
  fillTexture(gpu, made, numbers);
  return made;
}

function fillTexture({ context }: Gpu, texture: Texture, numbers: Float32Array): void {
  context.uploadDenseMatrixToTexture(texture.texture, texture.width, texture.height, numbers);
}

interface Size {
  width: number;
  height: number;
  layers: number;
}

/** A texture array, with a framebuffer to draw into all its layers at once. */
interface StateTexture extends Size {
  texture: WebGLTexture;
  framebuffer: WebGLFramebuffer;
}

function createState(gl: WebGL2RenderingContext, size: Size): StateTexture {
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
  gl.texStorage3D(gl.TEXTURE_2D_ARRAY, 1, gl.RGBA32F, size.width, size.height, size.layers);
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) {
    gl.texParameteri(gl.TEXTURE_2D_ARRAY, filter, gl.NEAREST);
  }
  const framebuffer = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  for (let layer = 0; layer < size.layers; layer++) {
    gl.framebufferTextureLayer(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + layer, texture, 0, layer);
  }
  const status = gl.checkFramebufferStatus(gl.FRAMEBUFFER);
  if (status !== gl.FRAMEBUFFER_COMPLETE) {
    throw new Error(`this GPU does not draw into ${size.layers} float layers (status ${status})`);
  }
  return { ...size, texture, framebuffer };
}

function deleteState(gl: WebGL2RenderingContext, { texture, framebuffer }: StateTexture): void {
  gl.deleteFramebuffer(framebuffer);
  gl.deleteTexture(texture);
}

/** Draws with the bound program and textures onto all layers of `target`. */
function drawInto(
  context: GPGPUContext,
  gl: WebGL2RenderingContext,
  { vao }: GPGPUContextProgram,
  { framebuffer, width, height, layers }: StateTexture,
): void {
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.drawBuffers(Array.from({ length: layers }, (_, layer) => gl.COLOR_ATTACHMENT0 + layer));
  // tfjs draws a square as two triangles. Twice as large, its upper left one alone covers the target,
  // and no block of fragments along the seam is shaded twice. (tfjs turns the scissor test on.)
  gl.viewport(0, -height, 2 * width, 2 * height);
  gl.scissor(0, 0, width, height);
  context.bindVertexArray(vao);
  context.executeProgram();
}

function bindTextures(
  gl: WebGL2RenderingContext,
  samplers: WebGLUniformLocation[],
  state: WebGLTexture,
  others: WebGLTexture[],
): void {
  samplers.forEach((sampler, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    if (unit === 0) gl.bindTexture(gl.TEXTURE_2D_ARRAY, state);
    else gl.bindTexture(gl.TEXTURE_2D, others[unit - 1]!);
    gl.uniform1i(sampler, unit);
  });
}

function uploadState(
  gl: WebGL2RenderingContext,
  { texture, width, height, layers }: StateTexture,
  numbers: Float32Array,
): void {
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
  const { TEXTURE_2D_ARRAY, RGBA, FLOAT } = gl;
  gl.texSubImage3D(TEXTURE_2D_ARRAY, 0, 0, 0, 0, width, height, layers, RGBA, FLOAT, numbers);
}

/**
 * Reads the state once all draws are done. An epoch that is known to be short is waited for in place:
 * asking for a fence costs 2 ms on software rendering, as much as half an epoch. Others leave the
 * thread to do other things.
 * @throws when the context is lost, when the GPU takes longer than `WATCHDOG_MS`, or when aborted.
 */
async function readState(
  gl: WebGL2RenderingContext,
  given: { state: StateTexture; buffer: WebGLBuffer; isShort: boolean; signal: AbortSignal },
): Promise<Float32Array> {
  const { width, height, layers, framebuffer } = given.state;
  const numbers = new Float32Array(4 * width * height * layers);
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, given.buffer);
  gl.bufferData(gl.PIXEL_PACK_BUFFER, numbers.byteLength, gl.STREAM_READ);
  for (let layer = 0; layer < layers; layer++) {
    gl.readBuffer(gl.COLOR_ATTACHMENT0 + layer);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.FLOAT, 16 * width * height * layer);
  }
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  if (!given.isShort) await drawn(gl, given.signal);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, given.buffer);
  gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, numbers);
  gl.bindBuffer(gl.PIXEL_PACK_BUFFER, null);
  return numbers;
}

async function drawn(gl: WebGL2RenderingContext, signal: AbortSignal): Promise<void> {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const startedAt = performance.now();
  try {
    for (;;) {
      // A timer, not the next turn: asking without pause keeps a core from rendering in software.
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      signal.throwIfAborted();
      if (fence === null || gl.isContextLost()) throw new Error("the WebGL context was lost");
      const status = gl.clientWaitSync(fence, 0, 0);
      if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) return;
      if (performance.now() - startedAt > WATCHDOG_MS) {
        throw new Error(`the GPU did not finish an epoch within ${WATCHDOG_MS} ms`);
      }
    }
  } finally {
    gl.deleteSync(fence);
  }
}

function exampleTexels({ examples }: TrainingRun): Float32Array {
  const numbers = new Float32Array(8 * examples.size);
  for (let example = 0; example < examples.size; example++) {
    numbers.set(examples.inputs.subarray(example * INPUTS, (example + 1) * INPUTS), 8 * example);
    numbers[8 * example + 4] = examples.outcomes[example]!;
    numbers[8 * example + 5] = examples.weights[example]!;
  }
  return numbers;
}

function orderRows(count: number): number {
  return Math.max(1, Math.ceil(count / (4 * ORDER_WIDTH)));
}

function orderTexels(run: TrainingRun, epoch: number): Float32Array {
  const { networks } = run.options;
  const perNetwork = 4 * ORDER_WIDTH * orderRows(run.members[0]!.length);
  const numbers = new Float32Array(perNetwork * networks);
  for (let k = 0; k < networks; k++) numbers.set(epochOrder(run, k, epoch), perNetwork * k);
  return numbers;
}

/** Where number `p` of plane 0 (weights), 1 or 2 (moments) of network k stands in the state. */
function addressIn(run: TrainingRun, layers: number) {
  const width = stateWidth(layers);
  const height = STATE_ROWS * run.options.networks;
  return (plane: number, p: number, k: number): number => {
    const { column, row, layer } = stateCell(plane * PLANE + (p >> 2), k, layers);
    return 4 * ((layer * height + row) * width + column) + (p & 3);
  };
}

function stateTexels(run: TrainingRun, state: Readonly<TrainingState>, layers: number) {
  const { networks } = run.options;
  const address = addressIn(run, layers);
  const numbers = new Float32Array(4 * stateWidth(layers) * STATE_ROWS * networks * layers);
  [state.weights, state.firstMoment, state.secondMoment].forEach((values, plane) => {
    values.forEach((value, index) => {
      numbers[address(plane, index % NETWORK_SIZE, Math.floor(index / NETWORK_SIZE))] = value;
    });
  });
  return numbers;
}

/** @throws when the state is not of the step it should be: some draw did not happen. */
function parseState(
  run: TrainingRun,
  numbers: Float32Array,
  { step, layers }: { step: number; layers: number },
): TrainedEpoch {
  const { networks } = run.options;
  const address = addressIn(run, layers);
  let loss = 0;
  for (let k = 0; k < networks; k++) {
    const found = numbers[address(0, STEP_SLOT, k)];
    if (found !== step) throw new Error(`the GPU is at step ${found}, expected ${step}`);
    loss += numbers[address(0, LOSS_SLOT, k)]!;
  }
  const plane = (which: number) =>
    Float64Array.from({ length: networks * NETWORK_SIZE }, (_, index) => {
      return numbers[address(which, index % NETWORK_SIZE, Math.floor(index / NETWORK_SIZE))]!;
    });
  return {
    step,
    weights: plane(0),
    firstMoment: plane(1),
    secondMoment: plane(2),
    loss: loss / (networks * run.members[0]!.length),
  };
}
