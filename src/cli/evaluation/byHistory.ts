import type { Answer } from "./figures.ts";

/** Queries by how many distinct products the shopper had interacted with so far. */
export const HISTORY_BUCKETS = [
  { history: "1–5", min: 1, max: 5 },
  { history: "6–10", min: 6, max: 10 },
  { history: "11–20", min: 11, max: 20 },
  { history: "21–40", min: 21, max: 40 },
  { history: "41–80", min: 41, max: 80 },
  { history: "81+", min: 81, max: Number.POSITIVE_INFINITY },
] as const;

/** What a system does for shoppers with a history of some length; shares in [0, 1]. */
export interface HistoryFigures {
  queries: number;
  hr20: number;
  mrr20: number;
  /** Queries for a product new to the shopper. */
  newQueries: number;
  /** Hits on them in the ordinary ranking. */
  hr20New: number;
  /** The same question where all products interacted with are kept off, for every system. */
  hr20NewOnly: number;
  mrr20NewOnly: number;
  /** Mean number of products interacted with among the first 20. */
  own: number;
  /** Share of the wanted products that the system scored at all. */
  recall: number;
}

export interface HistoryRow extends HistoryFigures {
  history: string;
}

/** The buckets in which something was asked, shortest histories first. */
export function byHistory(answers: readonly (readonly Answer[])[]): HistoryRow[] {
  const all = answers.flat();
  return HISTORY_BUCKETS.flatMap(({ history, min, max }) => {
    const some = all.filter(({ known }) => known >= min && known <= max);
    return some.length === 0 ? [] : [{ history, ...historyFiguresOf(some) }];
  });
}

/** The answers of one bucket, visit by visit. */
export function answersIn(
  history: string,
  answers: readonly (readonly Answer[])[],
): readonly Answer[][] {
  const { min, max } = HISTORY_BUCKETS.find((bucket) => bucket.history === history)!;
  return answers.map((visit) => visit.filter(({ known }) => known >= min && known <= max));
}

export function historyFiguresOf(answers: readonly Answer[]): HistoryFigures {
  const asNew = answers.filter(({ isRepeat }) => !isRepeat);
  return {
    queries: answers.length,
    hr20: mean(answers, isHit),
    mrr20: mean(answers, ({ place }) => reciprocal(place)),
    newQueries: asNew.length,
    hr20New: mean(asNew, isHit),
    hr20NewOnly: mean(asNew, isNewOnlyHit),
    mrr20NewOnly: mean(asNew, ({ newPlace }) => reciprocal(newPlace)),
    own: mean(answers, ({ own }) => own),
    recall: mean(answers, ({ isCandidate }) => (isCandidate ? 1 : 0)),
  };
}

/** What a hit rate counts, by its name; each divides by the same queries for every system. */
export const HITS = {
  hr20: isHit,
  hr20New: (answer: Answer) => (answer.isRepeat ? 0 : isHit(answer)),
  hr20NewOnly: isNewOnlyHit,
} as const satisfies Partial<Record<keyof HistoryFigures, (answer: Answer) => number>>;

function isHit({ place }: Answer): number {
  return place > 0 ? 1 : 0;
}

function isNewOnlyHit({ newPlace }: Answer): number {
  return newPlace > 0 ? 1 : 0;
}

function reciprocal(place: number): number {
  return place === 0 ? 0 : 1 / place;
}

export function mean<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0) / Math.max(1, items.length);
}
