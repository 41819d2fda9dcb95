import type { Fields } from "../engine/kit/fields.ts";
import { fetchFile } from "./fetchFile.ts";
import type { OpenOptions } from "./openOptions.ts";

/**
 * A shop's catalog file. A platform's own list of products does, too; what turns that into a catalog is
 * loaded for it only.
 */
export async function catalogFile({ catalog, currency }: OpenOptions): Promise<unknown> {
  const address = typeof catalog === "string" ? catalog : undefined;
  const file = address === undefined ? catalog : await fetchJson(address);
  if (!isShopFeed(file)) return file;
  const { shopFeedRows } = await import("../feeds/shopFeed.ts");
  return shopFeedRows(file, { address, currency, load: fetchJson });
}

/** Shopify's products have variants, WooCommerce's prices; those of a catalog neither. */
function isShopFeed(file: unknown): boolean {
  const rows = (file as Fields | null)?.products ?? file;
  const first: unknown = Array.isArray(rows) ? rows[0] : undefined;
  return Boolean((first as Fields)?.variants ?? (first as Fields)?.prices);
}

async function fetchJson(address: string): Promise<unknown> {
  return (await fetchFile(address)).json();
}
