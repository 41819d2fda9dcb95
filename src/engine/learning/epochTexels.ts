import { VitrineError } from "../kit/message.ts";
import { INPUTS, NETWORK_SIZE } from "../network/network.ts";
import {
  LOSS_SLOT,
  ORDER_WIDTH,
  PLANE,
  STATE_ROWS,
  STEP_SLOT,
  stateCell,
  stateWidth,
} from "./epochShader.ts";
import { epochOrder, type TrainedEpoch, type TrainingRun, type TrainingState } from "./training.ts";

/** An epoch's inputs, as the shader reads them (`epochShader.ts`); two texels per example. */
export function exampleTexels({ examples }: TrainingRun): Float32Array {
  const numbers = new Float32Array(8 * examples.size);
  for (let example = 0; example < examples.size; example++) {
    numbers.set(examples.inputs.subarray(example * INPUTS, (example + 1) * INPUTS), 8 * example);
    numbers[8 * example + 4] = examples.outcomes[example]!;
    numbers[8 * example + 5] = examples.weights[example]!;
  }
  return numbers;
}

/** The number of texel rows for one network's order of examples. */
export function orderRows(count: number): number {
  return Math.max(1, Math.ceil(count / (4 * ORDER_WIDTH)));
}

export function orderTexels(run: TrainingRun, epoch: number): Float32Array {
  const { networks } = run.options;
  const perNetwork = 4 * ORDER_WIDTH * orderRows(run.members[0]!.length);
  const numbers = new Float32Array(perNetwork * networks);
  for (let k = 0; k < networks; k++) numbers.set(epochOrder(run, k, epoch), perNetwork * k);
  return numbers;
}

/** The position of number `p` of plane 0 (weights), 1 or 2 (moments) of network k in the state. */
function addressIn(run: TrainingRun, layers: number) {
  const width = stateWidth(layers);
  const height = STATE_ROWS * run.options.networks;
  return (plane: number, p: number, k: number): number => {
    const { column, row, layer } = stateCell(plane * PLANE + (p >> 2), k, layers);
    return 4 * ((layer * height + row) * width + column) + (p & 3);
  };
}

export function stateTexels(run: TrainingRun, state: Readonly<TrainingState>, layers: number) {
  const { networks } = run.options;
  const address = addressIn(run, layers);
  const numbers = new Float32Array(4 * stateWidth(layers) * STATE_ROWS * networks * layers);
  [state.weights, state.firstMoment, state.secondMoment].forEach((values, plane) => {
    values.forEach((value, index) => {
      numbers[address(plane, index % NETWORK_SIZE, Math.floor(index / NETWORK_SIZE))] = value;
    });
  });
  return numbers;
}

/** @throws if the state is not at the expected step, because a draw did not happen. */
export function parseState(
  run: TrainingRun,
  numbers: Float32Array,
  { step, layers }: { step: number; layers: number },
): TrainedEpoch {
  const { networks } = run.options;
  const address = addressIn(run, layers);
  let loss = 0;
  for (let k = 0; k < networks; k++) {
    const found = numbers[address(0, STEP_SLOT, k)];
    if (found !== step)
      throw new VitrineError(
        "gpu-out-of-step",
        `the GPU is at step ${found}, expected ${step}`,
        {},
      );
    loss += numbers[address(0, LOSS_SLOT, k)]!;
  }
  const plane = (which: number) =>
    Float64Array.from({ length: networks * NETWORK_SIZE }, (_, index) => {
      return numbers[address(which, index % NETWORK_SIZE, Math.floor(index / NETWORK_SIZE))]!;
    });
  return {
    step,
    weights: plane(0),
    firstMoment: plane(1),
    secondMoment: plane(2),
    loss: loss / (networks * run.members[0]!.length),
  };
}
