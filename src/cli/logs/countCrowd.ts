import { EVENT_STRENGTH } from "../../engine/events/foldHistory.ts";
import { FEWEST_KNOWN, RETURN_BUCKETS } from "../../engine/shop/returnChances.ts";
import {
  type ItemPackOptions,
  LONGEST_SESSION,
  PAIR_WINDOW,
  SHRINKAGE,
  stepWeight,
  UNITS,
} from "../pack/buildItemPack.ts";
import { readSql } from "../readSql.ts";
import { ENGINE_EVENT_TYPE, LOG_EVENT_TYPES } from "./logRow.ts";

/** A database that runs plain SQL. */
export interface Warehouse {
  /** Runs one or more statements. */
  run(sql: string): Promise<void>;
}

/** The counting, in order; each is a file of `sql/` and makes the table or view that it is named after. */
const COUNTING_STEPS = [
  "refunded",
  "kept_events",
  "sessions",
  "popularity",
  "paths",
  "counts",
  "pairs",
  "neighbors",
  "returns",
] as const;
export type CountingStep = (typeof COUNTING_STEPS)[number];

/** More products than a shopper knows; a whole number in any database. */
const MOST_KNOWN = 2 ** 31 - 1;

/** Makes the tables of `sql/inputs.sql` and fills all but `products`. */
export async function createInputs(warehouse: Warehouse, settings: ItemPackOptions): Promise<void> {
  const strengths = LOG_EVENT_TYPES.map(
    (type) => `('${type}', ${literal(EVENT_STRENGTH[ENGINE_EVENT_TYPE[type]])})`,
  );
  const steps = Array.from({ length: PAIR_WINDOW }, (_, index) => index + 1).map(
    (step) => `(${step}, ${literal(stepWeight(step))}, ${literal(stepWeight(-step))})`,
  );
  const row = [
    literal(UNITS),
    literal(settings.popularityHalfLifeMs),
    literal(settings.crowdHalfLifeMs),
    LONGEST_SESSION,
    literal(SHRINKAGE),
    settings.minShoppers,
    settings.neighbors,
  ];
  const buckets = RETURN_BUCKETS.map((most, bucket) => {
    const least = bucket === 0 ? FEWEST_KNOWN : RETURN_BUCKETS[bucket - 1]! + 1;
    return `(${bucket}, ${least}, ${Math.min(most, MOST_KNOWN)})`;
  });
  await warehouse.run(readSql("inputs"));
  await warehouse.run(`INSERT INTO event_strengths VALUES ${strengths.join(", ")};`);
  await warehouse.run(`INSERT INTO steps VALUES ${steps.join(", ")};`);
  await warehouse.run(`INSERT INTO return_buckets VALUES ${buckets.join(", ")};`);
  await warehouse.run(`INSERT INTO settings VALUES (${row.join(", ")});`);
}

/**
 * Counts `events` into `popularity`, `neighbors` and `returns`, as `buildItemPack` does in memory. The tables of
 * `sql/inputs.sql` and `events` (see `sql/events.sql`) must be there.
 */
export async function countCrowd(
  warehouse: Warehouse,
  onStep: (step: CountingStep) => void = () => {},
): Promise<void> {
  for (const step of COUNTING_STEPS) {
    onStep(step);
    await warehouse.run(readSql(step));
  }
}

/** A floating-point literal that every engine reads back to the last bit. */
function literal(value: number): string {
  return value.toExponential();
}
