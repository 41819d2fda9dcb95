import { INPUTS, type Network, OUTPUTS, writeLogits } from "./network.ts";

/** The value of each outcome to the shopper and the shop, from 0 to 1; set by the shop. */
export const OUTCOME_VALUES: readonly number[] = [0, 0.5, 0.7, 0.85, 1];

/**
 * The value-weighted log-odds that the shopper interacts with a product rather than ignoring it: ln Σ
 * value(o)·exp(zₒ) − z_ignore, over the outcomes o other than ignore. It is finite however confident the
 * network is, so saturated probabilities do not tie; 0 means even odds.
 */
export function logOddsOf(logits: ArrayLike<number>): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let output = 1; output < OUTPUTS; output++) {
    if (logits[output]! > highest) highest = logits[output]!;
  }
  let sum = 0;
  for (let output = 1; output < OUTPUTS; output++) {
    sum += OUTCOME_VALUES[output]! * Math.exp(logits[output]! - highest);
  }
  return highest + Math.log(sum) - logits[0]!;
}

/** A card's score in (0, 1) from its log-odds (logistic function). */
export function scoreOf(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

/**
 * Mean log-odds over an ensemble of networks, [n × 4] → [n].
 * @throws {RangeError} without a network.
 */
export function score(networks: readonly Network[], inputs: Float32Array): Float32Array {
  if (networks.length === 0) {
    throw new RangeError("score: networks is empty, expected at least one");
  }
  const sums = scoreBy(networks[0]!, inputs);
  for (const network of networks.slice(1)) {
    const scores = scoreBy(network, inputs);
    for (let row = 0; row < sums.length; row++) sums[row]! += scores[row]!;
  }
  return networks.length === 1 ? sums : sums.map((sum) => sum / networks.length);
}

/**
 * How far the networks of an ensemble disagree: the standard deviation of their log-odds, [n × 4] → [n].
 * Networks trained on different examples agree where there is enough evidence (Lakshminarayanan et al.,
 * 2017). Zeros for a single network.
 */
export function uncertainty(networks: readonly Network[], inputs: Float32Array): Float32Array {
  if (networks.length === 1) return new Float32Array(inputs.length / INPUTS);
  const scores = networks.map((network) => scoreBy(network, inputs));
  return Float32Array.from({ length: inputs.length / INPUTS }, (_, row) => {
    const mean = scores.reduce((sum, own) => sum + own[row]!, 0) / scores.length;
    const variance = scores.reduce((sum, own) => sum + (own[row]! - mean) ** 2, 0) / scores.length;
    return Math.sqrt(variance);
  });
}

function scoreBy(network: Network, inputs: Float32Array): Float32Array {
  const scores = new Float32Array(inputs.length / INPUTS);
  const logits = new Float64Array(OUTPUTS);
  for (let row = 0; row < scores.length; row++) {
    writeLogits(network, inputs, row * INPUTS, logits);
    scores[row] = logOddsOf(logits);
  }
  return scores;
}
