import {
  type Activation,
  HIDDEN,
  HIDDEN_BIAS,
  INPUTS,
  NETWORK_SIZE,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "../network.ts";

/**
 * One training step as one fragment shader: forward pass, back-propagation and Adam for a whole
 * batch, for every network at once. Textures hold four numbers a texel:
 *
 * - `state`, 81 texels a network: 27 each of weights, first and second moments of Adam. They lie in two
 *   rows, since GPUs shade blocks of 2 × 2. The weights' last texel has room to spare: lane 1 sums up
 *   the epoch's loss, lane 2 counts the steps.
 * - `examples`, 2 texels an example: its inputs; its outcome and weight.
 * - `order`: which examples each network meets, four indices a texel.
 * - `prior`, 27 texels: what the elastic penalty pulls to.
 *
 * A fragment owns four numbers of the state. It runs the batch through its network, keeps only the
 * gradient of its own four parameters, and writes their next value. The forward pass is thus repeated
 * by each of the 81 fragments, and still cheaper than a second draw: a step costs one texture fetch
 * per 4 weights and 2 per example, and nothing is read back before the epoch ends.
 */
export const PLANE = Math.ceil(NETWORK_SIZE / 4);
export const STATE_ROWS = 2;
export const STATE_WIDTH = Math.ceil((3 * PLANE) / STATE_ROWS);
export const LOSS_SLOT = NETWORK_SIZE;
export const STEP_SLOT = NETWORK_SIZE + 1;
/** Texels in a row of the `examples` and `order` textures. */
export const EXAMPLES_WIDTH = 512;
export const ORDER_WIDTH = 256;

export const STEP_INPUTS = ["state", "examples", "order", "prior"];

export const STEP_UNIFORMS = [
  { name: "span", type: "ivec3" as const }, // first position, end position, step number from 1
  { name: "orderRows", type: "int" as const }, // rows of `order` per network
  { name: "adam", type: "vec4" as const }, // learning rate, beta 1, beta 2, epsilon
  { name: "corrections", type: "vec2" as const }, // 1 / (1 − beta^step) of both moments
  { name: "penalties", type: "vec3" as const }, // L1, L2, elastic
  { name: "noise", type: "float" as const },
  { name: "noiseSeed", type: "ivec2" as const }, // seed, epoch
];

export function stepShader(activation: Activation): string {
  return `
${NOISE}
int exampleAt(int position, int network) {
  int texel = position >> 2;
  vec4 four = texelFetch(order, ivec2(texel & ${ORDER_WIDTH - 1}, network * orderRows + texel / ${ORDER_WIDTH}), 0);
  return int(four[position & 3]);
}

vec4 stateTexel(int index, int network) {
  return texelFetch(state, ivec2(index % ${STATE_WIDTH}, ${STATE_ROWS} * network + index / ${STATE_WIDTH}), 0);
}

// What the gradient of parameter p multiplies: an index into sources (inputs, 1, hidden units) …
int sourceOf(int p) {
  if (p < ${HIDDEN_BIAS}) return p / ${HIDDEN};
  if (p < ${OUTPUT_KERNEL}) return ${INPUTS};
  if (p < ${OUTPUT_BIAS}) return ${INPUTS + 1} + (p - ${OUTPUT_KERNEL}) / ${OUTPUTS};
  return ${INPUTS};
}

// … and one into errors (hidden units, outputs).
int errorOf(int p) {
  if (p < ${HIDDEN_BIAS}) return p % ${HIDDEN};
  if (p < ${OUTPUT_KERNEL}) return p - ${HIDDEN_BIAS};
  if (p < ${OUTPUT_BIAS}) return ${HIDDEN} + (p - ${OUTPUT_KERNEL}) % ${OUTPUTS};
  return ${HIDDEN} + min(p - ${OUTPUT_BIAS}, ${OUTPUTS - 1});
}

bool isKernel(int p) {
  return p < ${HIDDEN_BIAS} || (p >= ${OUTPUT_KERNEL} && p < ${OUTPUT_BIAS});
}

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int network = at.y / ${STATE_ROWS};
  int index = at.x + ${STATE_WIDTH} * (at.y % ${STATE_ROWS});
  int plane = index / ${PLANE};
  int texel = index - plane * ${PLANE};
  vec4 w[${PLANE}];
  for (int i = 0; i < ${PLANE}; i++) w[i] = stateTexel(i, network);
  ivec4 own = 4 * texel + ivec4(0, 1, 2, 3);
  ivec4 source = ivec4(sourceOf(own.x), sourceOf(own.y), sourceOf(own.z), sourceOf(own.w));
  ivec4 error = ivec4(errorOf(own.x), errorOf(own.y), errorOf(own.z), errorOf(own.w));
  float sources[${INPUTS + 1 + HIDDEN}];
  float errors[${HIDDEN + OUTPUTS}];
  sources[${INPUTS}] = 1.0;
  vec4 gradient = vec4(0.0);
  float loss = 0.0;
  for (int position = span.x; position < span.y; position++) {
    int example = exampleAt(position, network);
    ivec2 texelAt = ivec2((2 * example) & ${EXAMPLES_WIDTH - 1}, (2 * example) / ${EXAMPLES_WIDTH});
    vec4 x = texelFetch(examples, texelAt, 0);
    vec4 label = texelFetch(examples, texelAt + ivec2(1, 0), 0);
    int outcome = int(label.x);
    if (noise > 0.0) x += noise * noiseFor(example);
    ${forwardPass(activation)}
    ${backwardPass(activation)}
    sources[0] = x.x; sources[1] = x.y; sources[2] = x.z; sources[3] = x.w;
    gradient += vec4(
      sources[source.x] * errors[error.x], sources[source.y] * errors[error.y],
      sources[source.z] * errors[error.z], sources[source.w] * errors[error.w]);
  }
  gradient /= float(span.y - span.x);
  vec4 weight = stateTexel(texel, network);
  vec4 kernel = vec4(isKernel(own.x), isKernel(own.y), isKernel(own.z), isKernel(own.w));
  gradient += kernel * (penalties.x * sign(weight) + 2.0 * penalties.y * weight);
  gradient += 2.0 * penalties.z * (weight - texelFetch(prior, ivec2(texel, 0), 0));
  vec4 mean = stateTexel(${PLANE} + texel, network);
  vec4 square = stateTexel(${2 * PLANE} + texel, network);
  mean = mix(gradient, mean, adam.y);
  square = mix(gradient * gradient, square, adam.z);
  vec4 next = weight - adam.x * mean * corrections.x / (sqrt(square * corrections.y) + adam.w);
  if (texel == ${PLANE - 1}) {
    // Lanes without a parameter: the epoch's loss so far, and the step, which a reader checks.
    mean.yzw = vec3(0.0);
    square.yzw = vec3(0.0);
    next.yzw = vec3((span.x == 0 ? 0.0 : weight.y) + loss, float(span.z), 0.0);
  }
  setOutput(plane == 0 ? next : plane == 1 ? mean : square);
}`;
}

/** Weight p as the shader names it. */
function w(p: number): string {
  return `w[${p >> 2}].${"xyzw"[p & 3]}`;
}

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Hidden units into sources[5 …], logits into z0 … z4, softmax numerators into e0 … e4. */
function forwardPass(activation: Activation): string {
  const hidden = times(HIDDEN, (unit) => {
    const kernel = `vec4(${times(INPUTS, (input) => w(input * HIDDEN + unit))})`;
    const sum = `dot(x, ${kernel}) + ${w(HIDDEN_BIAS + unit)}`;
    const active = activation === "relu" ? `max(0.0, ${sum})` : `1.0 / (1.0 + exp(-(${sum})))`;
    return `float h${unit} = ${active}; sources[${INPUTS + 1 + unit}] = h${unit};`;
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
    "loss += label.y * (highest + log(total) - target);",
  ].join("\n    ");
}

/** errors[0 … 9] of the hidden units, errors[10 … 14] of the outputs, weighted by the example. */
function backwardPass(activation: Activation): string {
  const outputs = times(
    OUTPUTS,
    (output) =>
      `float d${output} = label.y * (e${output} / total - (outcome == ${output} ? 1.0 : 0.0)); errors[${HIDDEN + output}] = d${output};`,
  );
  const hidden = times(HIDDEN, (unit) => {
    const back = times(
      OUTPUTS,
      (output) => `d${output} * ${w(OUTPUT_KERNEL + unit * OUTPUTS + output)}`,
    );
    const slope =
      activation === "relu" ? `(h${unit} > 0.0 ? 1.0 : 0.0)` : `h${unit} * (1.0 - h${unit})`;
    return `errors[${unit}] = ${slope} * (${back.join(" + ")});`;
  });
  return [...outputs, ...hidden].join("\n    ");
}

/** The same hash as `noiseAt`, in the shader's integers. */
const NOISE = `
float noiseOf(int example, int which) {
  uint hash = uint(noiseSeed.x) ^ (uint(example) * 0x9e3779b1u) ^ (uint(noiseSeed.y) * 0x85ebca6bu);
  hash = (hash ^ (uint(which + 1) * 0xc2b2ae35u) ^ (hash >> 16)) * 0x7feb352du;
  hash = (hash ^ (hash >> 15)) * 0x846ca68bu;
  return float((hash ^ (hash >> 16)) >> 8) / 8388608.0 - 1.0;
}

vec4 noiseFor(int example) {
  return vec4(noiseOf(example, 0), noiseOf(example, 1), noiseOf(example, 2), noiseOf(example, 3));
}`;
