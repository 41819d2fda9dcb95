import { eachSlice } from "../engine/kit/scheduler.ts";
import { type FeedEntry, LeftOut } from "./feedEntry.ts";
import { ownNames } from "./ownNames.ts";
import { shopifyReaders, wooReaders } from "./shopJson.ts";

export interface ShopFeedOptions {
  /** The address of the list; undefined if it was passed in. */
  address: string | undefined;
  /** Shopify's lists do not give it. */
  currency: string | undefined;
  load(address: string): Promise<unknown>;
}

/** A few thousand products; a larger shop should make a catalog, which is a tenth of the size. */
const MAX_PAGES = 40;

/**
 * The rows of a catalog from a platform's own list of products (Shopify's `products.json`, WooCommerce's
 * Store API), including further pages of the list. A row that cannot be read is replaced by its error.
 */
export async function shopFeedRows(first: unknown, options: ShopFeedOptions): Promise<unknown[]> {
  const entries: FeedEntry[] = [];
  let address = options.address;
  const context = { currency: options.currency, now: Date.now() };
  for (let [file, page] = [first, 1]; ; page++) {
    const readers = Array.isArray(file) ? wooReaders(file, context) : shopifyReaders(file, context);
    await eachSlice(readers, (read) => void entries.push(read()));
    address = page < MAX_PAGES ? nextPage(address, readers.length) : undefined;
    if (address === undefined) return rowsOf(entries);
    file = await options.load(address);
  }
}

/** Products for sale, each with the names that no other one has. */
function rowsOf(entries: readonly FeedEntry[]): unknown[] {
  const isOwn = ownNames(entries, ({ product }) => product);
  return entries.flatMap(({ product, sharedNames = [] }) => {
    if (product instanceof LeftOut) return [];
    if (product instanceof Error || sharedNames.length === 0) return [product];
    const { aliases = [] } = product as { aliases?: string[] };
    return [{ ...product, aliases: [...aliases, ...sharedNames.filter(isOwn)] }];
  });
}

/** The next page of a list; undefined after one that is not full, or if the address gives no page size. */
export function nextPage(address: string | undefined, count: number): string | undefined {
  if (address === undefined || count === 0) return undefined;
  const url = new URL(address);
  const { searchParams } = url;
  const size = Number(searchParams.get("limit") ?? searchParams.get("per_page") ?? Number.NaN);
  if (!(count >= size)) return undefined;
  searchParams.set("page", String(Number(searchParams.get("page") ?? 1) + 1));
  return url.href;
}
