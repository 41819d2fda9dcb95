import type { Catalog } from "../../engine/shop/catalog.ts";
import type { ItemPack } from "../../engine/shop/itemPack.ts";
import type { Duckdb } from "../duckdb.ts";
import { type CountingStep, countCrowd, createInputs } from "../logs/countCrowd.ts";
import { type ColumnNames, type LogReport, readLogs } from "../logs/readLogs.ts";
import { type LearnedPrior, type PriorReport, packPrior } from "../prior/packPrior.ts";
import { type ItemPackOptions, scalePopularity } from "./buildItemPack.ts";
import { type ReturnCount, returnChancesOf } from "./countReturns.ts";

export interface PackReport {
  log: LogReport;
  events: number;
  sessions: number;
  shoppers: number;
  /** Events of products that are not in the catalog, and the first few such ids. */
  unknownEvents: number;
  unknownIds: string[];
  /** Ordered pairs in the pack, and left out by the k-anonymity floor. */
  pairsKept: number;
  pairsBelowFloor: number;
  /** Average number of shards that a session's products are in, if the pack is sharded. */
  shardsPerSession: number;
  /** The report on the initial weights, if requested. */
  prior?: PriorReport;
}

export interface PackedLogs {
  pack: ItemPack;
  report: PackReport;
}

export interface PackLogsOptions {
  duckdb: Duckdb;
  catalog: Catalog;
  logs: readonly string[];
  settings: ItemPackOptions;
  /** Products per shard. */
  shardRows: number;
  map?: ColumnNames;
  /** What the log's own event words mean. */
  words?: Readonly<Record<string, string>>;
  /** How the log writes its times, where they could be read in two ways. */
  time?: string | undefined;
  /** Milliseconds since 1970; default the present. */
  now?: number;
  /** Of all chance in learning the weights that shoppers start from; without it none are learned. */
  priorSeed?: number;
  onStep?: (step: CountingStep | "reading" | "prior", detail?: string) => void;
  /** Called after reading and before counting; may throw. */
  onRead?: (report: LogReport) => void;
}

/**
 * Counts a shop's logs into an item pack, in DuckDB. The same logs make the same pack.
 * @throws {CommandError} for a log that cannot be read.
 */
export async function packLogs(options: PackLogsOptions): Promise<PackedLogs> {
  const { duckdb, catalog, settings, priorSeed, onStep = () => {} } = options;
  await createInputs(duckdb, settings);
  await duckdb.append("products", productRows(catalog));
  const log = await readLogs(duckdb, options.logs, {
    ...(options.map && { map: options.map }),
    ...(options.words && { words: options.words }),
    ...(options.now !== undefined && { now: options.now }),
    time: options.time,
    onFile: (path) => onStep("reading", path),
  });
  options.onRead?.(log);
  // From here on columns give the order of rows; preserving it otherwise would cost memory.
  await duckdb.run("SET preserve_insertion_order = false");
  await countCrowd(duckdb, onStep);
  const pack = await packOf(duckdb, catalog, settings);
  let learned: LearnedPrior | undefined;
  if (priorSeed !== undefined) {
    onStep("prior");
    learned = await packPrior(duckdb, catalog, { seed: priorSeed, settings });
  }
  return {
    pack: { ...pack, prior: learned?.prior },
    report: {
      log,
      ...(learned && { prior: learned.report }),
      ...(await figuresOf(duckdb, options.shardRows)),
      pairsKept: pack.neighbors.length,
    },
  };
}

/** All names of products in a log; the catalog decides about a name that two products share. */
export function* productRows(catalog: Catalog): Iterable<[name: string, row: number]> {
  for (const [row, { id, aliases = [] }] of catalog.products.entries()) {
    for (const name of new Set([id, ...aliases]))
      if (catalog.rowOf(name) === row) yield [name, row];
  }
}

/** The tables `popularity`, `neighbors` and `returns` as columns. */
async function packOf(
  duckdb: Duckdb,
  catalog: Catalog,
  { minShoppers }: ItemPackOptions,
): Promise<ItemPack> {
  const popularity = new Float64Array(catalog.size);
  const popular = "SELECT product_row, popularity_units FROM popularity";
  for await (const rows of duckdb.chunks(popular)) {
    for (const [row, units] of rows as [number, number][]) popularity[row] = units;
  }
  const [[links]] = (await duckdb.rows("SELECT CAST(count(*) AS INTEGER) FROM neighbors")) as [
    [number],
  ];
  const starts = new Uint32Array(catalog.size + 1);
  const neighbors = new Uint32Array(links);
  const strengths = new Uint8Array(links);
  let link = 0;
  const ordered = `SELECT from_row, to_row, strength
    FROM neighbors ORDER BY from_row, place`;
  for await (const rows of duckdb.chunks(ordered)) {
    for (const [from, to, strength] of rows as [number, number, number][]) {
      starts[from + 1]!++;
      neighbors[link] = to;
      strengths[link++] = strength;
    }
  }
  for (let row = 0; row < catalog.size; row++) starts[row + 1]! += starts[row]!;
  return {
    starts,
    neighbors,
    strengths,
    popularity: scalePopularity(popularity),
    prior: undefined,
    returnChances: returnChancesOf(await returnCountsOf(duckdb), minShoppers),
  };
}

async function returnCountsOf(duckdb: Duckdb): Promise<ReturnCount[]> {
  const columns = ["bucket", "steps", "returns", "shoppers"];
  const numbers = columns.map((name) => `CAST(${name} AS DOUBLE)`);
  const rows = await duckdb.rows(`SELECT ${numbers.join(", ")} FROM returns`);
  return (rows as [number, number, number, number][]).map(([bucket, steps, returns, shoppers]) => ({
    bucket,
    steps,
    returns,
    shoppers,
  }));
}

async function figuresOf(duckdb: Duckdb, shardRows: number) {
  const numbers = async (sql: string) => (await duckdb.rows(sql))[0] as number[];
  const [events = 0] = await numbers("SELECT CAST(count(*) AS DOUBLE) FROM kept_events");
  const [sessions = 0, shoppers = 0] = await numbers(
    "SELECT CAST(count(*) AS DOUBLE), CAST(coalesce(max(shopper_no), 0) AS DOUBLE) FROM sessions",
  );
  const [pairsBelowFloor = 0] = await numbers(
    `SELECT 2 * CAST(count(*) AS DOUBLE) FROM pairs CROSS JOIN settings
     WHERE pairs.shoppers < settings.min_shoppers`,
  );
  const unknown = "FROM kept_events WHERE product_id NOT IN (SELECT product_id FROM products)";
  const [unknownEvents = 0] = await numbers(`SELECT CAST(count(*) AS DOUBLE) ${unknown}`);
  const [shardsPerSession = 0] = await numbers(
    `SELECT coalesce(avg(shards), 0) FROM (
       SELECT CAST(count(DISTINCT product_row // ${shardRows}) AS DOUBLE) AS shards
       FROM paths GROUP BY session_no)`,
  );
  const ids = await duckdb.rows(
    `SELECT product_id ${unknown} GROUP BY product_id ORDER BY count(*) DESC, product_id LIMIT 5`,
  );
  const unknownIds = ids.map(([id]) => String(id));
  return {
    events,
    sessions,
    shoppers,
    unknownEvents,
    unknownIds,
    pairsBelowFloor,
    shardsPerSession,
  };
}
