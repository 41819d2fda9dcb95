import { bootstrap, type Interval } from "./figures.ts";

/** A figure with its 95 % interval. */
export interface Estimate {
  value: number;
  interval: Interval;
}

/**
 * Σ numerators / Σ denominators over visits, which are drawn again whole for the interval: a hit rate
 * (hits, queries), or how many times as often one system hits as another (its hits, the other's), paired
 * because both come from the same visits. 1 for 0 / 0, infinite for other numerators over 0.
 * @param parts [numerator, denominator] of each visit.
 */
export function ratioOf(parts: readonly (readonly [number, number])[]): Estimate {
  const asked = parts.filter(([numerator, denominator]) => numerator !== 0 || denominator !== 0);
  if (asked.length === 0) return { value: 1, interval: [1, 1] };
  const { value: interval } = bootstrap(asked, (drawn) => ({ value: quotient(drawn) }));
  return { value: quotient(asked), interval };
}

function quotient(parts: readonly (readonly [number, number])[]): number {
  let numerator = 0;
  let denominator = 0;
  for (const [above, below] of parts) {
    numerator += above;
    denominator += below;
  }
  if (denominator === 0) return numerator === 0 ? 1 : Number.POSITIVE_INFINITY;
  return numerator / denominator;
}
