import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import Papa from "papaparse";
import { LOG_WORDS, type LogRow } from "./logRow.ts";
import { meaningOfWord } from "./logWords.ts";

const NEEDED = ["session_id", "timestamp", "event_type", "product_id"] as const;
/** A log without one of these columns has no value for it in any row. */
const OPTIONAL = ["user_id", "name", "category", "brand", "price"] as const;
/** Columns that logs of before do not have. */
const NEWER = ["quantity", "discount"] as const;
type Column = (typeof NEEDED)[number] | (typeof OPTIONAL)[number] | (typeof NEWER)[number];

const SHOWN_FAULTS = 10;
const TIME =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?: ?(?:Z|UTC|([+-]\d\d:?\d\d)))?)?$/;

/** A log that cannot be used. */
export class LogError extends Error {
  override readonly name = "LogError";
}

export interface ReadLogOptions {
  /** Fails on malformed rows instead of skipping them. */
  isStrict?: boolean;
  /** Is given rows left out and columns that are not there, in sentences. */
  warn?: (text: string) => void;
}

/**
 * Reads a log in Vitrine's CSV format, plain or gzip. Rows are counted from 1, the header being row 1.
 * @throws {LogError} for a file that cannot be read, missing columns, no usable row, and with
 *   `isStrict` any malformed row; the first ten are named with column and value.
 */
export function readShopLog(
  path: string,
  { isStrict = false, warn = console.error }: ReadLogOptions = {},
): LogRow[] {
  const { data, errors } = Papa.parse<string[]>(readText(path));
  const header = (data[0] ?? []).map((name) => name.trim());
  const lacking = OPTIONAL.filter((column) => !header.includes(column));
  checkHeader(path, header);
  if (lacking.length > 0) warn(`log "${path}" has no column ${lacking.join(", ")}: unknown`);

  const badQuotes = new Set(errors.filter(({ type }) => type === "Quotes").map(({ row }) => row));
  const rows: LogRow[] = [];
  const faults: string[] = [];
  let malformed = 0;
  for (const [index, line] of data.entries()) {
    if (index === 0 || (line.length === 1 && line[0] === "")) continue;
    try {
      if (badQuotes.has(index)) throw new LogError("a quote is not closed, or text follows it");
      rows.push(parseRow(line, header));
    } catch (error) {
      if (!(error instanceof LogError)) throw error;
      if (++malformed <= SHOWN_FAULTS) faults.push(`row ${index + 1}: ${error.message}`);
    }
  }
  const list = faults.map((fault) => `\n  ${fault}`).join("");
  if (rows.length === 0) throw new LogError(`no row of log "${path}" is usable${list}`);
  if (malformed === 0) return rows;
  const found = `${malformed} of ${rows.length + malformed} rows of log "${path}" are malformed`;
  if (isStrict) throw new LogError(`${found}:${list}`);
  warn(`${found} and skipped, the first:${list}`);
  return rows;
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path);
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return (isGzip ? gunzipSync(bytes) : bytes).toString("utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw new LogError(`cannot read log "${path}": ${(error as Error).message}`);
  }
}

function checkHeader(path: string, header: readonly string[]): void {
  const missing = NEEDED.filter((column) => !header.includes(column));
  if (missing.length === 0) return;
  throw new LogError(
    `log "${path}" lacks column ${missing.join(", ")}; row 1 has "${header.join(",").slice(0, 200)}", ` +
      `expected ${NEEDED.join(",")}, and ${OPTIONAL.join(",")} where known`,
  );
}

function parseRow(line: readonly string[], header: readonly string[]): LogRow {
  if (line.length !== header.length)
    throw new LogError(`it has ${line.length} columns, expected ${header.length}`);
  const read = (column: Column) => line[header.indexOf(column)] ?? "";
  const check = (isRight: boolean, column: Column, expected: string) => {
    if (isRight) return;
    throw new LogError(`column ${column} is "${read(column).slice(0, 100)}", expected ${expected}`);
  };
  const at = readTime(read("timestamp"));
  const meaning = meaningOfWord(read("event_type"));
  const quantity = numberIn(read("quantity"));
  const discount = numberIn(read("discount"));
  const price = read("price") === "" ? Number.NaN : Number(read("price"));
  check(
    !Number.isNaN(at),
    "timestamp",
    "a UTC ISO time, such as 2021-01-31T09:30:00Z, or seconds since 1970",
  );
  check(at <= Date.now() + DAY_MS, "timestamp", "a time that is past");
  check(Boolean(meaning), "event_type", `one of ${LOG_WORDS.join(", ")}`);
  check(read("session_id") !== "", "session_id", "a session's id");
  check(read("product_id") !== "", "product_id", "a product's id");
  check(
    read("price") === "" || (price >= 0 && price <= 1e12),
    "price",
    "a number from 0 to 1e12, or empty",
  );
  check(quantity === undefined || Math.abs(quantity) >= 1, "quantity", "a number of units");
  check(discount === undefined || discount >= 0, "discount", "a number of 0 or more, or nothing");
  const isReturned = meaning === "purchase" && quantity !== undefined && quantity < 0;
  return {
    userId: read("user_id"),
    sessionId: read("session_id"),
    at,
    type: isReturned ? "refund" : meaning || "view",
    productId: read("product_id"),
    name: read("name"),
    category: read("category"),
    brand: read("brand"),
    price,
    ...(quantity !== undefined && { quantity: Math.round(Math.abs(quantity)) }),
    ...(discount !== undefined && { discount }),
  };
}

const DAY_MS = 86_400_000;

/** NaN for what is written and no number, which no check lets pass; undefined for nothing. */
function numberIn(text: string): number | undefined {
  return text === "" ? undefined : Number(text);
}

/** Milliseconds since 1970; UTC where no offset is given, whatever the machine's zone; NaN when it is no time. */
function readTime(text: string): number {
  const [epoch] = /^\d{10}(\d{3})?(\d{3})?$/.exec(text) ?? [];
  if (epoch !== undefined) return Math.floor(Number(epoch) * 10 ** (13 - epoch.length));
  const [, date, time = "00:00", offset = "Z"] = TIME.exec(text) ?? [];
  return date === undefined ? Number.NaN : Date.parse(`${date}T${time}${offset}`);
}
