import type { Random } from "../kit/random.ts";
import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUTS,
  NETWORK_SIZE,
  OUTPUT_BIAS,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "../network/network.ts";

/** Fresh weights: Glorot uniform kernels (Glorot and Bengio, 2010), zero biases. */
export function initialWeights(random: Random): Float32Array {
  const weights = new Float32Array(NETWORK_SIZE);
  fillGlorot(weights.subarray(0, HIDDEN_BIAS), INPUTS + HIDDEN, random);
  fillGlorot(weights.subarray(OUTPUT_KERNEL, OUTPUT_BIAS), HIDDEN + OUTPUTS, random);
  return weights;
}

function fillGlorot(kernel: Float32Array, fan: number, random: Random): void {
  const limit = Math.sqrt(6 / fan);
  for (let index = 0; index < kernel.length; index++)
    kernel[index] = (2 * random.next() - 1) * limit;
}
