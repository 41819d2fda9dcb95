import { VitrineError } from "../kit/message.ts";

/** A longer epoch counts as hung. */
const WATCHDOG_MS = 100_000;
const POLL_MS = 3;

/** The size in texels of four floats. */
interface Size {
  width: number;
  height: number;
  layers: number;
}

/** A texture array, with a framebuffer to draw into all its layers at once. */
export interface StateTexture extends Size {
  texture: WebGLTexture;
  framebuffer: WebGLFramebuffer;
}

/** @throws if the GPU cannot draw into this many layers of floats. */
export function createState(gl: WebGL2RenderingContext, size: Size): StateTexture {
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
    const message = `this GPU does not draw into ${size.layers} float layers (status ${status})`;
    throw new VitrineError("gpu-without-float", message, {});
  }
  return { ...size, texture, framebuffer };
}

export function deleteState(
  gl: WebGL2RenderingContext,
  { texture, framebuffer }: StateTexture,
): void {
  gl.deleteFramebuffer(framebuffer);
  gl.deleteTexture(texture);
}

export function uploadState(
  gl: WebGL2RenderingContext,
  { texture, width, height, layers }: StateTexture,
  numbers: Float32Array,
): void {
  gl.bindTexture(gl.TEXTURE_2D_ARRAY, texture);
  const { TEXTURE_2D_ARRAY, RGBA, FLOAT } = gl;
  gl.texSubImage3D(TEXTURE_2D_ARRAY, 0, 0, 0, 0, width, height, layers, RGBA, FLOAT, numbers);
}

/**
 * Reads the state once all draws are done. It blocks for an epoch that is known to be short, because a
 * fence costs 2 ms on software rendering, as much as half an epoch. For longer epochs it yields the
 * thread.
 * @throws when the context is lost, when the GPU takes longer than `WATCHDOG_MS`, or when aborted.
 */
export async function readState(
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
      // A timer, because polling without a pause keeps a core from rendering in software.
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      signal.throwIfAborted();
      if (fence === null || gl.isContextLost())
        throw new VitrineError("gpu-lost", "the WebGL context was lost", {});
      const status = gl.clientWaitSync(fence, 0, 0);
      if (status === gl.ALREADY_SIGNALED || status === gl.CONDITION_SATISFIED) return;
      if (performance.now() - startedAt > WATCHDOG_MS) {
        const ms = WATCHDOG_MS;
        throw new VitrineError("gpu-slow", `the GPU did not finish an epoch within ${ms} ms`, {
          ms,
        });
      }
    }
  } finally {
    gl.deleteSync(fence);
  }
}
