import {
  HIDDEN,
  HIDDEN_BIAS,
  INPUT_NAMES,
  INPUTS,
  type InputName,
  type Network,
  predict,
} from "vitrine/inspect";

/** The activity inside a network while it scores one product. */
export interface Activity {
  /** [4], each in [0, 1]. */
  inputs: number[];
  /** [10], after the activation function. */
  hidden: number[];
  /** [5], summing to 1. */
  outcomes: number[];
}

export function activityOf(network: Network, given: Record<InputName, number>): Activity {
  const inputs = INPUT_NAMES.map((name) => given[name]);
  const hidden = Array.from({ length: HIDDEN }, (_, unit) => activation(network, inputs, unit));
  return { inputs, hidden, outcomes: [...predict(network, Float32Array.from(inputs))] };
}

function activation(
  { weights, activation: kind }: Network,
  inputs: number[],
  unit: number,
): number {
  let sum = weights[HIDDEN_BIAS + unit]!;
  for (let input = 0; input < INPUTS; input++)
    sum += inputs[input]! * weights[input * HIDDEN + unit]!;
  return kind === "relu" ? Math.max(0, sum) : 1 / (1 + Math.exp(-sum));
}
