// The only file of the product that uses tfjs. Its flags register themselves by side effect, which its
// package.json denies (tensorflow/tfjs#5182), so they are imported by name.
import "@tensorflow/tfjs-core/dist/flags";
import "@tensorflow/tfjs-backend-webgl/dist/flags_webgl";
import {
  GPGPUContext,
  type GPGPUContextProgram,
} from "@tensorflow/tfjs-backend-webgl/dist/gpgpu_context";
import { createFragmentShader } from "@tensorflow/tfjs-backend-webgl/dist/webgl_util";
import { env } from "@tensorflow/tfjs-core";
import { VitrineError } from "../kit/message.ts";
import { createSlices } from "../kit/scheduler.ts";
import type { Activation } from "../network/network.ts";
import {
  EXAMPLES_WIDTH,
  epochShader,
  MAX_STEPS,
  ORDER_WIDTH,
  PLANE,
  SAMPLERS,
  STATE_ROWS,
  stateWidth,
  UNIFORMS,
} from "./epochShader.ts";
import { exampleTexels, orderRows, orderTexels, parseState, stateTexels } from "./epochTexels.ts";
import { rendererOf } from "./rendererOf.ts";
import {
  createState,
  deleteState,
  readState,
  type StateTexture,
  uploadState,
} from "./stateTexture.ts";
import {
  type EpochRunner,
  stepsPerEpoch,
  type TrainedEpoch,
  type Trainer,
  type TrainingRun,
  type TrainingState,
} from "./training.ts";

/** The most examples per draw and network, so that a slow GPU is not mistaken for one that hangs. */
const EXAMPLES_PER_DRAW = 4096;
/** After an epoch shorter than this, the worker's thread blocks for the next one. */
const SHORT_MS = 25;

/** A WebGL 2 context managed by tfjs, and the objects created for it. */
interface Gpu {
  context: GPGPUContext;
  gl: WebGL2RenderingContext;
  /** The number of a fragment's outputs, and therefore of the state's layers. */
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
 * Opens WebGL 2 on its own canvas, through tfjs's backend, as a trainer. One context is used until it is
 * lost.
 * @throws if there is no OffscreenCanvas or WebGL 2, or if rendering has less than 32 bits: with 16, Adam
 * divides by zero within two epochs (tensorflow/tfjs#6980).
 */
export async function openWebglTrainer(): Promise<{ trainer: Trainer; renderer: string }> {
  if (current === undefined || current.gl.isContextLost()) current = openGpu();
  const gpu = current;
  const trainer: Trainer = { name: "webgl", begin: async (run) => createRunner(gpu, run) };
  return { trainer, renderer: rendererOf(gpu.gl) };
}

function openGpu(): Gpu {
  if (typeof OffscreenCanvas === "undefined")
    throw new VitrineError("no-offscreen-canvas", "this browser has no OffscreenCanvas", {});
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2", {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
  });
  if (gl === null) throw new VitrineError("no-webgl2", "this browser has no WebGL 2", {});
  // To detect these, tfjs would open another context and refuse software rendering.
  env().set("HAS_WEBGL", true);
  env().set("WEBGL_VERSION", 2);
  const context = new GPGPUContext(gl);
  const layers = gl.getParameter(gl.MAX_DRAW_BUFFERS) >= 8 ? 8 : 4;
  checkPrecision(context, gl);
  return { context, gl, layers, programs: new Map() };
}

/** Measures precision by rendering, because the flags for it have been wrong. */
function checkPrecision(context: GPGPUContext, gl: WebGL2RenderingContext): void {
  const program = compile(
    context,
    `#version 300 es
    precision highp float;
    uniform float one; // Not a constant, so that the compiler does not compute the sum.
    out vec4 sum;
    void main() { sum = vec4(one + 1.0e-6); }`,
  );
  const target = createState(gl, { width: 1, height: 1, layers: 1 });
  const sum = new Float32Array(4);
  try {
    context.setProgram(program);
    gl.uniform1f(gl.getUniformLocation(program, "one"), 1);
    drawInto(context, program, target);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, sum);
  } finally {
    context.deleteProgram(program);
    deleteState(gl, target);
  }
  if (!(Math.abs((sum[0]! - 1) * 1e6 - 1) < 0.2)) {
    const message = `rendering keeps too few digits: 1 + 0.000001 came back as ${sum[0]}`;
    throw new VitrineError("gpu-imprecise", message, {});
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
  const exampleRows = Math.ceil((2 * run.examples.size) / EXAMPLES_WIDTH);
  const exampleSize = { width: EXAMPLES_WIDTH, height: exampleRows };
  const examples = createTexture(gpu, exampleSize, exampleTexels(run));
  const prior = createTexture(gpu, { width: PLANE, height: 1 }, run.options.prior);
  const order = createTexture(gpu, { width: ORDER_WIDTH, height: networks * orderRows(count) });
  let [from, to] = [createState(gl, size), createState(gl, size)];
  const buffer = gl.createBuffer();
  let isShort = false;
  const slices = createSlices();
  const stepsPerDraw = Math.max(1, Math.min(MAX_STEPS, Math.floor(EXAMPLES_PER_DRAW / batchSize)));

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
    // Otherwise short epochs would never yield, and abort messages would not be delivered.
    if (slices.isOver()) await slices.next();
    return parseState(run, numbers, { step: state.step + steps, layers });
  }

  function draw(state: Readonly<TrainingState>, step: number, end: number): void {
    const { context } = gpu;
    context.setProgram(program.program);
    bindTextures(gl, program.samplers, [
      from.texture,
      examples.texture,
      order.texture,
      prior.texture,
    ]);
    setUniforms(gl, program.uniforms, { run, state, step, end });
    drawInto(context, program.program, to);
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

/** The steps of an epoch in one draw: from `step` to before `end`. */
interface Steps {
  run: TrainingRun;
  state: Readonly<TrainingState>;
  step: number;
  end: number;
}

function setUniforms(
  gl: WebGL2RenderingContext,
  uniforms: Program["uniforms"],
  { run, state, step, end }: Steps,
): void {
  const { batchSize, beta1, beta2, learningRate, epsilon, l1, l2, elastic, noise, seed } =
    run.options;
  const count = run.members[0]!.length;
  const corrections = new Float32Array(2 * MAX_STEPS);
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

/** A texture of `width` × `height` texels of four floats, starting with `numbers`. */
function createTexture(
  gpu: Gpu,
  { width, height }: Pick<Texture, "width" | "height">,
  numbers: Float32Array = new Float32Array(0),
): Texture {
  const { texture } = gpu.context.createPackedMatrixTexture(2 * height, 2 * width);
  const made = { texture, width, height };
  fillTexture(gpu, made, numbers);
  return made;
}

function fillTexture({ context }: Gpu, texture: Texture, numbers: Float32Array): void {
  context.uploadDenseMatrixToTexture(texture.texture, texture.width, texture.height, numbers);
}

/** Draws with the bound program and textures onto all layers of `target`. */
function drawInto(
  context: GPGPUContext,
  { vao }: GPGPUContextProgram,
  { framebuffer, width, height, layers }: StateTexture,
): void {
  const gl = context.gl as WebGL2RenderingContext;
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
  gl.drawBuffers(Array.from({ length: layers }, (_, layer) => gl.COLOR_ATTACHMENT0 + layer));
  // tfjs draws a square as two triangles. At twice the size, the upper left one alone covers the target,
  // and no block of fragments along the seam is shaded twice. (tfjs enables the scissor test.)
  gl.viewport(0, -height, 2 * width, 2 * height);
  gl.scissor(0, 0, width, height);
  context.bindVertexArray(vao);
  context.executeProgram();
}

function bindTextures(
  gl: WebGL2RenderingContext,
  samplers: WebGLUniformLocation[],
  textures: [state: WebGLTexture, ...others: WebGLTexture[]],
): void {
  samplers.forEach((sampler, unit) => {
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(unit === 0 ? gl.TEXTURE_2D_ARRAY : gl.TEXTURE_2D, textures[unit]!);
    gl.uniform1i(sampler, unit);
  });
}
