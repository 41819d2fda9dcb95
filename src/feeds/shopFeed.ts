import { runSliced } from "../engine/kit/scheduler.ts";
import { readingShopify, readingWoo } from "./shopJson.ts";

export interface ShopFeedOptions {
  /** The address of the list; undefined if it was passed in. */
  address: string | undefined;
  /** Shopify's lists leave it out. */
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
  const rows: unknown[] = [];
  let address = options.address;
  for (let [file, page] = [first, 1]; ; page++) {
    const found = await runSliced(
      Array.isArray(file) ? readingWoo(file) : readingShopify(file, options.currency),
    );
    rows.push(...found.map(({ product }) => product));
    address = page < MAX_PAGES ? nextPage(address, found.length) : undefined;
    if (address === undefined) return rows;
    file = await options.load(address);
  }
}

/** Undefined after a page that is not full, or if the address does not give the page size. */
function nextPage(address: string | undefined, count: number): string | undefined {
  if (address === undefined || count === 0) return undefined;
  const url = new URL(address);
  const { searchParams } = url;
  const size = Number(searchParams.get("limit") ?? searchParams.get("per_page") ?? Number.NaN);
  if (!(count >= size)) return undefined;
  searchParams.set("page", String(Number(searchParams.get("page") ?? 1) + 1));
  return url.href;
}
