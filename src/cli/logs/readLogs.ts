import Papa from "papaparse";
import { CommandError } from "../commandError.ts";
import type { Duckdb } from "../duckdb.ts";
import { readSql } from "../readSql.ts";
import { type LogFile, lookIntoLog } from "./logFile.ts";
import { LOG_WORDS } from "./logRow.ts";
import { dayOrderEvidence, dayOrderOf, timeSql } from "./logTime.ts";
import { knownWords } from "./logWords.ts";

/** What a log says of an event, and the column it is in unless mapped. */
export const LOG_FIELDS = [
  "session_id",
  "user_id",
  "timestamp",
  "event_type",
  "product_id",
  "quantity",
  "status",
] as const;
export type LogField = (typeof LOG_FIELDS)[number];
export type ColumnNames = Partial<Record<LogField, string>>;

/** An export that is recognized by its header. */
interface KnownExport {
  columns: ColumnNames;
  /** Its sessions are numbered for each shopper anew. */
  isPerUser?: boolean;
}

const KNOWN_EXPORTS: readonly KnownExport[] = [
  { columns: {} },
  // Shopify, orders.
  {
    columns: {
      session_id: "Name",
      user_id: "Email",
      timestamp: "Created at",
      product_id: "Lineitem sku",
      quantity: "Lineitem quantity",
      status: "Financial Status",
    },
  },
  // GA4, events with one item a row.
  {
    columns: {
      session_id: "ga_session_id",
      user_id: "user_pseudo_id",
      timestamp: "event_timestamp",
      event_type: "event_name",
      product_id: "item_id",
    },
    isPerUser: true,
  },
  // Shop systems that export clicks.
  { columns: { session_id: "user_session", timestamp: "event_time" } },
  { columns: { user_id: "visitorid", event_type: "event", product_id: "itemid" } },
  // Invoices, a line a row.
  ...[
    ["InvoiceNo", "CustomerID"],
    ["Invoice", "Customer ID"],
  ].map(([invoice, customer]) => ({
    columns: {
      session_id: invoice!,
      user_id: customer!,
      timestamp: "InvoiceDate",
      product_id: "StockCode",
      quantity: "Quantity",
    },
  })),
];
const NEEDED: readonly LogField[] = ["timestamp", "product_id"];
/** A shopper without sessions begins a new one after so long a pause. */
const SESSION_GAP_MS = 30 * 60_000;
const DAY_MS = 86_400_000;
/** Fewer rows have no bulk that others could be far from. */
const FEWEST_FOR_BULK = 100;
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

export interface ReadLogsOptions {
  map?: ColumnNames;
  /** What the log's own event words mean: `{kauf: "purchase"}`; `none` passes over them. */
  words?: Readonly<Record<string, string>>;
  /** Which part of a date is the day (`dmy`, `mdy`), or a pattern of strptime's. */
  time?: string | undefined;
  /** Milliseconds since 1970; default the present. No event is later. */
  now?: number;
  onFile?: (path: string) => void;
}

/**
 * Reads log files into the view `events`, checking every row.
 * @throws {CommandError} for a file that cannot be read or lacks columns.
 */
export async function readLogs(
  duckdb: Duckdb,
  paths: readonly string[],
  options: ReadLogsOptions = {},
): Promise<LogReport> {
  const { map = {}, words = {}, time, now = Date.now(), onFile = () => {} } = options;
  const report: LogReport = { files: paths.length, rows: 0, malformed: 0, faults: [], notes: [] };
  // Rows are numbered as they are in the file.
  await duckdb.run("SET preserve_insertion_order = true");
  await duckdb.run(
    `CREATE TABLE log_rows (file_no BIGINT, row_no BIGINT, item_no BIGINT, session_id VARCHAR,
       user_id VARCHAR, at_ms BIGINT, event_type VARCHAR, product_id VARCHAR, fault VARCHAR)`,
  );
  for (const [fileNo, path] of paths.entries()) {
    onFile(path);
    const file = await lookIntoLog(path);
    await readFile(duckdb, file, { fileNo, map, words, time, now, report });
  }
  await leaveOutStrays(duckdb, report);
  await noteUncounted(duckdb, report);
  await makeEvents(duckdb);
  return report;
}

const COUNTED = `SELECT session_id, user_id, at_ms, event_type, product_id,
    (file_no << 56) + (row_no << 16) + item_no AS seq
  FROM log_rows WHERE fault IS NULL AND event_type NOT IN ('', 'refund')`;

/** Rows without a session are parted by the pauses of their shopper; a table, so that it is done once. */
const WITH_SESSIONS = `CREATE TABLE with_sessions AS
  SELECT
    coalesce(
      nullif(session_id, ''),
      user_id || ' ' || sum(CASE WHEN at_ms - before_ms > ${SESSION_GAP_MS} THEN 1 ELSE 0 END)
        OVER (PARTITION BY user_id, session_id ORDER BY at_ms, seq ROWS UNBOUNDED PRECEDING)
    ) AS session_id,
    user_id, at_ms, event_type, product_id, seq
  FROM (
    SELECT *, lag(at_ms) OVER (PARTITION BY user_id, session_id ORDER BY at_ms, seq) AS before_ms
    FROM (${COUNTED})
  )`;

async function makeEvents(duckdb: Duckdb): Promise<void> {
  const [[without]] = (await duckdb.rows(
    `SELECT CAST(count(*) AS INTEGER) FROM (${COUNTED}) WHERE coalesce(session_id, '') = ''`,
  )) as [[number]];
  if (without > 0) await duckdb.run(WITH_SESSIONS);
  const events = without > 0 ? "SELECT * FROM with_sessions" : COUNTED;
  await duckdb.run(`CREATE VIEW events AS ${events}`);
}

/** A clock that went wrong must not make all others old: a row far from the bulk of the log is left out. */
async function leaveOutStrays(duckdb: Duckdb, report: LogReport): Promise<void> {
  const [[rows, from, to]] = (await duckdb.rows(
    `SELECT CAST(count(*) AS DOUBLE), CAST(quantile_disc(at_ms, 0.01) AS DOUBLE),
       CAST(quantile_disc(at_ms, 0.99) AS DOUBLE)
     FROM log_rows WHERE fault IS NULL AND event_type <> ''`,
  )) as [[number, number, number]];
  if (rows < FEWEST_FOR_BULK) return;
  const room = Math.max(365 * DAY_MS, 2 * (to - from));
  const strays = `fault IS NULL AND event_type <> ''
    AND (at_ms < ${Math.floor(from - room)} OR at_ms > ${Math.ceil(to + room)})`;
  const [[count, first]] = (await duckdb.rows(
    `SELECT CAST(count(*) AS INTEGER), CAST(min(at_ms) AS DOUBLE) FROM log_rows WHERE ${strays}`,
  )) as [[number, number]];
  if (count === 0) return;
  await duckdb.run(`UPDATE log_rows SET fault = 'far from the other rows' WHERE ${strays}`);
  report.malformed += count;
  const [bulk, stray] = [from, first].map((at) => new Date(at).toISOString().slice(0, 10));
  report.notes.push(
    `${count} rows left out, whose time is far from that of the others (${stray}; most begin ${bulk})`,
  );
}

/** Rows that are right and count for nothing. */
async function noteUncounted(duckdb: Duckdb, report: LogReport): Promise<void> {
  const counted = async (type: string) => {
    const sql = `SELECT CAST(count(*) AS INTEGER) FROM log_rows WHERE fault IS NULL AND event_type = '${type}'`;
    return ((await duckdb.rows(sql)) as [[number]])[0][0];
  };
  const refunds = await counted("refund");
  const others = await counted("");
  if (refunds > 0) {
    report.notes.push(`${refunds} rows are refunds, returns or cancelled orders: no purchases`);
  }
  if (others > 0)
    report.notes.push(`${others} rows passed over: their events say nothing of a wish`);
}

interface Reading extends Required<Pick<ReadLogsOptions, "map" | "words" | "now">> {
  fileNo: number;
  time: string | undefined;
  report: LogReport;
}

async function readFile(duckdb: Duckdb, file: LogFile, reading: Reading): Promise<void> {
  const { fileNo, report, words, now } = reading;
  const known = file.format.type === "csv" ? columnsOf(file, reading) : { columns: {} };
  const names = known.columns;
  const source = file.format.type === "csv" ? csvSource(file, known) : ga4Source(file);
  const columnNames = Object.fromEntries(
    LOG_FIELDS.map((field) => [field, `column ${(names[field] ?? field).replaceAll("'", "''")}`]),
  );
  const time = reading.time ?? (await dayOrderIn(duckdb, source, file));
  const sql = fill(readSql("logRows"), {
    ...columnNames,
    file_no: String(fileNo),
    event_types: LOG_WORDS.join(", "),
    read_time: timeSql(time),
    time: expectedTime(time),
    latest: String(now + DAY_MS),
    lacks_session: names.session_id === undefined && names.user_id !== undefined ? "false" : "true",
    meaning: meaningSql(words),
    source,
  });
  try {
    await duckdb.run(sql);
  } catch (error) {
    throw new CommandError(`cannot read log "${file.path}": ${firstLine(error as Error)}`);
  }
  if (reading.time === undefined && time !== undefined) {
    report.notes.push(
      `${file.path}: dates are read as ${time === "dmy" ? "day.month" : "month/day"}`,
    );
  }
  const rejected =
    file.format.type === "csv" ? await takeRejects(duckdb, file.format.columns.length) : [];
  await addToReport(duckdb, { file, fileNo, rejected }, report);
}

function expectedTime(time: string | undefined): string {
  if (time?.includes("%")) return `a time as ${time.replaceAll("'", "''")}`;
  return time === undefined
    ? "a UTC ISO time, or seconds since 1970 (--time dmy or mdy reads 1/2/2026)"
    : `a time as ${time === "dmy" ? "31.1.2026 13:30" : "1/31/2026 1:30 PM"}`;
}

/** Which part of a file's dates is the day, where they show it. */
async function dayOrderIn(duckdb: Duckdb, source: string, { format }: LogFile) {
  if (format.type !== "csv") return undefined;
  const look = async (rows: string) => {
    const [evidence] = (await duckdb.rows(dayOrderEvidence(rows))) as [number[]];
    await duckdb.run("DROP TABLE IF EXISTS rejects; DROP TABLE IF EXISTS reject_scans;");
    return evidence;
  };
  const [dates = 0] = await look(`SELECT * FROM (${source}) LIMIT 1000`);
  return dates === 0 ? undefined : dayOrderOf(await look(source));
}

/** One of our types for a log's word, '' for one to pass over. */
function meaningSql(words: Readonly<Record<string, string>>): string {
  const own = Object.entries(words).map(
    ([word, type]) => `WHEN event_type = ${text(word)} THEN ${text(type === "none" ? "" : type)}`,
  );
  const byType = new Map<string, string[]>();
  for (const [word, type] of knownWords()) byType.set(type, [...(byType.get(type) ?? []), word]);
  const known = [...byType].map(
    ([type, all]) =>
      `WHEN regexp_replace(lower(event_type), '[^a-z]', '', 'g') IN (${all.map(text).join(", ")}) THEN ${text(type)}`,
  );
  return `CASE ${[...own, ...known].join(" ")} END`;
}

/** A header's column for each field; the event type may be missing: then all are purchases. */
function columnsOf({ path, format }: LogFile, { map, report }: Reading): KnownExport {
  const header = format.type === "csv" ? format.columns : [];
  const candidates = KNOWN_EXPORTS.map((known) => ({
    ...known,
    columns: { ...known.columns, ...map },
  }));
  const has = (names: ColumnNames, field: LogField) => header.includes(names[field] ?? field);
  const isWhole = (names: ColumnNames) =>
    NEEDED.every((field) => has(names, field)) &&
    (has(names, "session_id") || has(names, "user_id"));
  const hasAll = ({ columns }: KnownExport) =>
    isWhole(columns) && Object.values(columns).every((name) => header.includes(name));
  const found = candidates.find(hasAll) ?? candidates.find(({ columns }) => isWhole(columns));
  const absent = Object.values(map).filter((column) => !header.includes(column));
  if (absent.length > 0 || found === undefined) {
    const lacking = [...NEEDED, "session_id" as const].filter((field) => !has(map, field));
    const missing = absent.length > 0 ? absent : lacking;
    throw new CommandError(
      `log "${path}" lacks column ${missing.join(", ")}; it has ${header.join(", ")}. ` +
        "Name the columns with --map, for example --map product_id=sku",
    );
  }
  const { columns } = found;
  if (!has(columns, "event_type"))
    report.notes.push(`${path}: no event_type, so every row counts as a purchase`);
  if (!has(columns, "session_id"))
    report.notes.push(`${path}: no session_id, so a session ends with a pause of 30 minutes`);
  return {
    ...found,
    columns: Object.fromEntries(
      LOG_FIELDS.filter((field) => has(columns, field)).map((field) => [
        field,
        columns[field] ?? field,
      ]),
    ),
  };
}

function csvSource({ path, compression, format }: LogFile, known: KnownExport): string {
  if (format.type !== "csv") throw new Error("expected CSV");
  const names = known.columns;
  const isCancelled = format.columns.includes("Cancelled at") && names.event_type === undefined;
  // Columns that nothing is read from need a name, too, and no two the same.
  const used = new Set([...Object.values(names), ...(isCancelled ? ["Cancelled at"] : [])]);
  const unique = format.columns.map((name, index) =>
    used.has(name) && format.columns.indexOf(name) === index ? name : `unused ${index}`,
  );
  const column = (field: LogField, otherwise: string) =>
    names[field] === undefined ? otherwise : identifier(names[field]);
  const status = column("status", "NULL");
  const session = column("session_id", "NULL");
  const rows = fill(readSql("csvRows"), {
    session_id: known.isPerUser
      ? `coalesce(${column("user_id", "NULL")}, '') || '.' || ${session}`
      : session,
    user_id: column("user_id", "NULL"),
    timestamp: column("timestamp", "NULL"),
    event_type: column("event_type", "'purchase'"),
    product_id: column("product_id", "NULL"),
    quantity: column("quantity", "NULL"),
    status: isCancelled
      ? `CASE WHEN "Cancelled at" <> '' THEN 'cancelled' ELSE ${status} END`
      : status,
    file: text(path),
    delimiter: text(format.delimiter),
    compression: text(compression),
    columns: `{${unique.map((name) => `${text(name)}: 'VARCHAR'`).join(", ")}}`,
  });
  return names.event_type === undefined && names.session_id !== undefined
    ? withOrdersFacts(rows)
    : rows;
}

/** An order's further lines leave out what its first one says. */
function withOrdersFacts(rows: string): string {
  const filled = ["user_id", "time_text", "status"].map(
    (field) =>
      `coalesce(nullif(${field}, ''), max(nullif(${field}, '')) OVER (PARTITION BY session_id)) AS ${field}`,
  );
  return `SELECT * REPLACE (${filled.join(", ")}) FROM (${rows})`;
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
