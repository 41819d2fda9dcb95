/** What is regressed: how the mean, its slope and the variance follow from the linear predictor. */
export interface Family {
  /** The linear predictor that has a mean: the inverse of `mean`. */
  link(mean: number): number;
  mean(predictor: number): number;
  /** Derivative of the mean by the predictor. */
  slope(predictor: number): number;
  variance(mean: number): number;
}

const BOUND = 30;
const clamp = (value: number) => Math.max(-BOUND, Math.min(BOUND, value));

/** Counts and amounts with a logarithmic link; for amounts a quasi-likelihood. */
export const POISSON: Family = {
  link: (mean) => Math.log(mean),
  mean: (predictor) => Math.exp(clamp(predictor)),
  slope: (predictor) => Math.exp(clamp(predictor)),
  variance: (mean) => mean,
};

/** Yes or no with the logistic link. */
export const LOGISTIC: Family = {
  link: (mean) => Math.log(mean / (1 - mean)),
  mean: (predictor) => 1 / (1 + Math.exp(-clamp(predictor))),
  slope: (predictor) => {
    const mean = 1 / (1 + Math.exp(-clamp(predictor)));
    return mean * (1 - mean);
  },
  variance: (mean) => Math.max(1e-12, mean * (1 - mean)),
};

/** Yes or no as "at least one" of a count with a logarithmic link (complementary log-log). */
export const AT_LEAST_ONE: Family = {
  link: (mean) => Math.log(-Math.log1p(-mean)),
  mean: (predictor) => -Math.expm1(-Math.exp(clamp(predictor))),
  slope: (predictor) => Math.exp(clamp(predictor) - Math.exp(clamp(predictor))),
  variance: (mean) => Math.max(1e-12, mean * (1 - mean)),
};

export interface Regression {
  family: Family;
  /** One row of facts for each target. */
  rows: readonly (readonly number[])[];
  targets: readonly number[];
  /** Added to each linear predictor. */
  offsets?: readonly number[];
  /** Mean 1; absent: all alike. */
  weights?: readonly number[];
  /** Pull of each coefficient but the constant to 0, as a share of the rows. */
  ridge?: number;
}

const STEPS = 50;
/** A longer step may overshoot where the likelihood is far from a parabola. */
const MAX_MOVE = 1;

/**
 * A generalized linear model by Fisher scoring (Nelder and Wedderburn, 1972): the constant, then a
 * coefficient for each fact. Facts are brought to a common scale for the pull to 0.
 */
export function fitRegression({
  family,
  rows,
  targets,
  offsets,
  weights,
  ridge = 1e-3,
}: Regression): number[] {
  const scales = scalesOf(rows);
  const columns = rows.map((row) => [1, ...row.map((value, at) => value / scales[at]!)]);
  const size = columns[0]!.length;
  const start = startOf(family, targets, offsets);
  let beta = [start, ...new Array<number>(size - 1).fill(0)];
  for (let step = 0; step < STEPS; step++) {
    const information = Array.from({ length: size }, () => new Array<number>(size).fill(0));
    const score = new Array<number>(size).fill(0);
    columns.forEach((row, index) => {
      const predictor = dot(beta, row) + (offsets?.[index] ?? 0);
      const mean = family.mean(predictor);
      const slope = family.slope(predictor);
      const own = weights?.[index] ?? 1;
      const share = (own * slope) / family.variance(mean);
      addOuter(information, score, row, {
        bend: share * slope,
        pull: share * (targets[index]! - mean),
      });
    });
    for (let at = 0; at < size; at++) {
      // The constant is hardly pulled: enough to keep the matrix regular where a fact never varies.
      const own = rows.length * (at === 0 ? 1e-9 : ridge);
      information[at]![at]! += own;
      score[at]! -= own * beta[at]!;
    }
    const move = solve(information, score).map((value) =>
      Math.max(-MAX_MOVE, Math.min(MAX_MOVE, value)),
    );
    beta = beta.map((value, at) => value + move[at]!);
    if (move.every((value) => Math.abs(value) < 1e-9)) break;
  }
  return beta.map((value, at) => (at === 0 ? value : value / scales[at - 1]!));
}

/** The constant that fits where no fact counts: far from it, a slope may vanish and the steps go astray. */
function startOf(family: Family, targets: readonly number[], offsets: readonly number[] = []) {
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const offset = offsets.reduce((sum, value) => sum + value, 0) / targets.length;
  const bounded = Math.max(1e-4, family === POISSON ? mean : Math.min(1 - 1e-4, mean));
  return family.link(bounded) - offset;
}

function addOuter(
  information: number[][],
  score: number[],
  row: readonly number[],
  { bend, pull }: { bend: number; pull: number },
): void {
  for (let at = 0; at < row.length; at++) {
    score[at]! += pull * row[at]!;
    const own = bend * row[at]!;
    for (let other = 0; other < row.length; other++) information[at]![other]! += own * row[other]!;
  }
}

/** The spread of each column; 1 where it never varies. */
function scalesOf(rows: readonly (readonly number[])[]): number[] {
  return (rows[0] ?? []).map((_, at) => {
    const mean = rows.reduce((sum, row) => sum + row[at]!, 0) / rows.length;
    const square = rows.reduce((sum, row) => sum + (row[at]! - mean) ** 2, 0) / rows.length;
    return square > 1e-18 ? Math.sqrt(square) : 1;
  });
}

function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < left.length; at++) sum += left[at]! * right[at]!;
  return sum;
}

/** Solves a symmetric positive definite system by Cholesky's method. */
function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const size = vector.length;
  const lower = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row]![column]!;
      for (let at = 0; at < column; at++) rest -= lower[row]![at]! * lower[column]![at]!;
      lower[row]![column] =
        row === column ? Math.sqrt(Math.max(rest, 1e-12)) : rest / lower[column]![column]!;
    }
  }
  const forward: number[] = [];
  for (let row = 0; row < size; row++) {
    let rest = vector[row]!;
    for (let at = 0; at < row; at++) rest -= lower[row]![at]! * forward[at]!;
    forward.push(rest / lower[row]![row]!);
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = forward[row]!;
    for (let at = row + 1; at < size; at++) rest -= lower[at]![row]! * solution[at]!;
    solution[row] = rest / lower[row]![row]!;
  }
  return solution;
}
