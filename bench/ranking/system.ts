import { TOP } from "./figures.ts";
import type { Visit } from "./trial.ts";

/** The systems, by the names the JSON uses. */
export const SYSTEM_NAMES = [
  "popularity",
  "recent",
  "ar",
  "sr",
  "item-knn",
  "s-knn",
  "vs-knn",
  "stan",
  "vstan",
  "hybrid",
  "inputs-added",
  "logistic",
  "network-no-pack",
  "network",
  "network-personal",
  "network-shuffled",
] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

/**
 * Ranks the catalogue for what comes after the first `step` rows (0: for the visit to come, from the past
 * alone): the best `TOP`, best first.
 */
export type Ranker = (step: number) => readonly number[];

/** Something that recommends. It is told of a visit first, then asked step by step, in order. */
export type System = (visit: Visit) => Ranker | Promise<Ranker>;

/** The best rows, without `excluded` (the product at hand). Ties: lower row. */
export function bestRows(
  scores: Iterable<readonly [row: number, score: number]>,
  excluded: number | undefined,
  count = TOP,
): number[] {
  const rows: number[] = [];
  const values: number[] = [];
  for (const [row, value] of scores) {
    if (row === excluded) continue;
    let place = rows.length;
    while (place > 0 && isBetter(value, row, values[place - 1]!, rows[place - 1]!)) place--;
    if (place >= count) continue;
    rows.splice(place, 0, row);
    values.splice(place, 0, value);
    if (rows.length > count) {
      rows.pop();
      values.pop();
    }
  }
  return rows;
}

function isBetter(value: number, row: number, otherValue: number, otherRow: number): boolean {
  return value > otherValue || (value === otherValue && row < otherRow);
}

/** Pairs of two columns. */
export function* pairsOf(
  rows: ArrayLike<number>,
  scores: ArrayLike<number>,
): Generator<readonly [number, number]> {
  for (let index = 0; index < rows.length; index++) yield [rows[index]!, scores[index]!];
}
