import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import Papa from "papaparse";
import { type Catalog, createCatalog, type Product } from "../engine/catalog.ts";
import type { CrowdSession } from "./buildItemPack.ts";
import { eventOf, LOG_EVENT_TYPES, type LogEventType, type LogRow } from "./logRow.ts";

const COLUMNS =
  "user_id,session_id,timestamp,event_type,product_id,name,category,brand,price".split(",");

/** A log line that cannot be used. Rows count from 1, the header being row 1. */
export class LogError extends Error {
  override readonly name = "LogError";
}

/**
 * Reads a log in Vitrine's CSV format, plain or gzip, sorted by time.
 * @throws {LogError} for a missing file, a wrong header or the first malformed row, naming row number,
 *   column and value.
 */
export function readShopLog(path: string): LogRow[] {
  const lines = Papa.parse<string[]>(readText(path), { skipEmptyLines: true }).data;
  const header = lines[0] ?? [];
  const missing = COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    throw new LogError(`${path}: row 1 lacks column ${missing.join(", ")}; expected ${COLUMNS}`);
  }
  const positions = COLUMNS.map((column) => header.indexOf(column));
  return lines
    .slice(1)
    .map((line, index) => parseRow(line, positions, `${path}: row ${index + 2}`));
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new LogError(`cannot read log "${path}": ${(error as Error).message}`);
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return (isGzip ? gunzipSync(bytes) : bytes).toString("utf8");
}

function parseRow(line: string[], positions: number[], where: string): LogRow {
  const [userId, sessionId, time, type, productId, name, category, brand, price] = positions.map(
    (position) => line[position] ?? "",
  ) as [string, string, string, string, string, string, string, string, string];
  const fail = (column: string, value: string, expected: string): never => {
    throw new LogError(`${where}: column ${column} is "${value}", expected ${expected}`);
  };
  const at = Date.parse(time);
  if (Number.isNaN(at)) fail("timestamp", time, "a UTC ISO time");
  if (!LOG_EVENT_TYPES.includes(type as LogEventType)) {
    fail("event_type", type, `one of ${LOG_EVENT_TYPES.join(", ")}`);
  }
  if (sessionId === "") fail("session_id", sessionId, "a session's id");
  if (productId === "") fail("product_id", productId, "a product's id");
  const amount = price === "" ? Number.NaN : Number(price);
  if (price !== "" && !(amount >= 0)) fail("price", price, "a number of 0 or more, or nothing");
  return {
    userId,
    sessionId,
    at,
    type: type as LogEventType,
    productId,
    name,
    category,
    brand,
    price: amount,
  };
}

/** Rows grouped by session, in order of each session's first event. */
export function sessionsOf(rows: readonly LogRow[]): LogRow[][] {
  const sessions = new Map<string, LogRow[]>();
  for (const row of rows) {
    const session = sessions.get(row.sessionId);
    if (session) session.push(row);
    else sessions.set(row.sessionId, [row]);
  }
  return [...sessions.values()];
}

/** The products a log names, each with the facts its last row gives. */
export function catalogOf(rows: readonly LogRow[]): Catalog {
  const products = new Map<string, Product>();
  for (const row of rows) {
    products.set(row.productId, {
      id: row.productId,
      title: row.name || row.productId,
      categoryPath: row.category === "" ? [] : row.category.split(" > "),
      priceMinor: Number.isNaN(row.price) ? 0 : Math.round(row.price * 100),
      currency: "XXX",
      ...(row.brand === "" ? {} : { brand: row.brand }),
    });
  }
  return createCatalog([...products.values()]);
}

/** Sessions as the item pack's builder takes them; a session without a user is a shopper of its own. */
export function crowdOf(sessions: readonly LogRow[][]): CrowdSession[] {
  return sessions.map((session) => ({
    shopper: session[0]!.userId || session[0]!.sessionId,
    events: session.map(eventOf),
  }));
}
