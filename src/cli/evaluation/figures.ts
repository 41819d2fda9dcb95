import { createRandom } from "../../engine/kit/random.ts";

/** The result of one query. */
export interface Answer {
  /** Place of the next product, from 1; 0 if it is not among the first `TOP`. */
  place: number;
  /** Whether the shopper had interacted with it before. */
  isRepeat: boolean;
  /** Place of a new product where all products interacted with are kept off; 0 for a repeat. */
  newPlace: number;
  /** Whether the system scored it at all. */
  isCandidate: boolean;
  /** Distinct products that the shopper had interacted with so far. */
  known: number;
  /** How many of them were among the first `TOP`. */
  own: number;
  /** The chance of a repeat, where the system estimated it. */
  chance?: number;
}

/** The number of cards evaluated. */
export const TOP = 20;

/** Figures as the JSON names them; shares in [0, 1]. */
export interface Figures {
  hr5: number;
  hr20: number;
  mrr20: number;
  ndcg20: number;
  hr20Repeat: number;
  hr20Discovery: number;
}

/** Sums over queries, which `figuresOf` divides; kept per session for the bootstrap. */
export interface Tally {
  queries: number;
  repeats: number;
  hits5: number;
  hits20: number;
  reciprocal: number;
  gain: number;
  repeatHits: number;
}

export function tallyOf(answers: readonly Pick<Answer, "place" | "isRepeat">[]): Tally {
  const tally = emptyTally();
  for (const { place, isRepeat } of answers) {
    tally.queries++;
    if (isRepeat) tally.repeats++;
    if (place === 0) continue;
    tally.hits20++;
    if (isRepeat) tally.repeatHits++;
    if (place <= 5) tally.hits5++;
    tally.reciprocal += 1 / place;
    // Only one product is correct, so the ideal gain is 1.
    tally.gain += 1 / Math.log2(place + 1);
  }
  return tally;
}

export function figuresOf(tallies: readonly Tally[]): Figures {
  const sum = emptyTally();
  for (const tally of tallies) addTally(sum, tally);
  const discoveries = sum.queries - sum.repeats;
  return {
    hr5: share(sum.hits5, sum.queries),
    hr20: share(sum.hits20, sum.queries),
    mrr20: share(sum.reciprocal, sum.queries),
    ndcg20: share(sum.gain, sum.queries),
    hr20Repeat: share(sum.repeatHits, sum.repeats),
    hr20Discovery: share(sum.hits20 - sum.repeatHits, discoveries),
  };
}

/** The middle 95 % of a figure when the sessions are resampled with replacement. */
export type Interval = readonly [low: number, high: number];

/**
 * Percentile bootstrap (Efron, 1979) by session: queries of one session are not independent. The same
 * seed draws the same sessions for every system, so intervals are comparable.
 */
export function bootstrap<Own, Name extends string>(
  tallies: readonly Own[],
  figures: (drawn: readonly Own[]) => Record<Name, number>,
  { draws = 500, seed = 1 }: { draws?: number; seed?: number } = {},
): Record<Name, Interval> {
  const random = createRandom(seed);
  const drawn = Array.from({ length: draws }, () =>
    figures(tallies.map(() => tallies[random.integer(tallies.length)]!)),
  );
  const names = Object.keys(drawn[0]!) as Name[];
  const intervals = names.map((name): [Name, Interval] => {
    const values = drawn.map((one) => one[name]).sort((left, right) => left - right);
    return [name, [quantile(values, 0.025), quantile(values, 0.975)]];
  });
  return Object.fromEntries(intervals) as Record<Name, Interval>;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.round(share * (sorted.length - 1))]!;
}

function emptyTally(): Tally {
  return {
    queries: 0,
    repeats: 0,
    hits5: 0,
    hits20: 0,
    reciprocal: 0,
    gain: 0,
    repeatHits: 0,
  };
}

function addTally(sum: Tally, tally: Tally): void {
  for (const key of Object.keys(sum) as (keyof Tally)[]) sum[key] += tally[key];
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
