import type { ExampleSet } from "../../engine/learning/examples.ts";
import { INPUTS } from "../../engine/network/network.ts";
import type { ScoreInputs } from "./engineSystem.ts";

const STEPS = 25;
/** Keeps the curvature invertible where an input never varies. */
const RIDGE = 1e-6;

/**
 * Logistic regression on the four inputs (interaction or ignored), fitted by Newton's method: the best
 * linear model of them.
 */
export function fitLogistic(examples: ExampleSet): Float64Array {
  const size = INPUTS + 1;
  const coefficients = new Float64Array(size);
  for (let step = 0; step < STEPS; step++) {
    const gradient = coefficients.map((value) => -RIDGE * value);
    const curvature = Array.from({ length: size }, (_, row) =>
      Float64Array.from({ length: size }, (_, column) => (row === column ? RIDGE : 0)),
    );
    for (let index = 0; index < examples.size; index++) {
      const x = [1, ...examples.inputs.subarray(index * INPUTS, (index + 1) * INPUTS)];
      const weight = examples.weights[index]! / examples.size;
      const chance = 1 / (1 + Math.exp(-dot(coefficients, x)));
      const isInteraction = examples.outcomes[index]! > 0 ? 1 : 0;
      const bend = weight * chance * (1 - chance);
      for (let row = 0; row < size; row++) {
        gradient[row]! += weight * (isInteraction - chance) * x[row]!;
        for (let column = 0; column < size; column++) {
          curvature[row]![column]! += bend * x[row]! * x[column]!;
        }
      }
    }
    const move = solve(curvature, gradient);
    for (let row = 0; row < size; row++) coefficients[row]! += move[row]!;
    if (move.every((value) => Math.abs(value) < 1e-8)) break;
  }
  return coefficients;
}

export function byLogistic(coefficients: Float64Array): ScoreInputs {
  return (inputs) =>
    Float32Array.from({ length: inputs.length / INPUTS }, (_, row) =>
      dot(coefficients, [1, ...inputs.subarray(row * INPUTS, (row + 1) * INPUTS)]),
    );
}

function dot(left: ArrayLike<number>, right: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < left.length; index++) sum += left[index]! * right[index]!;
  return sum;
}

/** Gaussian elimination with pivoting; it overwrites the matrix and the vector. */
function solve(matrix: Float64Array[], vector: Float64Array): Float64Array {
  const size = vector.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    [vector[column], vector[pivot]] = [vector[pivot]!, vector[column]!];
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row]![column]! / matrix[column]![column]!;
      for (let next = column; next < size; next++) {
        matrix[row]![next]! -= factor * matrix[column]![next]!;
      }
      vector[row]! -= factor * vector[column]!;
    }
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    let rest = vector[row]!;
    for (let column = row + 1; column < size; column++) {
      rest -= matrix[row]![column]! * solution[column]!;
    }
    solution[row] = rest / matrix[row]![row]!;
  }
  return solution;
}
