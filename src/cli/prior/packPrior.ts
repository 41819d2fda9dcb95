import { crossEntropy } from "../../engine/learning/training.ts";
import type { Catalog } from "../../engine/shop/catalog.ts";
import { PRIOR_WEIGHTS } from "../../engine/shop/priorWeights.ts";
import { CommandError } from "../commandError.ts";
import type { Duckdb } from "../duckdb.ts";
import type { LogEvent, LogEventType } from "../logs/logRow.ts";
import { sessionsOf } from "../logs/shopLog.ts";
import type { ItemPackOptions } from "../pack/buildItemPack.ts";
import { priorExamples } from "./priorExamples.ts";
import { sliceExamples, trainPrior } from "./trainPrior.ts";

/** Most recent events to learn from: examples come from the last 10,000 interactions or so anyway. */
const MAX_EVENTS = 1_000_000;
/** Share of the examples, the most recent ones, for judging: training and selection never see them. */
const JUDGING = 0.1;
/** Fewer examples cannot determine 105 numbers. */
const FEWEST_EXAMPLES = 2_000;
/** The loss must be lower by this share; a smaller gain is within seed noise. */
const MIN_GAIN = 0.01;

export interface PriorReport {
  examples: number;
  /** Mean cross-entropy on the latest tenth of the examples: of the engine's own weights and the shop's. */
  loss: { engine: number; shop: number };
  /** Whether the shop's own weights are in the pack: they are if they are clearly better. */
  isTaken: boolean;
}

export interface LearnedPrior {
  prior: Float32Array | undefined;
  report: PriorReport;
}

/**
 * Trains initial weights for this shop's shoppers on the logs in `kept_events`; undefined if the default
 * weights do as well on the most recent examples. Deterministic for the same seed.
 * @throws {CommandError} for logs too short to learn from.
 */
export async function packPrior(
  duckdb: Duckdb,
  catalog: Catalog,
  { seed, settings }: { seed: number; settings: ItemPackOptions },
): Promise<LearnedPrior> {
  const sessions = sessionsOf(await latestEvents(duckdb, catalog));
  const examples = priorExamples(sessions, catalog, { seed, pack: settings });
  if (examples.size < FEWEST_EXAMPLES) {
    throw new CommandError(
      `the logs yield ${examples.size} examples, --prior needs ${FEWEST_EXAMPLES} or more: ` +
        "without it shoppers start from the default weights",
    );
  }
  const cut = Math.floor(examples.size * (1 - JUDGING));
  const judging = sliceExamples(examples, cut, examples.size);
  const { weights } = await trainPrior([sliceExamples(examples, 0, cut)], { seed });
  const lossOf = (weights: Float32Array) => crossEntropy({ weights, activation: "relu" }, judging);
  const loss = { engine: lossOf(Float32Array.from(PRIOR_WEIGHTS)), shop: lossOf(weights) };
  const isTaken = loss.shop < loss.engine * (1 - MIN_GAIN);
  return {
    prior: isTaken ? weights : undefined,
    report: { examples: examples.size, loss, isTaken },
  };
}

/** The latest events about products of the catalog, in order of time, under the catalog's ids. */
async function latestEvents(duckdb: Duckdb, catalog: Catalog): Promise<LogEvent[]> {
  const events: LogEvent[] = [];
  const latest = `
    SELECT session_id, user_id, CAST(at_ms AS DOUBLE), event_type, product_row FROM (
      SELECT session_id, user_id, at_ms, event_type, product_row, seq
      FROM kept_events JOIN products USING (product_id) JOIN event_strengths USING (event_type)
      ORDER BY at_ms DESC, seq DESC LIMIT ${MAX_EVENTS}
    ) ORDER BY at_ms, seq`;
  for await (const chunk of duckdb.chunks(latest)) {
    for (const row of chunk as [string, string, number, LogEventType, number][]) {
      const [sessionId, userId, at, type, productRow] = row;
      const productId = catalog.products[productRow]!.id;
      events.push({ sessionId, userId, at, type, productId });
    }
  }
  return events;
}
