import type { Catalog } from "../../engine/shop/catalog.ts";
import { TOP } from "./figures.ts";
import { SHELF } from "./measure.ts";
import type { System } from "./system.ts";
import { basketOf, type LogVisit } from "./trial.ts";

/** Next basket: the purchases of a shopper with a history on the next visit, predicted before it begins. */
export interface BasketFigures {
  /** Share of baskets with at least one product among the first `TOP`. */
  hit20: number;
  /** Mean share of a basket's products among the first `TOP`. */
  recall20: number;
  ndcg20: number;
  /** Recall by kind of product: those the shopper had interacted with before, and those new to them. */
  recall20Repeat: number;
  recall20Discovery: number;
  /** Share of baskets with at least one product on a shelf of 12. */
  satisfaction: number;
}

/** The result for one basket. */
export interface BasketTally {
  hit: number;
  recall: number;
  gain: number;
  satisfied: number;
  repeats: number;
  repeatHits: number;
  discoveries: number;
  discoveryHits: number;
}

/** One tally per visit; the system knows nothing about the session except its start time. */
export async function measureBaskets(
  system: System,
  visits: readonly LogVisit[],
  { catalog, onVisit }: { catalog: Catalog; onVisit?: () => void },
): Promise<BasketTally[]> {
  const tallies: BasketTally[] = [];
  for (const visit of visits) {
    const rank = await system({ history: visit.history, session: visit.session.slice(0, 1) });
    const known = new Set(visit.history.map(({ productId }) => productId));
    const top = rank(0).slice(0, TOP);
    tallies.push(
      tallyOf(
        top.map((row) => catalog.products[row]!.id),
        basketOf(visit),
        known,
      ),
    );
    onVisit?.();
  }
  return tallies;
}

export function tallyOf(
  top: readonly string[],
  basket: ReadonlySet<string>,
  known: ReadonlySet<string>,
): BasketTally {
  const hits = top.filter((id) => basket.has(id));
  const repeats = [...basket].filter((id) => known.has(id)).length;
  const repeatHits = hits.filter((id) => known.has(id)).length;
  const gain = top.reduce((sum, id, place) => sum + (basket.has(id) ? worthAt(place) : 0), 0);
  const ideal = Array.from({ length: Math.min(TOP, basket.size) }, (_, place) => worthAt(place));
  return {
    hit: hits.length > 0 ? 1 : 0,
    recall: hits.length / basket.size,
    gain: gain / ideal.reduce((sum, worth) => sum + worth, 0),
    satisfied: top.slice(0, SHELF).some((id) => basket.has(id)) ? 1 : 0,
    repeats,
    repeatHits,
    discoveries: basket.size - repeats,
    discoveryHits: hits.length - repeatHits,
  };
}

/** @param place from 0. */
function worthAt(place: number): number {
  return 1 / Math.log2(place + 2);
}

export function basketFiguresOf(tallies: readonly BasketTally[]): BasketFigures {
  const sum = (key: keyof BasketTally) => tallies.reduce((all, tally) => all + tally[key], 0);
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    hit20: share(sum("hit"), tallies.length),
    recall20: share(sum("recall"), tallies.length),
    ndcg20: share(sum("gain"), tallies.length),
    recall20Repeat: share(sum("repeatHits"), sum("repeats")),
    recall20Discovery: share(sum("discoveryHits"), sum("discoveries")),
    satisfaction: share(sum("satisfied"), tallies.length),
  };
}
