import {
  categoryPath,
  entryOf,
  type FeedContext,
  type FeedEntry,
  LeftOut,
  linkOf,
  namesOf,
  pictureOf,
  stockOf,
  tagsOf,
} from "../../feeds/feedEntry.ts";
import { decimalMarkOf, isAmount, money } from "../../feeds/money.ts";
import { plainText } from "../../feeds/plainText.ts";
import { keyOf } from "./columns.ts";
import { csvTable } from "./csvRows.ts";
import { faultEntry, type KeyedRow, keyedRows } from "./keyedRows.ts";

/** Whether a header is that of Shopify's own product export, before or since 2025. */
export function isShopifyCsv(header: readonly string[]): boolean {
  const keys = new Set(header.map(keyOf));
  const hasHandle = keys.has("handle") || keys.has("urlhandle");
  return hasHandle && keys.has("title") && (keys.has("variantprice") || keys.has("option1value"));
}

/** Shopify's product export: one row per variant; the first row of a handle has the product's own data. */
export function shopifyCsv(text: string, context: FeedContext): FeedEntry[] {
  const rows = keyedRows(csvTable(text));
  const decimalMark =
    context.decimalMark ?? decimalMarkOf(rows.map(({ at }) => at("variantprice", "price")));
  const products = new Map<string, KeyedRow>();
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    if (row.fault !== undefined) return [faultEntry(row)];
    const handle = row.at("handle", "urlhandle") ?? "";
    if (!products.has(handle)) products.set(handle, row);
    const product = products.get(handle)!;
    // Rows for additional pictures have neither a price nor a variant.
    const isVariant = row === product || row.at("variantprice", "price") !== undefined;
    if (!isVariant) return [];
    const isUnnamed = seen.has(handle);
    seen.add(handle);
    const id = isUnnamed ? `${handle} row ${row.line}` : handle;
    return [{ ...variantEntry(row, product, { ...context, decimalMark, id, handle }), isUnnamed }];
  });
}

interface VariantContext extends FeedContext {
  id: string;
  handle: string;
}

function variantEntry(row: KeyedRow, product: KeyedRow, context: VariantContext): FeedEntry {
  const { id, handle } = context;
  return entryOf(row.place, handle, (notes) => {
    const status = product.at("status")?.toLowerCase();
    if (status === "draft" || status === "archived") return new LeftOut(status);
    const published = product.at("published", "publishedononlinestore");
    if (published?.toLowerCase() === "false") return new LeftOut("not published");
    const title = plainText(product.at("title"), 500);
    const price = money(row.at("variantprice", "price"), "price", context);
    const before = row.at("variantcompareatprice", "compareatprice");
    const type = plainText(product.at("type"), 256);
    return {
      id,
      aliases: namesOf([row.at("variantsku", "sku")]),
      sharedNames: [row.at("variantbarcode", "barcode")?.replace(/^'/, "")],
      title,
      categoryPath: type ? [type] : categoryPath(product.at("productcategory")),
      priceMinor: price.minor,
      currency: price.currency,
      listPriceMinor: isAmount(before)
        ? money(before, "compare-at price", context).minor
        : undefined,
      brand: plainText(product.at("vendor"), 256),
      tags: tagsOf(product.at("tags")),
      stock: variantStock(row, notes),
      description: plainText(product.at("bodyhtml", "description")),
      url: linkOf(`/products/${encodeURIComponent(handle)}`, context, notes),
      image: pictureOf(
        row.at("imagesrc", "productimageurl", "variantimage", "variantimageurl") ??
          product.at("imagesrc", "productimageurl"),
        title,
        notes,
      ),
    };
  });
}

/** A product is for sale if its stock is not tracked, or if it may be sold when out of stock. */
function variantStock(row: KeyedRow, notes: string[]): number | undefined {
  const policy = row.at("variantinventorypolicy", "continuesellingwhenoutofstock")?.toLowerCase();
  const isCounted = !row.has("variantinventorytracker", "inventorytracker")
    ? true
    : row.at("variantinventorytracker", "inventorytracker") !== undefined;
  if (!isCounted || policy === "continue" || policy === "true") return undefined;
  return stockOf({ count: row.at("variantinventoryqty", "inventoryquantity") }, notes);
}
