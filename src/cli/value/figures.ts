import { createRandom } from "../../engine/kit/random.ts";

/** Pearson's correlation; NaN where one side never varies. */
export function correlation(left: readonly number[], right: readonly number[]): number {
  const [meanLeft, meanRight] = [mean(left), mean(right)];
  let both = 0;
  let ownLeft = 0;
  let ownRight = 0;
  left.forEach((value, index) => {
    const [fromLeft, fromRight] = [value - meanLeft, right[index]! - meanRight];
    both += fromLeft * fromRight;
    ownLeft += fromLeft ** 2;
    ownRight += fromRight ** 2;
  });
  return both / Math.sqrt(ownLeft * ownRight);
}

/** Spearman's correlation: of ranks, equal values sharing their mean rank. */
export function rankCorrelation(left: readonly number[], right: readonly number[]): number {
  return correlation(ranks(left), ranks(right));
}

/** Ranks from 1, equal values sharing their mean rank. */
export function ranks(values: readonly number[]): number[] {
  const order = values
    .map((_, index) => index)
    .sort((left, right) => values[left]! - values[right]!);
  const own = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) own[order[at]!] = (from + to + 1) / 2;
    from = to;
  }
  return own;
}

/** Area under the ROC curve: the chance that a hit has the higher score (Mann and Whitney, 1947). */
export function areaUnderCurve(scores: readonly number[], hits: readonly boolean[]): number {
  const own = ranks(scores);
  const count = hits.filter(Boolean).length;
  const sum = own.reduce((total, rank, index) => total + (hits[index] ? rank : 0), 0);
  return (sum - (count * (count + 1)) / 2) / (count * (hits.length - count));
}

/** Mean squared error of chances (Brier, 1950). */
export function brierScore(chances: readonly number[], hits: readonly boolean[]): number {
  return mean(chances.map((chance, index) => (chance - (hits[index] ? 1 : 0)) ** 2));
}

/** Cards of a reliability plot: mean chance and share of hits of a tenth of the cases. */
export interface ReliabilityBin {
  cases: number;
  predicted: number;
  observed: number;
}

/** Ten bins of equal size by chance; cases with equal chances may be split between two. */
export function reliabilityBins(
  chances: readonly number[],
  hits: readonly boolean[],
  bins = 10,
): ReliabilityBin[] {
  const order = chances.map((_, index) => index).sort((a, b) => chances[a]! - chances[b]!);
  return Array.from({ length: bins }, (_, bin) => {
    const from = Math.floor((bin * order.length) / bins);
    const own = order.slice(from, Math.floor(((bin + 1) * order.length) / bins));
    return {
      cases: own.length,
      predicted: mean(own.map((index) => chances[index]!)),
      observed: mean(own.map((index) => (hits[index] ? 1 : 0))),
    };
  }).filter(({ cases }) => cases > 0);
}

/** Expected calibration error over `reliabilityBins` (Naeini, Cooper and Hauskrecht, 2015). */
export function calibrationError(chances: readonly number[], hits: readonly boolean[]): number {
  return reliabilityBins(chances, hits).reduce(
    (sum, { cases, predicted, observed }) =>
      sum + (cases / chances.length) * Math.abs(predicted - observed),
    0,
  );
}

/** The share of all value that those with the highest scores hold. */
export function shareOfTop(
  scores: readonly number[],
  values: readonly number[],
  share = 0.1,
): number {
  const order = scores.map((_, index) => index).sort((a, b) => scores[b]! - scores[a]!);
  const top = order.slice(0, Math.round(order.length * share));
  const held = top.reduce((sum, index) => sum + values[index]!, 0);
  return held / values.reduce((sum, value) => sum + value, 0);
}

export function meanAbsoluteError(predicted: readonly number[], actual: readonly number[]): number {
  return mean(predicted.map((value, index) => Math.abs(value - actual[index]!)));
}

/** How much the sum of predictions exceeds the actual sum, as a share of it. */
export function bias(predicted: readonly number[], actual: readonly number[]): number {
  return mean(predicted) / mean(actual) - 1;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The 95 % bootstrap interval of a figure: its cases are resampled with replacement (Efron, 1979).
 * @param measure the figure of cases, given by index; draws for which it is not finite are left out.
 */
export function bootstrapInterval(
  cases: number,
  measure: (drawn: readonly number[]) => number,
  { draws = 300, seed = 1 }: { draws?: number; seed?: number } = {},
): [low: number, high: number] {
  const random = createRandom(seed);
  const figures = Array.from({ length: draws }, () =>
    measure(Array.from({ length: cases }, () => random.integer(cases))),
  )
    .filter(Number.isFinite)
    .sort((left, right) => left - right);
  const at = (share: number) => figures[Math.floor(share * (figures.length - 1))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}
