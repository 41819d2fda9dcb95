/** A family of distributions: how the mean, its slope and the variance depend on the linear predictor. */
export interface Family {
  /** The linear predictor for a mean: the inverse of `mean`. */
  link(mean: number): number;
  mean(predictor: number): number;
  /** Derivative of the mean by the predictor. */
  slope(predictor: number): number;
  variance(mean: number): number;
  /** The loss to minimize: −ln likelihood of a target, up to a constant. */
  loss(mean: number, target: number): number;
}

const BOUND = 30;
const clamp = (value: number) => Math.max(-BOUND, Math.min(BOUND, value));

/** Counts and amounts with a logarithmic link; for amounts a quasi-likelihood. */
export const POISSON: Family = {
  link: (mean) => Math.log(mean),
  mean: (predictor) => Math.exp(clamp(predictor)),
  slope: (predictor) => Math.exp(clamp(predictor)),
  variance: (mean) => mean,
  loss: (mean, target) => mean - target * Math.log(mean),
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
  loss: logLoss,
};

/** Yes or no as "at least one" of a count with a logarithmic link (complementary log-log). */
export const AT_LEAST_ONE: Family = {
  link: (mean) => Math.log(-Math.log1p(-mean)),
  mean: (predictor) => -Math.expm1(-Math.exp(clamp(predictor))),
  slope: (predictor) => Math.exp(clamp(predictor) - Math.exp(clamp(predictor))),
  variance: (mean) => Math.max(1e-12, mean * (1 - mean)),
  loss: logLoss,
};

function logLoss(mean: number, target: number): number {
  const [hit, miss] = [mean, 1 - mean].map((chance) => Math.log(Math.max(1e-12, chance)));
  return -target * hit! - (1 - target) * miss!;
}

export interface Regression {
  family: Family;
  /** One row of facts for each target. */
  rows: readonly (readonly number[])[];
  targets: readonly number[];
  /** Added to each linear predictor. */
  offsets?: readonly number[];
  /** Their mean is 1; default: all equal. */
  weights?: readonly number[];
  /** Shrinkage of each coefficient except the constant towards 0, as a share of the rows. */
  ridge?: number;
}

const STEPS = 50;

/**
 * A generalized linear model by Fisher scoring (Nelder and Wedderburn, 1972): the constant, then a
 * coefficient for each fact. Facts are standardized for the shrinkage.
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
  const job: Job = { family, columns, targets, offsets, weights, ridge };
  const start = startOf(family, targets, offsets);
  let beta = columns[0]!.map((_, at) => (at === 0 ? start : 0));
  let loss = lossOf(job, beta);
  for (let step = 0; step < STEPS; step++) {
    const next = downhill(job, { beta, loss, move: moveOf(job, beta) });
    const gain = loss - next.loss;
    ({ beta, loss } = next);
    if (gain <= 1e-12 * Math.abs(loss)) break;
  }
  return beta.map((value, at) => (at === 0 ? value : value / scales[at - 1]!));
}

interface Job {
  family: Family;
  columns: readonly (readonly number[])[];
  targets: readonly number[];
  offsets: readonly number[] | undefined;
  weights: readonly number[] | undefined;
  ridge: number;
}

/** The shrinkage of a coefficient; of the constant only enough to keep the matrix regular. */
function pullOf({ columns, ridge }: Job, at: number): number {
  return columns.length * (at === 0 ? 1e-9 : ridge);
}

function lossOf(job: Job, beta: readonly number[]): number {
  const { family, columns, targets, offsets, weights } = job;
  let loss = 0;
  columns.forEach((row, index) => {
    const mean = family.mean(dot(beta, row) + (offsets?.[index] ?? 0));
    loss += (weights?.[index] ?? 1) * family.loss(mean, targets[index]!);
  });
  return beta.reduce((sum, value, at) => sum + (pullOf(job, at) * value ** 2) / 2, loss);
}

/** One step of Fisher scoring. */
function moveOf(job: Job, beta: readonly number[]): number[] {
  const { family, columns, targets, offsets, weights } = job;
  const information = beta.map(() => new Array<number>(beta.length).fill(0));
  const score = new Array<number>(beta.length).fill(0);
  columns.forEach((row, index) => {
    const predictor = dot(beta, row) + (offsets?.[index] ?? 0);
    const mean = family.mean(predictor);
    const slope = family.slope(predictor);
    const share = ((weights?.[index] ?? 1) * slope) / family.variance(mean);
    addOuter(information, row, share * slope);
    row.forEach((value, at) => {
      score[at]! += share * (targets[index]! - mean) * value;
    });
  });
  beta.forEach((value, at) => {
    information[at]![at]! += pullOf(job, at);
    score[at]! -= pullOf(job, at) * value;
  });
  return solve(information, score);
}

/** Takes a step, halving it as long as it leads uphill. */
function downhill(
  job: Job,
  { beta, loss, move }: { beta: number[]; loss: number; move: readonly number[] },
): { beta: number[]; loss: number } {
  for (let share = 1; share > 1e-4; share /= 2) {
    const at = beta.map((value, index) => value + share * move[index]!);
    const reached = lossOf(job, at);
    if (reached < loss) return { beta: at, loss: reached };
  }
  return { beta, loss };
}

/** The constant that fits best without any facts: starting far from it, a slope may vanish and the steps diverge. */
function startOf(family: Family, targets: readonly number[], offsets: readonly number[] = []) {
  const mean = targets.reduce((sum, value) => sum + value, 0) / targets.length;
  const offset = offsets.reduce((sum, value) => sum + value, 0) / targets.length;
  const bounded = Math.max(1e-4, family === POISSON ? mean : Math.min(1 - 1e-4, mean));
  return family.link(bounded) - offset;
}

function addOuter(matrix: number[][], row: readonly number[], scale: number): void {
  for (let at = 0; at < row.length; at++) {
    const own = scale * row[at]!;
    for (let other = 0; other < row.length; other++) matrix[at]![other]! += own * row[other]!;
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
