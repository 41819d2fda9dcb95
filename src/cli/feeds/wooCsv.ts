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

/** Whether a header is that of WooCommerce's own product export. */
export function isWooCsv(header: readonly string[]): boolean {
  const keys = new Set(header.map(keyOf));
  return (
    keys.has("regularprice") && keys.has("name") && (keys.has("type") || keys.has("published"))
  );
}

/** WooCommerce's product export: variations are rows of their own that name their parent. */
export function wooCsv(text: string, context: FeedContext): FeedEntry[] {
  const rows = keyedRows(csvTable(text));
  const decimalMark =
    context.decimalMark ?? decimalMarkOf(rows.map(({ at }) => at("regularprice")));
  const parents = new Map<string, KeyedRow>();
  for (const row of rows) {
    const [id, sku] = [row.at("id"), row.at("sku")];
    if (isVariation(row)) continue;
    if (id !== undefined) parents.set(`id:${id}`, row);
    if (sku !== undefined) parents.set(sku, row);
  }
  const haveVariations = new Set(
    rows.filter(isVariation).flatMap((row) => parents.get(row.at("parent") ?? "") ?? []),
  );
  return rows.flatMap((row) => {
    if (row.fault !== undefined) return [faultEntry(row)];
    if (haveVariations.has(row)) return []; // Its variations have the prices.
    const parent = isVariation(row) ? parents.get(row.at("parent") ?? "") : undefined;
    return [productEntry(row, parent ?? row, { ...context, decimalMark })];
  });
}

function isVariation(row: KeyedRow): boolean {
  return /\bvariation\b/i.test(row.at("type") ?? "");
}

function productEntry(row: KeyedRow, product: KeyedRow, context: FeedContext): FeedEntry {
  const id = product.at("id") ?? product.at("sku");
  const own = row.at("id") ?? row.at("sku");
  return entryOf(row.place, row === product ? undefined : id, (notes) => {
    const reason = leftOut(product) ?? leftOut(row);
    if (reason !== undefined) return new LeftOut(reason);
    const title = plainText(product.at("name"), 500);
    return {
      id: own,
      aliases: namesOf([
        row.at("sku"),
        own && `#${own}`,
        product.at("sku"),
        id,
        id && `#${id}`,
      ]).filter((name) => name !== own),
      sharedNames: [row.at("gtinupceanorisbn", "gtin", "ean")],
      title,
      categoryPath: categoriesOf(product.at("categories")),
      ...pricesOf(row, context),
      brand: plainText(product.at("brands", "brand"), 256),
      stock: stockIn(row, notes),
      tags: tagsOf(product.at("tags")),
      description: plainText(product.at("shortdescription", "description")),
      // WordPress redirects from the id to the product's own address.
      url: linkOf(product.at("url", "permalink") ?? `/?p=${id}`, context, notes),
      companions: crossSells(product),
      image: pictureOf(row.at("images") ?? product.at("images"), title, notes),
    };
  });
}

/** SKUs, or "id:" and a number: both are names of products. */
function crossSells(product: KeyedRow): string[] | undefined {
  const names = (product.at("crosssells") ?? "").split(/\s*,\s*/);
  const companions = namesOf(names.map((name) => name.replace(/^id:/, "")));
  return companions.length === 0 ? undefined : companions;
}

function leftOut(row: KeyedRow): string | undefined {
  const published = row.at("published");
  if (published === "-1") return "draft";
  if (published === "0") return "private";
  return row.at("visibilityincatalog", "catalogvisibility") === "hidden" ? "hidden" : undefined;
}

function pricesOf(row: KeyedRow, context: FeedContext) {
  const regular = money(row.at("regularprice"), "Regular price", context);
  const sale =
    isAmount(row.at("saleprice")) && isOnSale(row, context.now)
      ? money(row.at("saleprice"), "Sale price", context).minor
      : 0;
  const isLower = sale > 0 && sale < regular.minor;
  return {
    priceMinor: isLower ? sale : regular.minor,
    currency: regular.currency,
    listPriceMinor: isLower ? regular.minor : undefined,
  };
}

function isOnSale(row: KeyedRow, now: number): boolean {
  const from = Date.parse(row.at("datesalepricestarts") ?? "");
  const to = Date.parse(row.at("datesalepriceends") ?? "");
  return !(now < from || now > to + 86_400_000);
}

/** "A > B, C": the deepest one; "Uncategorized" counts as none. */
function categoriesOf(value: string | undefined): string[] {
  const paths = (value ?? "").split(/\s*,\s*/).map(categoryPath);
  const named = paths.filter(
    ([first]) => first !== undefined && !/^uncategori[sz]ed$/i.test(first),
  );
  return named.reduce((deepest, path) => (path.length > deepest.length ? path : deepest), []);
}

function stockIn(row: KeyedRow, notes: string[]): number | undefined {
  const status = row.at("instock");
  if (status === "0") return 0;
  if (status === "backorder" || /^(1|yes|notify)$/i.test(row.at("backordersallowed") ?? "")) {
    return undefined;
  }
  return stockOf({ count: row.at("stock") }, notes);
}
