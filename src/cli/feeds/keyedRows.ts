import { FieldError } from "../../engine/kit/fields.ts";
import type { FeedEntry } from "../../feeds/feedEntry.ts";
import { keyOf } from "./columns.ts";
import type { CsvTable } from "./csvRows.ts";

/** A row of a platform's own export, whose columns are known by their keys (see `keyOf`). */
export interface KeyedRow {
  line: number;
  place: string;
  fault: string | undefined;
  /** The first of the columns that is not empty. */
  at(...keys: string[]): string | undefined;
  /** Whether the table has one of the columns. */
  has(...keys: string[]): boolean;
}

export function keyedRows({ header, rows }: CsvTable): KeyedRow[] {
  // If two columns have the same name, the first counts.
  const columns = new Map(header.map((name, at) => [keyOf(name), at] as const).reverse());
  return rows.map(({ line, fields, fault }) => ({
    line,
    place: `row ${line}`,
    fault,
    at(...keys) {
      for (const key of keys) {
        const text = fields[columns.get(key) ?? -1]?.trim();
        if (text) return text;
      }
      return undefined;
    },
    has: (...keys) => keys.some((key) => columns.has(key)),
  }));
}

/** A row that could not be read, as an entry. */
export function faultEntry({ place, fault }: KeyedRow): FeedEntry {
  return { place, product: new FieldError("row", fault, "a row of the header's columns") };
}
