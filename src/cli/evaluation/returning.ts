import { answersIn, HISTORY_BUCKETS, mean } from "./byHistory.ts";
import type { Answer } from "./figures.ts";
import { isQuery, type LogVisit } from "./trial.ts";

/** How often shoppers with a history of some length go back to a product, and what the shelf makes of it. */
export interface ReturnRow {
  history: string;
  queries: number;
  /** Share of queries that went back, among earlier shoppers with as long a history. */
  expected: number;
  /** Among these queries. */
  observed: number;
  /** Mean of |own products among the first 20 − 20 × expected|. */
  distance: number;
}

/** A step asked about, as far as it says whether the shopper went back. */
type Step = Pick<Answer, "known" | "isRepeat">;

/**
 * By length of history: the share of own products on the shelf beside the chance of going back. The
 * chance is the same for all shoppers of a bucket, counted on visits before those asked about.
 */
export function returning(
  earlier: readonly LogVisit[],
  answers: readonly (readonly Answer[])[],
): ReturnRow[] {
  const steps = earlier.flatMap(stepsOf);
  const overall = mean(steps, goesBack);
  return HISTORY_BUCKETS.flatMap(({ history, min, max }) => {
    const asked = answersIn(history, answers).flat();
    if (asked.length === 0) return [];
    const alike = steps.filter(({ known }) => known >= min && known <= max);
    const expected = alike.length === 0 ? overall : mean(alike, goesBack);
    const distance = mean(asked, ({ own }) => Math.abs(own - 20 * expected));
    return [
      { history, queries: asked.length, expected, observed: mean(asked, goesBack), distance },
    ];
  });
}

/** Expected calibration error of the chances, queries weighing the same. */
export function returnError(rows: readonly ReturnRow[]): number {
  const queries = rows.reduce((sum, row) => sum + row.queries, 0);
  const gaps = rows.map((row) => row.queries * Math.abs(row.expected - row.observed));
  return gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, queries);
}

function stepsOf({ history, session }: LogVisit): Step[] {
  const known = new Set(history.map(({ productId }) => productId));
  const steps: Step[] = [];
  session.forEach(({ productId }, step) => {
    if (isQuery(session, step)) steps.push({ known: known.size, isRepeat: known.has(productId) });
    known.add(productId);
  });
  return steps;
}

function goesBack({ isRepeat }: Step): number {
  return isRepeat ? 1 : 0;
}
