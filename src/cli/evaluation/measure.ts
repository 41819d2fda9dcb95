import type { Catalog } from "../../engine/shop/catalog.ts";
import { type Answer, type Tally, TOP, tallyOf } from "./figures.ts";
import type { System } from "./system.ts";
import { isQuery, type LogVisit } from "./trial.ts";

/** Cards on a shelf, for the satisfaction measure. */
export const SHELF = 12;

/** A system's results on all visits. */
export interface Measured {
  /** One per visit, in order. */
  tallies: Tally[];
  /** Share of visits in which the shopper continued to one of the first `SHELF` cards. */
  satisfaction: number;
  /** Share of the catalog that was ever among the first `TOP`. */
  coverage: number;
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
  const seen = { shown: new Set<number>(), cards: 0, popularity: 0, ms: 0, queries: 0 };
  const max = crowdCounts.reduce((highest, count) => Math.max(highest, count), 1);
  const tallies: Tally[] = [];
  let satisfied = 0;
  for (const visit of visits) {
    const answers = await answersOf(visit);
    tallies.push(tallyOf(answers));
    if (answers.some(({ place }) => place > 0 && place <= SHELF)) satisfied++;
    onVisit?.();
  }
  return {
    tallies,
    satisfaction: satisfied / Math.max(1, visits.length),
    coverage: seen.shown.size / Math.max(1, catalog.size),
    popularityBias: seen.popularity / Math.max(1, seen.cards),
    msPerQuery: seen.ms / Math.max(1, seen.queries),
  };

  async function answersOf(visit: LogVisit): Promise<Answer[]> {
    const startedAt = performance.now();
    const rank = await system(visit);
    seen.ms += performance.now() - startedAt;
    const known = new Set(visit.history.map(({ productId }) => productId));
    const answers: Answer[] = [];
    visit.session.forEach(({ productId }, step) => {
      if (isQuery(visit.session, step)) {
        const place = ask(rank, step).indexOf(catalog.rowOf(productId)!) + 1;
        answers.push({ place, isRepeat: known.has(productId) });
      }
      known.add(productId);
    });
    return answers;
  }

  function ask(rank: (step: number) => readonly number[], step: number): readonly number[] {
    const startedAt = performance.now();
    const top = rank(step);
    seen.ms += performance.now() - startedAt;
    seen.queries++;
    for (const row of top.slice(0, TOP)) {
      seen.shown.add(row);
      seen.popularity += crowdCounts[row]! / max;
      seen.cards++;
    }
    return top;
  }
}
