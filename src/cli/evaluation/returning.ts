import { answersIn, HISTORY_BUCKETS, mean } from "./byHistory.ts";
import type { Answer } from "./figures.ts";

/** How often shoppers with a history of some length go back to a product, and what the shelf makes of it. */
export interface ReturnRow {
  history: string;
  queries: number;
  /** Mean of the engine's chances of going back. */
  expected: number;
  /** Share of the queries that went back. */
  observed: number;
  /** Mean of |own products among the first 20 − 20 × chance|. */
  distance: number;
}

type Estimated = Answer & { chance: number };

/** By length of history: the own products on the shelf beside each shopper's chance of going back. */
export function returning(answers: readonly (readonly Answer[])[]): ReturnRow[] {
  return HISTORY_BUCKETS.flatMap(({ history }) => {
    const asked = estimatedIn(answersIn(history, answers));
    if (asked.length === 0) return [];
    const distance = mean(asked, ({ own, chance }) => Math.abs(own - 20 * chance));
    const [expected, observed] = [mean(asked, chanceOf), mean(asked, goesBack)];
    return [{ history, queries: asked.length, expected, observed, distance }];
  });
}

const BINS = 10;

/** Expected calibration error of the chances, in ten bins of equal width (Guo et al., 2017). */
export function returnError(answers: readonly (readonly Answer[])[]): number {
  const asked = estimatedIn(answers);
  const gaps = Array.from({ length: BINS }, (_, bin) => {
    const alike = asked.filter(
      ({ chance }) => Math.min(BINS - 1, Math.floor(BINS * chance)) === bin,
    );
    return alike.length * Math.abs(mean(alike, chanceOf) - mean(alike, goesBack));
  });
  return gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, asked.length);
}

function estimatedIn(answers: readonly (readonly Answer[])[]): Estimated[] {
  return answers.flat().filter((answer): answer is Estimated => answer.chance !== undefined);
}

function chanceOf({ chance }: Estimated): number {
  return chance;
}

function goesBack({ isRepeat }: Answer): number {
  return isRepeat ? 1 : 0;
}
