import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crowd } from "../storefront/demo/shoppers.ts";
import { crowdLog } from "../testing/crowdLog.ts";
import { type Postgres, startPostgres } from "../testing/postgres.ts";
import { type Duckdb, openDuckdb } from "./duckdb.ts";
import { countCrowd, createInputs } from "./logs/countCrowd.ts";
import { DEFAULT_PACK_OPTIONS } from "./pack/buildItemPack.ts";
import { packLogs } from "./pack/packLogs.ts";
import { readCatalogFile } from "./readCatalogFile.ts";
import { readSql } from "./readSql.ts";

/** The tables that counting produces, and the columns that identify their rows. */
const RESULTS = {
  popularity: "product_row, popularity_units",
  counts: "product_row, visit_units",
  pairs: "low_row, high_row, upward_units, downward_units, shoppers",
  neighbors: "from_row, place, to_row, strength",
  returns: "bucket, steps, returns, shoppers",
};

const folder = mkdtempSync(join(tmpdir(), "vitrine-warehouse-"));
const { catalog } = readCatalogFile(new URL("../../public/catalog.json", import.meta.url).pathname);
let duckdb: Duckdb;
let postgres: Postgres;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  const log = join(folder, "log.csv");
  const visits = crowd(catalog, { shoppers: 2000, seed: 11, until: Date.UTC(2026, 10, 1) });
  writeFileSync(log, withReturns(crowdLog(visits)));
  duckdb = await openDuckdb({ folder });
  await packLogs({ duckdb, catalog, logs: [log], settings: DEFAULT_PACK_OPTIONS, shardRows: 2048 });

  postgres = await startPostgres();
  await createInputs(postgres, DEFAULT_PACK_OPTIONS);
  await postgres.run(readSql("events"));
  for (const [table, columns] of [
    ["products", "product_id, product_row"],
    ["events", "session_id, user_id, at_ms, seq, event_type, product_id, quantity"],
  ] as const) {
    const file = join(folder, `${table}.csv`);
    await duckdb.run(
      `COPY (SELECT ${columns} FROM ${table}) TO '${file}' (HEADER false, FORCE_QUOTE *)`,
    );
    await postgres.copy(table, file);
  }
  await countCrowd(postgres);
}, 120_000);

/** Every third purchase is returned a day later, some of them only in part. */
function withReturns(log: string): string {
  const [header, ...lines] = log.trim().split("\n");
  const purchases = lines.filter((line) => line.includes(",purchase,"));
  const returns = purchases
    .filter((_, at) => at % 3 === 0)
    .map((line) => {
      const [user, , time = "", , product] = line.split(",");
      const later = new Date(Date.parse(time) + 86_400_000).toISOString();
      return `${user},return-${product},${later},refund,${product},,,,,1`;
    });
  const bought = lines.map((line, at) => `${line},${at % 5 === 0 ? 2 : ""}`);
  return [`${header},quantity`, ...bought, ...returns].join("\n");
}

afterAll(async () => {
  duckdb?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true });
}, 60_000);

describe("the counting SQL, on DuckDB and on PostgreSQL", () => {
  it.each(Object.entries(RESULTS))("produces identical %s", async (table, columns) => {
    const sql = `SELECT ${columns} FROM ${table} ORDER BY ${columns}`;
    const numbers = (rows: readonly unknown[][]) => rows.map((row) => row.map(Number));
    const [[returned]] = (await duckdb.rows("SELECT count(*) FROM refunded")) as [[bigint]];
    expect(Number(returned)).toBeGreaterThan(100);
    const inPostgres = numbers(await postgres.rows(sql));
    expect(inPostgres).toEqual(numbers(await duckdb.rows(sql)));
    expect(inPostgres.length).toBeGreaterThan(table === "returns" ? 2 : 100);
  });
});
