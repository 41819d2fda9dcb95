import type { Catalog } from "../../engine/shop/catalog.ts";
import { JUST_BOUGHT_MS } from "../../engine/shop/catalog.ts";
import type { LogRow } from "../logs/logRow.ts";
import { TOP } from "./figures.ts";
import type { LogVisit } from "./trial.ts";

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
  "recent+stan",
  "inputs-added",
  "logistic",
  "network-home",
  "network-no-pack",
  "network",
  "network-personal",
  "network-shuffled",
] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];

/** Rows with their scores; can be read more than once. Rows that are not there come after all that are. */
export type Scores = Iterable<readonly [row: number, score: number]> & {
  /** The chance that the shopper goes back to a known product next, where a system estimates it. */
  readonly chance?: number;
};

/** Scores products for what comes after the first `step` rows (0: for the visit to come, from the history). */
export type Scorer = (step: number) => Scores;

/** Something that recommends. It gets a visit first, then is asked step by step, in order. */
export type System = (visit: LogVisit) => Scorer | Promise<Scorer>;

/** The best `TOP` rows at a step, best first, without what no system is asked to show. */
export async function rankerOf(
  system: System,
  visit: LogVisit,
  catalog: Catalog,
): Promise<(step: number) => number[]> {
  const scoresAt = await system(visit);
  const keptOffAt = keptOff(visit, catalog);
  return (step) => bestRows(scoresAt(step), keptOffAt(step));
}

/**
 * The rows excluded for every system, by step: the current product, and those the shopper bought within a
 * day, as in the engine's own rule (`isWantedAgain`). In a log of orders those are the order's earlier
 * lines.
 */
export function keptOff(
  { history, session }: LogVisit,
  catalog: Catalog,
): (step: number) => Set<number> {
  return (step) => {
    const now = (session[step - 1] ?? session[0]!).at;
    const rows = new Set<number>();
    const keepOff = ({ productId }: LogRow) => rows.add(catalog.rowOf(productId)!);
    if (step > 0) keepOff(session[step - 1]!);
    for (const row of [...history.slice(lately(history, now)), ...session.slice(0, step)]) {
      if (row.type === "purchase" && now - row.at < JUST_BOUGHT_MS) keepOff(row);
    }
    return rows;
  };
}

/** Where the past's last day begins. */
function lately(history: readonly LogRow[], now: number): number {
  return history.findLastIndex(({ at }) => now - at >= JUST_BOUGHT_MS) + 1;
}

/** The best rows, without the `excluded`. Ties: lower row. */
export function bestRows(scores: Scores, excluded: ReadonlySet<number>, count = TOP): number[] {
  const rows: number[] = [];
  const values: number[] = [];
  for (const [row, value] of scores) {
    if (excluded.has(row)) continue;
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
export function pairsOf(rows: ArrayLike<number>, scores: ArrayLike<number>): Scores {
  return {
    *[Symbol.iterator]() {
      for (let index = 0; index < rows.length; index++) yield [rows[index]!, scores[index]!];
    },
  };
}
