import { FieldError } from "../kit/fields.ts";
import { createRandom, type Random } from "../kit/random.ts";
import { INPUT_NAMES, INPUTS, type InputName, type Network } from "../network/network.ts";
import { candidatesOf } from "../ranking/candidates.ts";
import { exactScore } from "../ranking/explain.ts";
import { inputsOf } from "../ranking/features.ts";
import { shopperContextOf } from "../ranking/shopperContext.ts";
import type { ShelfSources } from "../ranking/slatePolicy.ts";

/**
 * Simpler models of the network, each with its fidelity: R², 1 if it matches the network, 0 if it is no
 * better than the mean score. Explanations from them are only as good as that.
 */
export interface LocalSurrogate {
  /** Log-odds gained per unit of an input, near the product's own inputs. */
  slopes: Record<InputName, number>;
  intercept: number;
  /** R² on samples that the fit did not see, weighted by closeness. */
  fidelity: number;
}

export type TreeNode =
  | { logOdds: number; share: number }
  /** `below`: the input is less than the threshold. */
  | { input: InputName; threshold: number; below: TreeNode; above: TreeNode };

export interface TreeSurrogate {
  root: TreeNode;
  /** R² on products that the tree was not grown on. */
  fidelity: number;
}

const SAMPLES = 600;
/** The neighborhood's width around a product, in units of an input. */
const KERNEL_WIDTH = 0.25;
const THRESHOLDS = 16;
const MIN_LEAF = 5;

/**
 * LIME (Ribeiro, Singh and Guestrin, 2016): a line fitted to the network's scores of synthetic products
 * around one, with more weight for closer ones (Gaussian kernel). Every second sample only measures
 * fidelity.
 */
export function fitLocal(
  networks: readonly Network[],
  inputs: Float32Array,
  seed = 1,
): LocalSurrogate {
  const points = samplesAround(inputs, createRandom(seed));
  const scores = exactScore(networks, points);
  const weights = Float64Array.from(scores, (_, index) => closeness(inputs, points, index));
  const isKept = (index: number) => index % 2 === 0;
  const [intercept, ...slopes] = leastSquares(
    points,
    scores,
    weights.map((weight, index) => (isKept(index) ? weight : 0)),
  );
  const predicted = Float64Array.from(scores, (_, index) =>
    slopes.reduce((sum, slope, input) => sum + slope * points[index * INPUTS + input]!, intercept!),
  );
  const heldOut = weights.map((weight, index) => (isKept(index) ? 0 : weight));
  return {
    slopes: Object.fromEntries(
      INPUT_NAMES.map((name, index) => [name, slopes[index]!]),
    ) as LocalSurrogate["slopes"],
    intercept: intercept!,
    fidelity: rSquared(scores, predicted, heldOut),
  };
}

/** A regression tree on the network's scores of products, [n × 4]; every third only measures fidelity. */
export function fitTree(
  networks: readonly Network[],
  inputs: Float32Array,
  depth = 3,
): TreeSurrogate {
  const scores = exactScore(networks, inputs);
  const rows = Array.from(scores.keys());
  const grown = rows.filter((row) => row % 3 !== 0);
  const root = growTree(grown, { inputs, scores, size: grown.length, depth });
  const predicted = scores.map((_, row) => leafOf(root, inputs, row).logOdds);
  const weights = Float64Array.from(rows, (row) => (row % 3 === 0 ? 1 : 0));
  return { root, fidelity: rSquared(scores, predicted, weights) };
}

/** Both models, for a product and the current candidates. @throws {FieldError} for an unknown product. */
export function surrogateModelsOf(
  productId: string,
  { catalog, history, pack, popularRows, networks, at }: ShelfSources & { at: number },
): { local: LocalSurrogate; tree: TreeSurrogate } {
  const row = catalog.rowOf(productId);
  if (row === undefined) throw new FieldError("productId", productId, "a product of the catalog");
  const context = shopperContextOf(history, { catalog, pack, at });
  return {
    local: fitLocal(networks, inputsOf(context, [row])),
    tree: fitTree(networks, inputsOf(context, candidatesOf(context, popularRows))),
  };
}

interface Growth {
  inputs: Float32Array;
  scores: Float64Array;
  size: number;
  depth: number;
}

function growTree(rows: readonly number[], growth: Growth): TreeNode {
  const { inputs, scores, size, depth } = growth;
  const split = depth > 0 ? bestSplit(rows, growth) : undefined;
  if (split === undefined) {
    return { logOdds: meanOf(rows, scores), share: size === 0 ? 0 : rows.length / size };
  }
  const isBelow = (row: number) => inputs[row * INPUTS + split.input]! < split.threshold;
  const deeper = { ...growth, depth: depth - 1 };
  return {
    input: INPUT_NAMES[split.input]!,
    threshold: split.threshold,
    below: growTree(rows.filter(isBelow), deeper),
    above: growTree(
      rows.filter((row) => !isBelow(row)),
      deeper,
    ),
  };
}

/** The split with the least squared error, among evenly spaced thresholds. */
function bestSplit(rows: readonly number[], { inputs, scores }: Growth) {
  let best: { input: number; threshold: number } | undefined;
  let min = errorOf(rows, scores) - 1e-9;
  for (let input = 0; input < INPUTS; input++) {
    for (let step = 1; step < THRESHOLDS; step++) {
      const threshold = step / THRESHOLDS;
      const below = rows.filter((row) => inputs[row * INPUTS + input]! < threshold);
      if (below.length < MIN_LEAF || rows.length - below.length < MIN_LEAF) continue;
      const above = rows.filter((row) => inputs[row * INPUTS + input]! >= threshold);
      const error = errorOf(below, scores) + errorOf(above, scores);
      if (error < min) [best, min] = [{ input, threshold }, error];
    }
  }
  return best;
}

function leafOf(node: TreeNode, inputs: Float32Array, row: number): { logOdds: number } {
  if (!("input" in node)) return node;
  const value = inputs[row * INPUTS + INPUT_NAMES.indexOf(node.input)]!;
  return leafOf(value < node.threshold ? node.below : node.above, inputs, row);
}

function meanOf(rows: readonly number[], scores: Float64Array): number {
  return rows.reduce((sum, row) => sum + scores[row]!, 0) / Math.max(1, rows.length);
}

function errorOf(rows: readonly number[], scores: Float64Array): number {
  const mean = meanOf(rows, scores);
  return rows.reduce((sum, row) => sum + (scores[row]! - mean) ** 2, 0);
}

/** Inputs shifted by up to twice the kernel's width, clamped to [0, 1]. */
function samplesAround(inputs: Float32Array, random: Random): Float32Array {
  return Float32Array.from({ length: SAMPLES * INPUTS }, (_, index) => {
    const moved = inputs[index % INPUTS]! + 4 * KERNEL_WIDTH * (random.next() - 0.5);
    return Math.min(1, Math.max(0, moved));
  });
}

function closeness(center: Float32Array, points: Float32Array, index: number): number {
  let squared = 0;
  for (let input = 0; input < INPUTS; input++) {
    squared += (points[index * INPUTS + input]! - center[input]!) ** 2;
  }
  return Math.exp(-squared / (2 * KERNEL_WIDTH ** 2));
}

/** Weighted: [intercept, slope of each input], from the normal equations with a little ridge. */
function leastSquares(points: Float32Array, scores: Float64Array, weights: Float64Array): number[] {
  const size = INPUTS + 1;
  const matrix = Array.from({ length: size }, (_, row) =>
    Array.from({ length: size + 1 }, (_, column) => (row === column ? 1e-6 : 0)),
  );
  scores.forEach((score, index) => {
    const terms = [1, ...points.subarray(index * INPUTS, (index + 1) * INPUTS)];
    terms.forEach((left, row) => {
      [...terms, score].forEach((right, column) => {
        matrix[row]![column]! += weights[index]! * left * right;
      });
    });
  });
  return solve(matrix);
}

/** Gauss–Jordan on a positive definite [n × (n + 1)] system. */
function solve(matrix: number[][]): number[] {
  matrix.forEach((pivotRow, pivot) => {
    const scale = pivotRow[pivot]!;
    for (let column = 0; column < pivotRow.length; column++) pivotRow[column]! /= scale;
    matrix.forEach((row, index) => {
      const factor = row[pivot]!;
      if (index === pivot) return;
      for (let column = 0; column < row.length; column++)
        row[column]! -= factor * pivotRow[column]!;
    });
  });
  return matrix.map((row) => row.at(-1)!);
}

/** Weighted share of the scores' variance that the predictions explain; 1 where there is none. */
function rSquared(scores: Float64Array, predicted: Float64Array, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = scores.reduce((sum, score, index) => sum + weights[index]! * score, 0) / total;
  let [left, all] = [0, 0];
  scores.forEach((score, index) => {
    left += weights[index]! * (score - predicted[index]!) ** 2;
    all += weights[index]! * (score - mean) ** 2;
  });
  return all < 1e-12 ? 1 : 1 - left / all;
}
