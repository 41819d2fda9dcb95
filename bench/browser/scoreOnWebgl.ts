import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUTS,
  NETWORK_SIZE,
  type Network,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "../../src/engine/network/network.ts";
import { OUTCOME_VALUES } from "../../src/engine/network/score.ts";

/** Texels in a row of a texture; every WebGL 2 device supports this many. */
const WIDTH = 2048;

/**
 * `score` as one WebGL 2 pass: inputs go up as a texture, log-odds come down from another. Measured for
 * comparison, not shipped: see `bench/LEARNER.md`. ReLU networks only.
 * @throws without WebGL 2 that renders floats.
 */
export function openWebglScorer() {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2");
  if (!gl?.getExtension("EXT_color_buffer_float"))
    throw new Error("no WebGL 2 that renders floats");
  const program = compiled(gl);
  // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's, not React's.
  gl.useProgram(program);
  gl.bindVertexArray(gl.createVertexArray());
  const place = (name: string) => gl.getUniformLocation(program, name);
  gl.uniform1i(place("inputs"), 0);
  gl.uniform1i(place("weights"), 1);

  return (networks: readonly Network[], inputs: Float32Array): Float32Array => {
    const products = inputs.length / INPUTS;
    const height = Math.ceil(products / WIDTH);
    const weights = new Float32Array(NETWORK_SIZE * networks.length);
    for (const [k, network] of networks.entries()) weights.set(network.weights, k * NETWORK_SIZE);
    const padded = new Float32Array(WIDTH * height * INPUTS);
    padded.set(inputs);
    const textures = [
      texture(gl, 0, { width: WIDTH, height, format: gl.RGBA, kind: gl.RGBA32F, data: padded }),
      texture(gl, 1, {
        width: NETWORK_SIZE,
        height: networks.length,
        format: gl.RED,
        kind: gl.R32F,
        data: weights,
      }),
      texture(gl, 2, { width: WIDTH, height, format: gl.RED, kind: gl.R32F, data: null }),
    ];
    const frame = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, textures[2]!, 0);
    gl.uniform1i(place("networks"), networks.length);
    gl.viewport(0, 0, WIDTH, height);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
    const out = new Float32Array(WIDTH * height);
    gl.readPixels(0, 0, WIDTH, height, gl.RED, gl.FLOAT, out);
    gl.deleteFramebuffer(frame);
    for (const one of textures) gl.deleteTexture(one);
    return out.subarray(0, products);
  };
}

interface Texels {
  width: number;
  height: number;
  format: number;
  kind: number;
  data: Float32Array | null;
}

function texture(
  gl: WebGL2RenderingContext,
  unit: number,
  { width, height, format, kind, data }: Texels,
) {
  const made = gl.createTexture();
  gl.activeTexture(gl.TEXTURE0 + unit);
  gl.bindTexture(gl.TEXTURE_2D, made);
  gl.texImage2D(gl.TEXTURE_2D, 0, kind, width, height, 0, format, gl.FLOAT, data);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
  return made;
}

function compiled(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  const vertex = `#version 300 es
    void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0, 1); }`;
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new Error(String(gl.getProgramInfoLog(program)));
  return program;
}

/** Forward pass and `logOddsOf`, the mean over the networks. */
const FRAGMENT = `#version 300 es
  precision highp float;
  uniform highp sampler2D inputs;
  uniform highp sampler2D weights;
  uniform int networks;
  out float logOdds;
  float w(int index, int network) { return texelFetch(weights, ivec2(index, network), 0).r; }
  void main() {
    vec4 x = texelFetch(inputs, ivec2(gl_FragCoord.xy), 0);
    float sum = 0.0;
    for (int k = 0; k < networks; k++) {
      float z[${OUTPUTS}];
      for (int o = 0; o < ${OUTPUTS}; o++) z[o] = w(${OUTPUT_BIAS} + o, k);
      for (int u = 0; u < ${HIDDEN}; u++) {
        vec4 kernel = vec4(w(u, k), w(${HIDDEN} + u, k), w(${2 * HIDDEN} + u, k), w(${3 * HIDDEN} + u, k));
        float unit = max(0.0, w(${HIDDEN_BIAS} + u, k) + dot(x, kernel));
        for (int o = 0; o < ${OUTPUTS}; o++) z[o] += unit * w(${OUTPUT_KERNEL} + u * ${OUTPUTS} + o, k);
      }
      float most = max(max(z[1], z[2]), max(z[3], z[4]));
      float odds = ${[1, 2, 3, 4].map((o) => `${OUTCOME_VALUES[o]!.toFixed(3)} * exp(z[${o}] - most)`).join(" + ")};
      sum += most + log(odds) - z[0];
    }
    logOdds = sum / float(networks);
  }`;
