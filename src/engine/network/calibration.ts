import { OUTPUTS } from "./network.ts";

/**
 * Total weight of the ignored products of one interaction, in interactions, however many were drawn, so
 * that a network always learns odds against this many.
 */
export const NEGATIVES_WEIGHT = 16;

/**
 * Corrects outcome probabilities for negative sampling: a network learned the odds of an interaction
 * against `NEGATIVES_WEIGHT` ignored products, but in reality all other candidates are ignored. The
 * ignore odds grow by (candidates − 1) / NEGATIVES_WEIGHT, never shrinking (prior correction, King and
 * Zeng, 2001). The order of products does not change.
 * @param probabilities 5 outcome probabilities of a network, ignore first.
 * @returns 5 probabilities that sum to 1.
 */
export function correctForNegativeSampling(
  probabilities: Float64Array,
  candidates: number,
): Float64Array {
  const factor = Math.max(1, (candidates - 1) / NEGATIVES_WEIGHT);
  const ignored = probabilities[0]! * factor;
  const total = 1 - probabilities[0]! + ignored;
  const corrected = new Float64Array(OUTPUTS);
  corrected[0] = ignored / total;
  for (let output = 1; output < OUTPUTS; output++)
    corrected[output] = probabilities[output]! / total;
  return corrected;
}
