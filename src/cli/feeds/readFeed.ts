import { FieldError, type Fields } from "../../engine/kit/fields.ts";
import type { FeedContext, FeedEntry } from "../../feeds/feedEntry.ts";
import type { DecimalMark } from "../../feeds/money.ts";
import { shopifyReaders, wooReaders } from "../../feeds/shopJson.ts";
import type { TableMap } from "./columns.ts";
import { csvTable } from "./csvRows.ts";
import { jsonLdProducts } from "./jsonLd.ts";
import { isShopifyCsv, shopifyCsv } from "./shopifyCsv.ts";
import { csvProducts, jsonProducts, type ReadFeed, rowsIn, tableProducts } from "./table.ts";
import { isWooCsv, wooCsv } from "./wooCsv.ts";
import { xmlRows } from "./xmlRows.ts";

export const FEED_FORMATS = [
  "google-xml",
  "google-tsv",
  "shopify",
  "shopify-csv",
  "woocommerce",
  "woocommerce-csv",
  "json-ld",
  "csv",
  "json",
] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export interface FeedOptions {
  format?: FeedFormat | undefined;
  map?: TableMap;
  /** For feeds that do not give it. */
  currency?: string | undefined;
  /** The decimal mark, if a feed's amounts are ambiguous. */
  decimal?: DecimalMark;
  /** The shop's address, for links that are paths of it. */
  base?: string | undefined;
  /** Milliseconds since 1970; default: now. */
  now?: number;
}

/**
 * Reads a feed's text; the format is recognized by the text unless given.
 * @throws {FieldError} if it is not such a feed.
 */
export function readFeed(text: string, place: string, options: FeedOptions): FeedEntry[] {
  return readFeedAndNotes(text, place, options).entries;
}

/** `readFeed`, with notes about the feed as a whole. */
export function readFeedAndNotes(text: string, place: string, options: FeedOptions): ReadFeed {
  const { map = {}, currency, decimal, base, now = Date.now() } = options;
  const content = text.replace(/^\uFEFF/, "");
  const format = options.format ?? formatOf(content, map);
  const context: FeedContext = { currency, decimalMark: decimal, base, now };
  switch (format) {
    case "google-xml":
      return googleXml(content, { ...context, map });
    case "google-tsv":
      return csvProducts(content, { ...context, map }, "\t");
    case "csv":
      return csvProducts(content, { ...context, map });
    case "json":
      return jsonProducts(parseJson(content), { ...context, map });
    case "json-ld":
      return ofPlatform(jsonLdProducts(content, place, context));
    case "shopify":
      return ofPlatform(shopifyReaders(parseJson(content), context).map((read) => read()));
    case "shopify-csv":
      return ofPlatform(shopifyCsv(content, context));
    case "woocommerce":
      return ofPlatform(wooReaders(parseJson(content), context).map((read) => read()));
    case "woocommerce-csv":
      return ofPlatform(wooCsv(content, context));
  }
}

function ofPlatform(entries: FeedEntry[]): ReadFeed {
  return { entries, notes: [] };
}

/** A Google Merchant feed as XML: `item`s of RSS or `entry`s of Atom, with or without `g:`. */
function googleXml(text: string, context: FeedContext & { map: TableMap }): ReadFeed {
  const rows = xmlRows(text);
  const headings = new Set(rows.flatMap((row) => Object.keys(row)));
  const placed = rows.map((row, at) => ({ place: `item ${at + 1}`, row }));
  // Elements that nothing is read from are usually RSS's own.
  return { ...tableProducts(placed, [...headings], context), notes: [] };
}

export function formatOf(text: string, map: TableMap = {}): FeedFormat {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return jsonFormatOf(parseJson(start));
  if (/^<(\?xml|rss|feed|channel|yml_catalog|shop)\b/i.test(start)) return "google-xml";
  if (start.startsWith("<")) return "json-ld";
  const { header } = csvTable(start.slice(0, start.indexOf("\n", 65_536) + 1 || undefined));
  if (Object.keys(map).length > 0) return "csv";
  if (isShopifyCsv(header)) return "shopify-csv";
  return isWooCsv(header) ? "woocommerce-csv" : "csv";
}

function jsonFormatOf(file: unknown): FeedFormat {
  const rows = rowsOrNone(file);
  const first = (rows?.find((row) => typeof row === "object" && row !== null) ?? {}) as Fields;
  const isShopify =
    /^gid:\/\/shopify\//.test(String(first.id)) ||
    (Array.isArray(first.variants) && !("categoryPath" in first)) ||
    typeof ((file as Fields).data as Fields | undefined)?.products === "object";
  if (isShopify) return "shopify";
  if (!Array.isArray(file)) return "json";
  const isWoo =
    typeof first.prices === "object" || "regular_price" in first || "permalink" in first;
  return isWoo ? "woocommerce" : "json";
}

function rowsOrNone(file: unknown): unknown[] | undefined {
  const rows = rowsIn(file);
  return Array.isArray(rows) ? rows : undefined;
}

/** JSON, or the JSON lines of large exports. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
    if (lines.length < 2 || !lines.every((line) => /^\s*\{.*\}\s*$/.test(line))) {
      throw new FieldError("feed", (error as Error).message, "JSON");
    }
    return lines.map(parseLine);
  }
}

function parseLine(line: string, at: number): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new FieldError(`line ${at + 1}`, (error as Error).message, "JSON");
  }
}
