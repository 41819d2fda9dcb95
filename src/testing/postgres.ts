import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Warehouse } from "../cli/logs/countCrowd.ts";

const run = promisify(execFile);

/** A temporary PostgreSQL server: in a new folder, only on a Unix socket, as an unprivileged user. */
export interface Postgres extends Warehouse {
  /** Fills a table from CSV without a header. */
  copy(table: string, csvFile: string): Promise<void>;
  /** Rows of a query as text, each value as PostgreSQL prints it. */
  rows(sql: string): Promise<string[][]>;
  stop(): Promise<void>;
}

/** Debian keeps the server's programs out of the path. */
export function postgresPrograms(): string | undefined {
  const versions = "/usr/lib/postgresql";
  if (!existsSync(versions)) return undefined;
  const newest = readdirSync(versions).sort((left, right) => Number(right) - Number(left))[0];
  return newest === undefined ? undefined : join(versions, newest, "bin");
}

/** @throws {Error} if PostgreSQL is not installed. */
export async function startPostgres(): Promise<Postgres> {
  const programs = postgresPrograms();
  if (programs === undefined) throw new Error("PostgreSQL is missing: apt-get install postgresql");
  const folder = mkdtempSync(join(tmpdir(), "vitrine-postgres-"));
  chmodSync(folder, 0o777);
  const data = join(folder, "data");
  const server = (program: string, ...args: string[]) => asServer(join(programs, program), args);
  await server(
    "initdb",
    "-D",
    data,
    "-A",
    "trust",
    "-U",
    "vitrine",
    "--no-sync",
    "-E",
    "UTF8",
    "--locale=C",
  );
  const settings = `-k ${folder} -c listen_addresses= -c fsync=off`;
  await server("pg_ctl", "-D", data, "-o", settings, "-l", join(folder, "log"), "-w", "start");
  const psql = async (sql: string) => {
    const flags = ["-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1"];
    const where = ["-h", folder, "-U", "vitrine", "-d", "postgres", "-c", sql];
    const { stdout } = await run(join(programs, "psql"), [...flags, ...where], {
      maxBuffer: 2 ** 28,
    });
    return stdout;
  };
  return {
    async run(sql) {
      await psql(sql);
    },
    async copy(table, csvFile) {
      await psql(`\\copy ${table} FROM '${csvFile}' WITH (FORMAT csv)`);
    },
    async rows(sql) {
      const text = await psql(sql);
      return text === ""
        ? []
        : text
            .trimEnd()
            .split("\n")
            .map((line) => line.split("\t"));
    },
    async stop() {
      await server("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop");
      rmSync(folder, { recursive: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
async function asServer(program: string, args: string[]): Promise<void> {
  const isRoot = process.getuid?.() === 0;
  const [command, all] = isRoot
    ? ["setpriv", ["--reuid=nobody", "--regid=nogroup", "--clear-groups", program, ...args]]
    : [program, args];
  await run(command, all, { cwd: tmpdir() });
}
