import { createReadStream, readFileSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip, gunzipSync } from "node:zlib";
import Papa from "papaparse";
import { DAY_MS, type OrderSummary, summarize } from "../../engine/value/orderLedger.ts";
import { CommandError } from "../commandError.ts";

/** Order days of one shopper: day since 1970 and value of all that was ordered on it, major units. */
export type OrderDays = ReadonlyMap<number, number>;

/** The orders of all shoppers of a log. */
export interface OrderBook {
  shoppers: ReadonlyMap<string, OrderDays>;
  firstDay: number;
  lastDay: number;
  /** The number of days for which orders count; default: forever. */
  retentionDays?: number;
}

/** Adds orders up by shopper and day. */
export function createOrderBook() {
  const shoppers = new Map<string, Map<number, number>>();
  let firstDay = Number.POSITIVE_INFINITY;
  let lastDay = Number.NEGATIVE_INFINITY;
  return {
    add(shopper: string, day: number, value: number): void {
      const days = shoppers.get(shopper) ?? new Map<number, number>();
      shoppers.set(shopper, days);
      days.set(day, (days.get(day) ?? 0) + value);
      firstDay = Math.min(firstDay, day);
      lastDay = Math.max(lastDay, day);
    },
    book: (): OrderBook => ({ shoppers, firstDay, lastDay }),
  };
}

/**
 * Reads the orders of a log: a shop's CSV (see CONTRIBUTING.md; purchases with a `user_id`, their price
 * times `quantity` where it has that column), or CDNOW's tables of customer, date, units and dollars.
 * @throws {CommandError} for a file that cannot be read, or without orders.
 */
export async function readOrderBook(path: string): Promise<OrderBook> {
  const building = createOrderBook();
  try {
    if (/\.txt(\.gz)?$/.test(path)) readTable(path, building.add);
    else await readCsv(path, building.add);
  } catch (error) {
    throw new CommandError(`cannot read log "${path}": ${(error as Error).message}`);
  }
  const book = building.book();
  if (book.shoppers.size === 0) {
    throw new CommandError(`log "${path}" has no purchases with a user_id, expected some`);
  }
  return book;
}

type AddOrder = (shopper: string, day: number, value: number) => void;

interface CsvRow {
  user_id?: string;
  timestamp?: string;
  event_type?: string;
  price?: string;
  quantity?: string;
}

/** Row by row: a log of a million lines is summed without being held in memory. */
async function readCsv(path: string, add: AddOrder): Promise<void> {
  const file = createReadStream(path);
  const rows = Papa.parse(Papa.NODE_STREAM_INPUT, { header: true });
  const stages = path.endsWith(".gz") ? [file, createGunzip(), rows] : [file, rows];
  // An error in any stage ends the loop below, which throws it.
  pipeline(stages, () => {});
  for await (const row of rows as AsyncIterable<CsvRow>) {
    const day = Math.floor(Date.parse(row.timestamp ?? "") / DAY_MS);
    if (row.event_type !== "purchase" || !row.user_id || Number.isNaN(day)) continue;
    const value = Number(row.price || 0) * Number(row.quantity || 1);
    if (Number.isFinite(value)) add(row.user_id, day, value);
  }
}

/** Lines of `customer [customer of the sample] yyyymmdd units dollars`, and headings. */
function readTable(path: string, add: AddOrder): void {
  const bytes = readFileSync(path);
  const lines = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8").split("\n");
  for (const line of lines) {
    const fields = line.trim().split(/\s+/);
    const [dollars = "", , date = "", shopper = ""] = fields.toReversed();
    const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
    if (day === undefined) continue;
    add(shopper, Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS, Number(dollars));
  }
}

/** A shopper as of the end of a day, and what they ordered in the days after. */
export interface HeldOutShopper {
  summary: OrderSummary;
  orders: number;
  value: number;
}

/** All shoppers with an order by the end of `today`, and their orders of the next `days`. */
export function heldOutShoppers(
  { shoppers, retentionDays = Number.POSITIVE_INFINITY }: OrderBook,
  { today, days }: { today: number; days: number },
): HeldOutShopper[] {
  return [...shoppers.values()].flatMap((orderDays) => {
    const summary = summarize([...orderDays], today, retentionDays);
    if (summary === undefined) return [];
    const later = [...orderDays].filter(([day]) => day > today && day <= today + days);
    return { summary, orders: later.length, value: later.reduce((sum, [, own]) => sum + own, 0) };
  });
}
