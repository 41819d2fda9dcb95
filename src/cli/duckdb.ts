import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Warehouse } from "./logs/countCrowd.ts";
import { neededPackage } from "./neededPackage.ts";

/** A temporary DuckDB for one job. It spills to disk beyond its memory limit. */
export interface Duckdb extends Warehouse {
  /** The rows of a query, a few thousand at a time. */
  chunks(sql: string): AsyncIterable<unknown[][]>;
  /** All rows of a query with a small result. */
  rows(sql: string): Promise<unknown[][]>;
  /** Appends rows of text and whole numbers to a table. */
  append(table: string, rows: Iterable<readonly (string | number)[]>): Promise<void>;
  /** Progress of the running query, 0 to 1; undefined while unknown. */
  progress(): number | undefined;
  /** Also deletes the file. */
  close(): void;
}

export interface DuckdbOptions {
  /** DuckDB's own limit; the process needs about 300 MB in addition. */
  memoryMb?: number;
  threads?: number;
  /** Tables in memory instead of a file; faster for small logs. */
  inMemory?: boolean;
  /** Folder for its files while it is open. */
  folder?: string;
}

export async function openDuckdb(options: DuckdbOptions = {}): Promise<Duckdb> {
  const { DuckDBInstance } = await neededPackage(
    "@duckdb/node-api",
    () => import("@duckdb/node-api"),
  );
  const { memoryMb = 1024, threads = 2, inMemory = false, folder = tmpdir() } = options;
  const place = mkdtempSync(join(folder, "vitrine-duckdb-"));
  const path = inMemory ? ":memory:" : join(place, "log.duckdb");
  const instance = await DuckDBInstance.create(path, {
    memory_limit: `${memoryMb}MB`,
    threads: String(threads),
    temp_directory: join(place, "spill"),
    // It reads the log files only: it must not fetch or install anything.
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'; SET enable_progress_bar = true;");
  await connection.run("SET enable_progress_bar_print = false;");
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async *chunks(sql) {
      for await (const rows of await (await connection.stream(sql)).yieldRowsJs()) yield rows;
    },
    async rows(sql) {
      return (await connection.runAndReadAll(sql)).getRowsJS();
    },
    async append(table, rows) {
      const appender = await connection.createAppender(table);
      for (const row of rows) {
        for (const value of row) {
          if (typeof value === "string") appender.appendVarchar(value);
          else appender.appendInteger(value);
        }
        appender.endRow();
      }
      appender.closeSync();
    },
    progress() {
      const { percentage } = connection.progress;
      return percentage < 0 ? undefined : percentage / 100;
    },
    close() {
      connection.closeSync();
      instance.closeSync();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
