import {
  type Activation,
  HIDDEN,
  HIDDEN_BIAS,
  INPUTS,
  NETWORK_SIZE,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "../network/network.ts";

/**
 * Many training steps as one fragment shader: forward pass, back-propagation and Adam, batch after batch,
 * for every network at once. One draw runs a whole epoch of a thousand examples; only its result is read
 * back. A draw's fixed cost (0.1 ms on software rendering, as much as nine examples) is therefore paid
 * once per epoch and not once per batch.
 *
 * Everything a step needs fits into one fragment's variables: weights, both moments of Adam and the
 * gradient, 27 vectors of four each. A fragment can only write as much as it has outputs, so each network
 * is trained by as many fragments as are needed to write all of it (11 with eight outputs); they all
 * compute the same.
 *
 * Textures hold four numbers per texel:
 * - `state`, an array with a layer per output: 81 texels a network, 27 each of weights, first and second
 *   moments. They are in two rows, because GPUs shade blocks of 2 × 2. The weights' last texel has unused
 *   lanes: lane 1 sums the epoch's loss, lane 2 counts the steps.
 * - `examples`, 2 texels per example: its inputs; its outcome and weight.
 * - `order`: the examples that each network sees, four indices per texel.
 * - `prior`, 27 texels: the target of the elastic penalty.
 */
export const PLANE = Math.ceil(NETWORK_SIZE / 4);
export const STATE_ROWS = 2;
export const LOSS_SLOT = NETWORK_SIZE;
export const STEP_SLOT = NETWORK_SIZE + 1;
/** Texels in a row of the `examples` and `order` textures. */
export const EXAMPLES_WIDTH = 512;
export const ORDER_WIDTH = 256;
/** The most steps per draw; their corrections of Adam's moments are uniforms. */
export const MAX_STEPS = 64;

export const SAMPLERS = ["state", "examples", "trainingOrder", "prior"] as const;
export const UNIFORMS = [
  "span", // first position, end position, examples of the network, batch size
  "firstStep", // number of the draw's first step, from 1
  "orderRows", // rows of `trainingOrder` per network
  "adam", // learning rate, beta 1, beta 2, epsilon
  "corrections", // 1 / (1 − beta^step) of both moments, per step of the draw
  "penalties", // L1, L2, elastic
  "noise",
  "noiseSeed", // seed, epoch
] as const;

/** Width of the state texture for this many layers. */
export function stateWidth(layers: number): number {
  return Math.ceil((3 * PLANE) / (layers * STATE_ROWS));
}

/** The position of texel `index` of network k in the state: column, row and layer. */
export function stateCell(index: number, k: number, layers: number) {
  const cell = Math.floor(index / layers);
  const width = stateWidth(layers);
  return {
    column: cell % width,
    row: STATE_ROWS * k + Math.floor(cell / width),
    layer: index % layers,
  };
}

/** Deliberately long: it is one text, the complete program of a fragment. */
export function epochShader(activation: Activation, layers: number): string {
  const width = stateWidth(layers);
  return `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp sampler2DArray;
uniform sampler2DArray state;
uniform sampler2D examples, trainingOrder, prior;
uniform ivec4 span;
uniform int firstStep, orderRows;
uniform vec4 adam;
uniform vec2 corrections[${MAX_STEPS}];
uniform vec3 penalties;
uniform float noise;
uniform ivec2 noiseSeed;
${times(layers, (layer) => `layout(location = ${layer}) out vec4 out${layer};`).join("\n")}
vec4 w[${PLANE}], m[${PLANE}], v[${PLANE}], g[${PLANE}];
${NOISE}
int exampleAt(int position, int network) {
  int texel = position >> 2;
  vec4 four = texelFetch(trainingOrder, ivec2(texel & ${ORDER_WIDTH - 1}, network * orderRows + texel / ${ORDER_WIDTH}), 0);
  return int(four[position & 3]);
}

vec4 stateTexel(int index, int network) {
  int cell = index / ${layers};
  return texelFetch(state, ivec3(cell % ${width}, ${STATE_ROWS} * network + cell / ${width}, index % ${layers}), 0);
}

vec4 nextTexel(int index) {
  if (index < ${PLANE}) return w[index];
  if (index < ${2 * PLANE}) return m[index - ${PLANE}];
  return v[min(index - ${2 * PLANE}, ${PLANE - 1})];
}

// Adds one example's gradient to g; returns its loss.
float learn(int example) {
  ivec2 texelAt = ivec2((2 * example) & ${EXAMPLES_WIDTH - 1}, (2 * example) / ${EXAMPLES_WIDTH});
  vec4 x = texelFetch(examples, texelAt, 0);
  vec4 label = texelFetch(examples, texelAt + ivec2(1, 0), 0);
  int outcome = int(label.x);
  if (noise > 0.0) x += noise * noiseFor(example);
  ${forwardPass(activation)}
  ${backwardPass(activation)}
  ${gradients()}
  return label.y * (highest + log(total) - target);
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int network = at.y / ${STATE_ROWS};
  for (int i = 0; i < ${PLANE}; i++) {
    w[i] = stateTexel(i, network);
    m[i] = stateTexel(${PLANE} + i, network);
    v[i] = stateTexel(${2 * PLANE} + i, network);
  }
  float loss = span.x == 0 ? 0.0 : w[${PLANE - 1}].y;
  w[${PLANE - 1}].yzw = vec3(0.0);
  int stepsTaken = 0;
  for (int start = span.x; start < span.y; start += span.w) {
    int end = min(start + span.w, span.z);
    for (int i = 0; i < ${PLANE}; i++) g[i] = vec4(0.0);
    for (int position = start; position < end; position++) loss += learn(exampleAt(position, network));
    float share = 1.0 / float(end - start);
    vec2 correction = corrections[stepsTaken];
    for (int i = 0; i < ${PLANE}; i++) {
      vec4 gradient = share * g[i] + 2.0 * penalties.z * (w[i] - texelFetch(prior, ivec2(i, 0), 0));
      gradient += kernelAt(i) * (penalties.x * sign(w[i]) + 2.0 * penalties.y * w[i]);
      m[i] = mix(gradient, m[i], adam.y);
      v[i] = mix(gradient * gradient, v[i], adam.z);
      w[i] -= adam.x * m[i] * correction.x / (sqrt(v[i] * correction.y) + adam.w);
    }
    w[${PLANE - 1}].yzw = vec3(0.0);
    stepsTaken++;
  }
  w[${PLANE - 1}].y = loss;
  w[${PLANE - 1}].z = float(firstStep + stepsTaken - 1);
  int first = (at.x + ${width} * (at.y % ${STATE_ROWS})) * ${layers};
  ${times(layers, (layer) => `out${layer} = nextTexel(first + ${layer});`).join("\n  ")}
}`;
}

/** Weight p as the shader names it. */
function w(p: number): string {
  return `w[${p >> 2}].${"xyzw"[p & 3]}`;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Hidden units h0 … h9, logits z0 … z4, softmax numerators e0 … e4. */
function forwardPass(activation: Activation): string {
  const hidden = times(HIDDEN, (unit) => {
    const kernel = `vec4(${times(INPUTS, (input) => w(input * HIDDEN + unit))})`;
    const sum = `dot(x, ${kernel}) + ${w(HIDDEN_BIAS + unit)}`;
    const active = activation === "relu" ? `max(0.0, ${sum})` : `1.0 / (1.0 + exp(-(${sum})))`;
    return `float h${unit} = ${active};`;
  });
  const logits = times(OUTPUTS, (output) => {
    const terms = times(
      HIDDEN,
      (unit) => `h${unit} * ${w(OUTPUT_KERNEL + unit * OUTPUTS + output)}`,
    );
    return `float z${output} = ${w(OUTPUT_BIAS + output)} + ${terms.join(" + ")};`;
  });
  return [
    ...hidden,
    ...logits,
    "float highest = max(max(max(z0, z1), max(z2, z3)), z4);",
    ...times(OUTPUTS, (output) => `float e${output} = exp(z${output} - highest);`),
    `float total = ${times(OUTPUTS, (output) => `e${output}`).join(" + ")};`,
    `float target = ${times(OUTPUTS - 1, (output) => `outcome == ${output} ? z${output} : `).join("")}z4;`,
  ].join("\n  ");
}

/** Errors d0 … d4 of the outputs and b0 … b9 of the hidden units, weighted by the example. */
function backwardPass(activation: Activation): string {
  const outputs = times(
    OUTPUTS,
    (output) =>
      `float d${output} = label.y * (e${output} / total - (outcome == ${output} ? 1.0 : 0.0));`,
  );
  const hidden = times(HIDDEN, (unit) => {
    const back = times(
      OUTPUTS,
      (output) => `d${output} * ${w(OUTPUT_KERNEL + unit * OUTPUTS + output)}`,
    );
    const slope =
      activation === "relu" ? `(h${unit} > 0.0 ? 1.0 : 0.0)` : `h${unit} * (1.0 - h${unit})`;
    return `float b${unit} = ${slope} * (${back.join(" + ")});`;
  });
  return [...outputs, ...hidden].join("\n  ");
}

/** The gradient of each parameter: the input of its weight times the error of its output. */
function gradients(): string {
  return times(PLANE, (texel) => {
    const lanes = times(4, (lane) => gradientOf(4 * texel + lane));
    return `g[${texel}] += vec4(${lanes});`;
  }).join("\n  ");
}

function gradientOf(p: number): string {
  if (p < HIDDEN_BIAS) return `x.${"xyzw"[Math.floor(p / HIDDEN)]} * b${p % HIDDEN}`;
  if (p < OUTPUT_KERNEL) return `b${p - HIDDEN_BIAS}`;
  if (p >= NETWORK_SIZE) return "0.0";
  if (p >= OUTPUT_BIAS) return `d${p - OUTPUT_BIAS}`;
  const at = p - OUTPUT_KERNEL;
  return `h${Math.floor(at / OUTPUTS)} * d${at % OUTPUTS}`;
}

/** The same hash as `noiseAt`, in the shader's integers; and the mask of lanes with kernel weights. */
const NOISE = `
float noiseOf(int example, int which) {
  uint hash = uint(noiseSeed.x) ^ (uint(example) * 0x9e3779b1u) ^ (uint(noiseSeed.y) * 0x85ebca6bu);
  hash = (hash ^ (uint(which + 1) * 0xc2b2ae35u) ^ (hash >> 16)) * 0x7feb352du;
  hash = (hash ^ (hash >> 15)) * 0x846ca68bu;
  return float((hash ^ (hash >> 16)) >> 8) / 8388608.0 - 1.0;
}

vec4 noiseFor(int example) {
  return vec4(noiseOf(example, 0), noiseOf(example, 1), noiseOf(example, 2), noiseOf(example, 3));
}

vec4 kernelAt(int texel) {
  ivec4 p = 4 * texel + ivec4(0, 1, 2, 3);
  vec4 isHidden = vec4(lessThan(p, ivec4(${HIDDEN_BIAS})));
  vec4 isOutput = vec4(greaterThanEqual(p, ivec4(${OUTPUT_KERNEL}))) * vec4(lessThan(p, ivec4(${OUTPUT_BIAS})));
  return isHidden + isOutput;
}
`;
