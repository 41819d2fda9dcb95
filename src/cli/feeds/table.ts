import Papa from "papaparse";
import { FieldError, type Fields, list, object } from "../../engine/kit/fields.ts";
import { categoryPath, entryOf, type FeedEntry, money } from "../../feeds/feedEntry.ts";

/** Fields that a column can be mapped to. `group`: variants of one product share it. */
export const TABLE_FIELDS = [
  "id",
  "title",
  "price",
  "currency",
  "listPrice",
  "category",
  "brand",
  "stock",
  "tags",
  "description",
  "image",
  "url",
  "group",
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];
export type TableMap = Partial<Record<TableField, string>>;

/** Rows of CSV whose header names the columns. */
export function csvProducts(text: string, map: TableMap, currency?: string): FeedEntry[] {
  const { data } = Papa.parse<Fields>(text, { header: true, skipEmptyLines: true });
  return data.map((row, index) => tableEntry(row, `row ${index + 2}`, { map, currency }));
}

/** A JSON list of objects, or one under `products`. */
export function jsonProducts(file: unknown, map: TableMap, currency?: string): FeedEntry[] {
  const rows = Array.isArray(file) ? file : object(file, "feed").products;
  return list(rows, "products", { min: 0, max: 2_000_000 }, (row) => row).map((row, index) =>
    tableEntry(row, `[${index}]`, { map, currency }),
  );
}

function tableEntry(
  row: unknown,
  place: string,
  { map, currency }: { map: TableMap; currency: string | undefined },
): FeedEntry {
  const at = (field: TableField) => {
    const name = map[field] ?? field;
    return ownField(row, name) ?? name.split(".").reduce<unknown>(ownField, row);
  };
  return entryOf(place, at("group"), () => {
    const price = money(at("price"), map.price ?? "price", text(at("currency")) ?? currency);
    const before = text(at("listPrice"));
    return {
      id: text(at("id")),
      title: text(at("title")),
      categoryPath: categoryPath(at("category")),
      priceMinor: price.minor,
      currency: price.currency,
      listPriceMinor: before && money(before, map.listPrice ?? "listPrice", price.currency).minor,
      brand: text(at("brand")),
      stock: stock(at("stock"), map.stock ?? "stock"),
      tags: text(at("tags"))?.split(/\s*[,|]\s*/),
      description: text(at("description"))?.slice(0, 2000),
      url: text(at("url")),
      image: text(at("image")) && { src: text(at("image")), alt: text(at("title")) ?? "" },
    };
  });
}

function ownField(value: unknown, name: string): unknown {
  const isFound = typeof value === "object" && value !== null && Object.hasOwn(value, name);
  return isFound ? (value as Fields)[name] : undefined;
}

function text(value: unknown): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  return String(value).trim();
}

function stock(value: unknown, field: string): number | undefined {
  const units = text(value);
  if (units === undefined) return undefined;
  if (!/^\d+$/.test(units)) throw new FieldError(field, value, "a whole number of units");
  return Number(units);
}
