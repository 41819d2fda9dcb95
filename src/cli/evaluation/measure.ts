import type { Catalog } from "../../engine/shop/catalog.ts";
import { diversityOf } from "./diversity.ts";
import { type Answer, type Tally, tallyOf } from "./figures.ts";
import { bestRows, keptOff, type Scorer, type Scores, type System } from "./system.ts";
import { isQuery, type LogVisit } from "./trial.ts";

/** Cards on a shelf, for the satisfaction measure. */
export const SHELF = 12;

/** A system's results on all visits. */
export interface Measured {
  /** One list for each visit, in order. */
  answers: Answer[][];
  /** One per visit, in order. */
  tallies: Tally[];
  /** Share of visits in which the shopper continued to one of the first `SHELF` cards. */
  satisfaction: number;
  /** Share of the catalog that was ever among the first `TOP`. */
  coverage: number;
  /** Mean over queries of how different the first `TOP` are, see `diversityOf`; in [0, 1]. */
  diversity: number;
  /** Mean popularity of the cards, as a share of the most popular product's; in [0, 1]. */
  popularityBias: number;
  msPerQuery: number;
}

export interface MeasureOptions {
  catalog: Catalog;
  /** Events per product in the crowd, by row. */
  crowdCounts: Float64Array;
  onVisit?: () => void;
}

export async function measure(
  system: System,
  visits: readonly LogVisit[],
  { catalog, crowdCounts, onVisit }: MeasureOptions,
): Promise<Measured> {
  const seen = {
    shown: new Set<number>(),
    cards: 0,
    popularity: 0,
    diversity: 0,
    ms: 0,
    queries: 0,
  };
  const max = crowdCounts.reduce((highest, count) => Math.max(highest, count), 1);
  const answers: Answer[][] = [];
  for (const visit of visits) {
    answers.push(await answersOf(system, visit, { catalog, onRanked }));
    onVisit?.();
  }
  const satisfied = answers.filter((own) => own.some(({ place }) => place > 0 && place <= SHELF));
  return {
    answers,
    tallies: answers.map(tallyOf),
    satisfaction: satisfied.length / Math.max(1, visits.length),
    coverage: seen.shown.size / Math.max(1, catalog.size),
    diversity: seen.diversity / Math.max(1, seen.queries),
    popularityBias: seen.popularity / Math.max(1, seen.cards),
    msPerQuery: seen.ms / Math.max(1, seen.queries),
  };

  function onRanked(top: readonly number[], ms: number): void {
    seen.ms += ms;
    seen.queries++;
    seen.diversity += diversityOf(top, catalog);
    for (const row of top) {
      seen.shown.add(row);
      seen.popularity += crowdCounts[row]! / max;
      seen.cards++;
    }
  }
}

interface AskOptions {
  catalog: Catalog;
  /** Called with the first `TOP` of each query, and how long they took. */
  onRanked?: (top: readonly number[], ms: number) => void;
}

/** One visit's queries, in order. */
export async function answersOf(
  system: System,
  visit: LogVisit,
  { catalog, onRanked }: AskOptions,
): Promise<Answer[]> {
  const startedAt = performance.now();
  const scoresAt = await system(visit);
  let msBefore = performance.now() - startedAt;
  const keptOffAt = keptOff(visit, catalog);
  const known = new Set(visit.history.map(({ productId }) => catalog.rowOf(productId)!));
  const answers: Answer[] = [];
  visit.session.forEach(({ productId }, step) => {
    const wanted = catalog.rowOf(productId)!;
    if (isQuery(visit.session, step)) {
      const { scores, top, ms } = ranked(scoresAt, step, keptOffAt(step));
      onRanked?.(top, ms + msBefore);
      msBefore = 0;
      answers.push(answerOf({ wanted, known, scores, top, keptOff: keptOffAt(step) }));
    }
    known.add(wanted);
  });
  return answers;
}

function ranked(scoresAt: Scorer, step: number, keptOff: ReadonlySet<number>) {
  const startedAt = performance.now();
  const scores = scoresAt(step);
  const top = bestRows(scores, keptOff);
  return { scores, top, ms: performance.now() - startedAt };
}

interface Query {
  wanted: number;
  known: ReadonlySet<number>;
  scores: Scores;
  top: readonly number[];
  keptOff: ReadonlySet<number>;
}

function answerOf({ wanted, known, scores, top, keptOff }: Query): Answer {
  const isRepeat = known.has(wanted);
  const place = top.indexOf(wanted) + 1;
  const newTop = isRepeat ? [] : bestRows(scores, new Set([...keptOff, ...known]));
  return {
    place,
    isRepeat,
    newPlace: newTop.indexOf(wanted) + 1,
    isCandidate: place > 0 || isScored(scores, wanted),
    known: known.size,
    own: top.filter((row) => known.has(row)).length,
    ...(scores.chance !== undefined && { chance: scores.chance }),
  };
}

function isScored(scores: Scores, wanted: number): boolean {
  for (const [row] of scores) if (row === wanted) return true;
  return false;
}
