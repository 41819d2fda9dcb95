import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUTS,
  type Network,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "./network.ts";

/** What each outcome is worth to the shopper and the shop, from nothing to 1; set by the shop. */
export const OUTCOME_VALUES = [0, 0.5, 0.7, 0.85, 1] as const;

const LOG_VALUES = OUTCOME_VALUES.map(Math.log);

/**
 * The value-weighted log-odds that the shopper turns to a product rather than ignoring it:
 * ln Σ value(o)·exp(zₒ) − z_ignore, over the outcomes o other than ignore. Finite however sure the
 * network is, so saturated probabilities do not tie; any real number, 0 meaning even odds.
 */
export function logOddsOf(logits: ArrayLike<number>): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let output = 1; output < OUTPUTS; output++) {
    highest = Math.max(highest, logits[output]! + LOG_VALUES[output]!);
  }
  let sum = 0;
  for (let output = 1; output < OUTPUTS; output++) {
    sum += Math.exp(logits[output]! + LOG_VALUES[output]! - highest);
  }
  return highest + Math.log(sum) - logits[0]!;
}

/** A card's score in (0, 1) from its log-odds (logistic function). */
export function scoreOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/** Mean log-odds over an ensemble of networks, [n × 4] → [n]. */
export function score(networks: readonly Network[], inputs: Float32Array): Float32Array {
  const [first, ...others] = networks.map((network) => scoreBy(network, inputs));
  if (first === undefined) throw new RangeError("score: networks is empty, expected at least one");
  for (const scores of others)
    for (let row = 0; row < first.length; row++) first[row]! += scores[row]!;
  return others.length === 0 ? first : first.map((sum) => sum / networks.length);
}

/**
 * How far the networks of an ensemble disagree: the standard deviation of their log-odds, [n × 4] → [n].
 * Networks that each saw other examples agree where the examples say enough (Lakshminarayanan et al.,
 * 2017); zeros for a single network.
 */
export function uncertainty(networks: readonly Network[], inputs: Float32Array): Float32Array {
  const scores = networks.map((network) => scoreBy(network, inputs));
  return Float32Array.from({ length: inputs.length / INPUTS }, (_, row) => {
    const mean = scores.reduce((sum, own) => sum + own[row]!, 0) / scores.length;
    const variance = scores.reduce((sum, own) => sum + (own[row]! - mean) ** 2, 0) / scores.length;
    return Math.sqrt(variance);
  });
}

/**
 * Log-odds of every row of `inputs` by one network. The forward pass stands here a second time, with
 * the weights in locals' reach and no call per product, because it is the hot loop of every shelf.
 */
function scoreBy(network: Network, inputs: Float32Array): Float32Array {
  const { weights: w, activation } = network;
  const isRelu = activation === "relu";
  const scores = new Float32Array(inputs.length / INPUTS);
  const logits = new Float64Array(OUTPUTS);
  for (let row = 0; row < scores.length; row++) {
    const at = row * INPUTS;
    for (let output = 0; output < OUTPUTS; output++) logits[output] = w[OUTPUT_BIAS + output]!;
    for (let unit = 0; unit < HIDDEN; unit++) {
      const sum =
        w[HIDDEN_BIAS + unit]! +
        inputs[at]! * w[unit]! +
        inputs[at + 1]! * w[HIDDEN + unit]! +
        inputs[at + 2]! * w[2 * HIDDEN + unit]! +
        inputs[at + 3]! * w[3 * HIDDEN + unit]!;
      const active = isRelu ? Math.max(0, sum) : 1 / (1 + Math.exp(-sum));
      if (active === 0) continue;
      const out = OUTPUT_KERNEL + unit * OUTPUTS;
      for (let output = 0; output < OUTPUTS; output++) logits[output]! += active * w[out + output]!;
    }
    scores[row] = logOddsOf(logits);
  }
  return scores;
}
