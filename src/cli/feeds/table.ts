import { FieldError, type Fields, list, object } from "../../engine/kit/fields.ts";
import {
  categoryPath,
  entryOf,
  type FeedContext,
  type FeedEntry,
  linkOf,
  namesOf,
  pictureOf,
  stockOf,
  tagsOf,
} from "../../feeds/feedEntry.ts";
import { decimalMarkOf, isAmount, money } from "../../feeds/money.ts";
import { plainText } from "../../feeds/plainText.ts";
import {
  type ColumnPlan,
  planColumns,
  proposalFor,
  type TableField,
  type TableMap,
} from "./columns.ts";
import { csvTable } from "./csvRows.ts";

export interface TableContext extends FeedContext {
  map: TableMap;
}

export interface ReadFeed {
  entries: FeedEntry[];
  /** About the feed as a whole, in sentences. */
  notes: string[];
}

/** Rows of CSV under any delimiter, whose header names the columns: Google's, Meta's or mapped ones. */
export function csvProducts(text: string, context: TableContext, delimiter?: string): ReadFeed {
  const { header, rows } = csvTable(text, delimiter);
  const placed = rows.map(({ line, fields, fault }) => ({
    place: `row ${line}`,
    row: fault ?? rowOf(header, fields),
  }));
  return tableProducts(placed, header, context);
}

/** If two columns have the same name, the first counts. */
function rowOf(header: readonly string[], fields: readonly string[]): Fields {
  const row: Fields = Object.create(null);
  header.forEach((name, at) => {
    row[name] ??= fields[at];
  });
  return row;
}

/** A JSON list of objects, or one that the file holds under a name such as `products`. */
export function jsonProducts(file: unknown, context: TableContext): ReadFeed {
  const rows = list(rowsIn(file), "products", { min: 0, max: 2_000_000 }, (row) => row);
  const headings = new Set(
    rows.slice(0, 500).flatMap((row) => Object.keys(object(row ?? {}, "product"))),
  );
  const placed = rows.map((row, at) => ({ place: `[${at}]`, row: row as Fields }));
  return tableProducts(placed, [...headings], context);
}

/** A list by itself, or under the name that its platform uses. */
export function rowsIn(file: unknown): unknown {
  if (Array.isArray(file)) return file;
  const fields = object(file, "feed");
  for (const name of ["products", "items", "data", "results", "entries", "offers", "value"]) {
    if (Array.isArray(fields[name])) return fields[name];
  }
  return fields.products;
}

interface PlacedRow {
  place: string;
  /** Its fields by heading, or why they cannot be trusted. */
  row: Fields | string;
}

/** @throws {FieldError} where no column holds ids, titles or prices. */
export function tableProducts(
  placed: readonly PlacedRow[],
  headings: readonly string[],
  context: TableContext,
): ReadFeed {
  const plan = planColumns(headings, context.map);
  if (placed.length > 0) checkColumns(plan, headings);
  const prices = placed.flatMap(({ row }) =>
    ["price", "salePrice", "listPrice"].map((field) => valueIn(row, plan, field as TableField)),
  );
  const decimalMark = context.decimalMark ?? decimalMarkOf(prices);
  const entries = placed.map(({ place, row }) =>
    tableEntry({ place, row }, plan, { ...context, decimalMark }),
  );
  return { entries, notes: notesOn(plan) };
}

function checkColumns(plan: ColumnPlan, headings: readonly string[]): void {
  const needed = (["id", "title", "price"] as const).filter(
    (field) => plan.columns.get(field)!.length === 0,
  );
  const isOwn = headings.includes("priceMinor") && headings.includes("id");
  if (needed.length === 0 || isOwn) return;
  const proposals = plan.unknown.flatMap((heading) => proposalFor(heading, plan) ?? []);
  const maps = proposals.length > 0 ? proposals : needed.map((field) => `--map ${field}=COLUMN`);
  throw new FieldError(
    "columns",
    headings.join(", "),
    `one for ${needed.join(", ")}; name them with ${maps.join(" ")}`,
  );
}

function notesOn(plan: ColumnPlan): string[] {
  if (plan.unknown.length === 0) return [];
  const proposals = plan.unknown.flatMap((heading) => proposalFor(heading, plan) ?? []);
  const help = proposals.length === 0 ? "" : `; ${proposals.join(" ")} would read them`;
  return [`columns that nothing is read from: ${plan.unknown.join(", ")}${help}`];
}

function valueIn(row: PlacedRow["row"], plan: ColumnPlan, field: TableField): unknown {
  if (typeof row === "string") return undefined;
  for (const name of plan.columns.get(field)!) {
    const value = ownField(row, name) ?? name.split(".").reduce<unknown>(ownField, row);
    if (value !== undefined && value !== null && value !== "") return value;
  }
  return undefined;
}

function tableEntry({ place, row }: PlacedRow, plan: ColumnPlan, context: TableContext): FeedEntry {
  const at = (field: TableField) => valueIn(row, plan, field);
  return entryOf(place, at("group"), (notes) => {
    if (typeof row === "string") throw new FieldError("row", row, "a row of the header's columns");
    if (typeof row.priceMinor === "number") return row; // A catalog's own row.
    const title = plainText(textOf(at("title")), 500);
    const image = at("image");
    return {
      id: textOf(at("id")),
      aliases: aliasesOf(at("aliases"), at("id")),
      sharedNames: [at("group"), at("gtin"), at("mpn")].map(textOf),
      title,
      categoryPath: categoryPath(at("category")),
      ...pricesOf(at, context),
      brand: plainText(nameIn(at("brand")), 256),
      stock: stockOf(
        { count: textOf(at("stock")), availability: textOf(at("availability")) },
        notes,
      ),
      tags: tagsOf(at("tags")),
      description: plainText(at("description")),
      url: linkOf(textOf(at("url")), context, notes),
      image: pictureOf(pictureIn(image), title, notes),
      addedAt: dateOf(at("addedAt")),
      rebuyable: flagOf(at("rebuyable")),
      companions: aliasesOf(at("companions"), at("id")),
    };
  });
}

/** The current price, and the one before a sale. A sale price that is 0 or not lower is ignored. */
function pricesOf(at: (field: TableField) => unknown, context: TableContext) {
  const options = { ...context, currency: textOf(at("currency")) ?? context.currency };
  const full = money(amountIn(at("price")), context.map.price ?? "price", options);
  const own = { ...options, currency: full.currency };
  const isOnSale = isAmount(at("salePrice")) && isDuring(textOf(at("saleDates")), context.now);
  const sale = isOnSale
    ? money(amountIn(at("salePrice")), context.map.salePrice ?? "sale_price", own)
    : full;
  const isLower = sale.minor > 0 && sale.minor < full.minor;
  const listed = isAmount(at("listPrice"))
    ? money(at("listPrice"), context.map.listPrice ?? "listPrice", own)
    : undefined;
  return {
    priceMinor: isLower ? sale.minor : full.minor,
    currency: full.currency,
    listPriceMinor: isLower ? full.minor : listed?.minor,
  };
}

/** "2026-11-01T00:00+01:00/2026-11-30T23:59+01:00"; without such a range, always. */
function isDuring(range: string | undefined, now: number): boolean {
  const [from = Number.NaN, to = Number.NaN] = (range ?? "")
    .split("/")
    .map((date) => Date.parse(date.trim().replace(/([+-]\d\d)(\d\d)$/, "$1:$2")));
  return !(now < from || now > to);
}

function aliasesOf(value: unknown, id: unknown): string[] | undefined {
  const names = namesOf(Array.isArray(value) ? value : String(value ?? "").split(/\s*[,|]\s*/));
  const others = names.filter((name) => name !== textOf(id));
  return others.length === 0 ? undefined : others;
}

/** Some feeds give a brand as an object, `{name}`. */
function nameIn(value: unknown): unknown {
  return ownField(value, "name") ?? value;
}

function amountIn(value: unknown): unknown {
  return ownField(value, "amount") ?? ownField(value, "value") ?? value;
}

function pictureIn(value: unknown): unknown {
  const first = Array.isArray(value) ? value[0] : value;
  return ownField(first, "src") ?? ownField(first, "url") ?? ownField(first, "link") ?? first;
}

function dateOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined || Number.isNaN(Date.parse(text)) ? undefined : text;
}

function flagOf(value: unknown): boolean | undefined {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined) return undefined;
  if (/^(true|yes|1|y)$/.test(text)) return true;
  if (/^(false|no|0|n)$/.test(text)) return false;
  throw new FieldError("rebuyable", value, "true or false");
}

function ownField(value: unknown, name: string): unknown {
  const isFound = typeof value === "object" && value !== null && Object.hasOwn(value, name);
  return isFound ? (value as Fields)[name] : undefined;
}

function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return undefined;
  }
  const text = String(value).trim();
  return text === "" ? undefined : text;
}
