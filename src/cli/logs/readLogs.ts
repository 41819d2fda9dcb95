import Papa from "papaparse";
import { CommandError } from "../commandError.ts";
import type { Duckdb } from "../duckdb.ts";
import { readSql } from "../readSql.ts";
import { type LogFile, lookIntoLog } from "./logFile.ts";
import { LOG_EVENT_TYPES } from "./logRow.ts";

/** The fields of a log, which are also the default column names. */
export const LOG_FIELDS = [
  "session_id",
  "user_id",
  "timestamp",
  "event_type",
  "product_id",
] as const;
export type LogField = (typeof LOG_FIELDS)[number];
export type ColumnNames = Partial<Record<LogField, string>>;

/** Column names of exports that are recognized by their header. */
const KNOWN_EXPORTS: readonly ColumnNames[] = [
  {},
  // Shopify, orders.
  { session_id: "Name", user_id: "Email", timestamp: "Created at", product_id: "Lineitem sku" },
];
const NEEDED: readonly LogField[] = ["session_id", "timestamp", "product_id"];
const SHOWN_FAULTS = 10;

export interface LogReport {
  files: number;
  rows: number;
  /** Rows left out. */
  malformed: number;
  /** What was wrong with the first ten of them, each with file and row; the header is row 1. */
  faults: string[];
  /** Assumptions that were made, in sentences. */
  notes: string[];
}

/**
 * Reads log files into the view `events`, checking every row.
 * @throws {CommandError} for a file that cannot be read or lacks columns.
 */
export async function readLogs(
  duckdb: Duckdb,
  paths: readonly string[],
  { map = {}, onFile = () => {} }: { map?: ColumnNames; onFile?: (path: string) => void } = {},
): Promise<LogReport> {
  const report: LogReport = { files: paths.length, rows: 0, malformed: 0, faults: [], notes: [] };
  // Rows are numbered as in the file.
  await duckdb.run("SET preserve_insertion_order = true");
  await duckdb.run(
    `CREATE TABLE log_rows (file_no BIGINT, row_no BIGINT, item_no BIGINT, session_id VARCHAR,
       user_id VARCHAR, at_ms BIGINT, event_type VARCHAR, product_id VARCHAR, fault VARCHAR)`,
  );
  for (const [fileNo, path] of paths.entries()) {
    onFile(path);
    const file = await lookIntoLog(path);
    await readFile(duckdb, file, { fileNo, map, report });
  }
  await duckdb.run(
    `CREATE VIEW events AS
     SELECT session_id, user_id, at_ms, event_type, product_id,
       (file_no << 56) + (row_no << 16) + item_no AS seq
     FROM log_rows WHERE fault IS NULL`,
  );
  return report;
}

interface Reading {
  fileNo: number;
  map: ColumnNames;
  report: LogReport;
}

async function readFile(duckdb: Duckdb, file: LogFile, reading: Reading): Promise<void> {
  const { fileNo, report } = reading;
  const names = file.format.type === "csv" ? columnsOf(file, reading) : {};
  const source = file.format.type === "csv" ? csvSource(file, names) : ga4Source(file);
  const columnNames = Object.fromEntries(
    LOG_FIELDS.map((field) => [field, `column ${(names[field] ?? field).replaceAll("'", "''")}`]),
  );
  const sql = fill(readSql("logRows"), {
    ...columnNames,
    file_no: String(fileNo),
    event_types: LOG_EVENT_TYPES.join(", "),
    source,
  });
  try {
    await duckdb.run(sql);
  } catch (error) {
    throw new CommandError(`cannot read log "${file.path}": ${firstLine(error as Error)}`);
  }
  const rejected =
    file.format.type === "csv" ? await takeRejects(duckdb, file.format.columns.length) : [];
  await addToReport(duckdb, { file, fileNo, rejected }, report);
}

/** A header's column for each field; the event type may be missing: then all are purchases. */
function columnsOf({ path, format }: LogFile, { map, report }: Reading): ColumnNames {
  const header = format.type === "csv" ? format.columns : [];
  const candidates = KNOWN_EXPORTS.map((known) => ({ ...known, ...map }));
  const has = (names: ColumnNames, field: LogField) => header.includes(names[field] ?? field);
  const names = candidates.find((names) => NEEDED.every((field) => has(names, field)));
  const absent = Object.values(map).filter((column) => !header.includes(column));
  if (absent.length > 0 || names === undefined) {
    const missing = absent.length > 0 ? absent : NEEDED.filter((field) => !has(map, field));
    throw new CommandError(
      `log "${path}" lacks column ${missing.join(", ")}; it has ${header.join(", ")}. ` +
        "Name the columns with --map, for example --map product_id=sku",
    );
  }
  if (!has(names, "event_type"))
    report.notes.push(`${path}: no event_type, so every row counts as a purchase`);
  return Object.fromEntries(
    LOG_FIELDS.filter((field) => has(names, field)).map((field) => [field, names[field] ?? field]),
  );
}

function csvSource({ path, compression, format }: LogFile, names: ColumnNames): string {
  if (format.type !== "csv") throw new Error("expected CSV");
  // Unused columns also need names, and the names must be unique.
  const used = new Set(Object.values(names));
  const unique = format.columns.map((name, index) =>
    used.has(name) && format.columns.indexOf(name) === index ? name : `unused ${index}`,
  );
  const column = (field: LogField, otherwise: string) =>
    names[field] === undefined ? otherwise : identifier(names[field]);
  return fill(readSql("csvRows"), {
    session_id: column("session_id", "NULL"),
    user_id: column("user_id", "NULL"),
    timestamp: column("timestamp", "NULL"),
    event_type: column("event_type", "'purchase'"),
    product_id: column("product_id", "NULL"),
    file: text(path),
    delimiter: text(format.delimiter),
    compression: text(compression),
    columns: `{${unique.map((name) => `${text(name)}: 'VARCHAR'`).join(", ")}}`,
  });
}

function ga4Source({ path, compression }: LogFile): string {
  const name = compression === "none" ? "uncompressed" : compression;
  return fill(readSql("ga4Rows"), { file: text(path), compression: text(name) });
}

interface BadRow {
  row: number;
  reason: string;
}

/** Rows that do not fit this header; drops the tables they were noted in. */
async function takeRejects(duckdb: Duckdb, columns: number): Promise<BadRow[]> {
  const rows = await duckdb.rows(
    `SELECT CAST(line AS INTEGER), min(error_type::VARCHAR), any_value(csv_line)
     FROM rejects GROUP BY line ORDER BY line`,
  );
  await duckdb.run("DROP TABLE rejects; DROP TABLE reject_scans;");
  return (rows as [number, string, string][]).map(([row, type, line]) => ({
    row,
    reason: reasonFor(type, line, columns),
  }));
}

function reasonFor(type: string, line: string, columns: number): string {
  if (type.endsWith("COLUMNS")) {
    const found = Papa.parse<string[]>(line).data[0]?.length ?? 0;
    return `it has ${found} columns, expected ${columns}`;
  }
  if (type === "UNQUOTED VALUE") return "a quote is not closed, or text follows it";
  if (type === "INVALID ENCODING") return "it is not UTF-8";
  return type.toLowerCase();
}

/** Adds a file's rows and faults, with rows numbered as in the file. */
async function addToReport(
  duckdb: Duckdb,
  { file, fileNo, rejected }: { file: LogFile; fileNo: number; rejected: BadRow[] },
  report: LogReport,
): Promise<void> {
  const [counts] = (await duckdb.rows(
    `SELECT CAST(count(*) AS DOUBLE), CAST(count(fault) AS DOUBLE)
     FROM log_rows WHERE file_no = ${fileNo}`,
  )) as [number, number][];
  const [rows, faulty] = counts!;
  report.rows += rows + rejected.length;
  report.malformed += faulty + rejected.length;
  const room = SHOWN_FAULTS - report.faults.length;
  const first = (await duckdb.rows(
    `SELECT CAST(row_no AS INTEGER), fault FROM log_rows
     WHERE file_no = ${fileNo} AND fault IS NOT NULL ORDER BY row_no, item_no LIMIT ${room}`,
  )) as [number, string][];
  const headerRows = file.format.type === "csv" ? 1 : 0;
  const faults = [
    ...rejected,
    ...first.map(([row, reason]) => ({ row: rowInFile(row + headerRows, rejected), reason })),
  ];
  faults.sort((left, right) => left.row - right.row);
  for (const { row, reason } of faults.slice(0, room)) {
    report.faults.push(`${file.path}: row ${row}: ${reason}`);
  }
}

/** Row numbers include rejected rows, which DuckDB does not number. */
function rowInFile(row: number, rejected: readonly BadRow[]): number {
  let inFile = row;
  for (const other of rejected) if (other.row <= inFile) inFile++;
  return inFile;
}

/** Puts values in place of `{name}`. What is in braces without being a name stays. */
function fill(sql: string, values: Record<string, string>): string {
  return sql
    .replace(/^--.*$/gm, "")
    .replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function firstLine({ message }: Error): string {
  return message.split("\n")[0]!;
}
