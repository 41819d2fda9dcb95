import { FieldError, type Fields } from "../../engine/kit/fields.ts";
import type { FeedEntry } from "../../feeds/feedEntry.ts";
import { shopifyProducts, wooProducts } from "../../feeds/shopJson.ts";
import { googleTsv, googleXml } from "./googleFeed.ts";
import { jsonLdProducts } from "./jsonLd.ts";
import { csvProducts, jsonProducts, type TableMap } from "./table.ts";

export const FEED_FORMATS = [
  "google-xml",
  "google-tsv",
  "shopify",
  "woocommerce",
  "json-ld",
  "csv",
  "json",
] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

export interface FeedOptions {
  format?: FeedFormat | undefined;
  map?: TableMap;
  /** For feeds that leave it out. */
  currency?: string | undefined;
  /** Milliseconds since 1970; default the present. */
  now?: number;
}

/**
 * Reads a feed's text; the format is detected from the text unless given.
 * @throws {FieldError} when it is no such feed at all.
 */
export function readFeed(text: string, place: string, options: FeedOptions): FeedEntry[] {
  const { map = {}, currency, now = Date.now() } = options;
  const content = text.replace(/^\uFEFF/, "");
  const format = options.format ?? formatOf(content);
  switch (format) {
    case "google-xml":
      return googleXml(content, { currency, now });
    case "google-tsv":
      return googleTsv(content, { currency, now });
    case "json-ld":
      return jsonLdProducts(content, place, currency);
    case "csv":
      return csvProducts(content, map, currency);
    case "shopify":
      return shopifyProducts(parseJson(content), currency);
    case "woocommerce":
      return wooProducts(parseJson(content));
    case "json":
      return jsonProducts(parseJson(content), map, currency);
  }
}

export function formatOf(text: string): FeedFormat {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return jsonFormatOf(parseJson(start));
  if (/^<(\?xml|rss|feed|channel)\b/.test(start)) return "google-xml";
  if (start.startsWith("<")) return "json-ld";
  return start.split(/\r?\n/, 1)[0]!.includes("\t") ? "google-tsv" : "csv";
}

function jsonFormatOf(file: unknown): FeedFormat {
  const rows: unknown = Array.isArray(file) ? file : (file as Fields).products;
  const first = ((Array.isArray(rows) ? rows[0] : undefined) ?? {}) as Fields;
  if (Array.isArray(first.variants)) return "shopify";
  return typeof first.prices === "object" && Array.isArray(file) ? "woocommerce" : "json";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FieldError("feed", (error as Error).message, "JSON");
  }
}
