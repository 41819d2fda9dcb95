import { bootstrap, type Interval } from "./figures.ts";
import type { LogVisit } from "./trial.ts";

/** The personal network compared with the prior, for shoppers with a history of some length. */
export interface PastRow<Name extends string> {
  history: string;
  visits: number;
  prior: Record<Name, number>;
  personal: Record<Name, number>;
  /** 95 % interval of personal minus prior, by a paired bootstrap over visits. */
  change: Record<Name, Interval>;
}

/** Events before the visit. */
const PASTS: readonly (readonly [least: number, most: number, label: string])[] = [
  [0, Number.POSITIVE_INFINITY, "any"],
  [0, 9, "0 to 9"],
  [10, 49, "10 to 49"],
  [50, Number.POSITIVE_INFINITY, "50 and more"],
  [50, 199, "50 to 199"],
  [200, Number.POSITIVE_INFINITY, "200 and more"],
];

/** @param both tallies of the two networks by visit; undefined if either was not asked. */
export function byPast<Tally, Name extends string>(
  visits: readonly LogVisit[],
  both: { prior: readonly Tally[] | undefined; personal: readonly Tally[] | undefined },
  figures: (tallies: readonly Tally[]) => Record<Name, number>,
): PastRow<Name>[] {
  const { prior, personal } = both;
  if (prior === undefined || personal === undefined) return [];
  const pairs = visits.map((_, index) => ({ prior: prior[index]!, personal: personal[index]! }));
  const sides = (some: readonly (typeof pairs)[number][]) => ({
    prior: figures(some.map((pair) => pair.prior)),
    personal: figures(some.map((pair) => pair.personal)),
  });
  return PASTS.flatMap(([min, max, history]) => {
    const own = pairs.filter((_, index) => {
      const { length } = visits[index]!.history;
      return length >= min && length <= max;
    });
    if (own.length === 0) return [];
    const change = bootstrap(own, (drawn) => {
      const drawnSides = sides(drawn);
      return difference(drawnSides.personal, drawnSides.prior);
    });
    return [{ history, visits: own.length, ...sides(own), change }];
  });
}

function difference<Name extends string>(
  one: Record<Name, number>,
  other: Record<Name, number>,
): Record<Name, number> {
  const names = Object.keys(one) as Name[];
  return Object.fromEntries(names.map((name) => [name, one[name] - other[name]])) as Record<
    Name,
    number
  >;
}
