import type { Fields } from "../engine/kit/fields.ts";
import { fetchFile } from "./fetchFile.ts";
import type { OpenOptions } from "./openOptions.ts";

/**
 * Reads a shop's catalog file. It also accepts a platform's own product list; the code to convert it is
 * loaded only then.
 */
export async function catalogFile({ catalog, currency }: OpenOptions): Promise<unknown> {
  const address = typeof catalog === "string" ? catalog : undefined;
  const file = address === undefined ? catalog : await fetchJson(address);
  if (!isShopFeed(file)) return file;
  const { shopFeedRows } = await import("../feeds/shopFeed.ts");
  return shopFeedRows(file, { address, currency, load: fetchJson });
}

/** Shopify's products have variants, WooCommerce's have prices; a catalog's have neither. */
function isShopFeed(file: unknown): boolean {
  const rows = (file as Fields | null)?.products ?? file;
  const first: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return Boolean((first as Fields)?.variants ?? (first as Fields)?.prices);
}

function fetchJson(address: string): Promise<unknown> {
  return fetchFile(address, (response) => response.json());
}
