import {
  FieldError,
  type Fields,
  flag,
  integer,
  list,
  number,
  object,
  siteUrl,
  text,
} from "../kit/fields.ts";
import { type Message, messageOf } from "../kit/message.ts";
import { type Catalog, createCatalogBuilder, type Product } from "./catalog.ts";

export interface RejectedRow {
  /** Position in the file, from 0. */
  index: number;
  /** The row's id, if it is readable. */
  id: string | undefined;
  reason: Message;
}

const MAX_PRODUCTS = 2_000_000;
const MAX_MINOR = Number.MAX_SAFE_INTEGER;

/**
 * Reads a catalog file: `{products: [...]}` or a bare list of rows. A malformed row is skipped and
 * reported; the rest load.
 * @throws {FieldError} when the file is not a catalog at all.
 */
export function parseCatalog(file: unknown): ReadCatalog {
  const reader = createCatalogReader();
  for (const row of catalogRows(file)) reader.read(row);
  return reader.finish();
}

export interface ReadCatalog {
  catalog: Catalog;
  rejected: RejectedRow[];
}

/** The raw rows of a catalog file. @throws {FieldError} when it is not a catalog at all. */
export function catalogRows(file: unknown): unknown[] {
  const rows = Array.isArray(file) ? file : object(file, "catalog").products;
  return list(rows, "products", { min: 0, max: MAX_PRODUCTS }, (row) => row);
}

/** Reads a catalog row by row, so that the caller can pause in between. */
export interface CatalogReader {
  read(row: unknown): void;
  finish(): ReadCatalog;
}

export function createCatalogReader(): CatalogReader {
  const builder = createCatalogBuilder();
  const rejected: RejectedRow[] = [];
  const seen = new Set<string>();
  let index = -1;
  return {
    read(row) {
      index++;
      try {
        if (row instanceof FieldError) throw row; // A feed reader has already recorded the reason.
        const product = parseProduct(row);
        if (seen.has(product.id)) throw new FieldError("id", product.id, "an id not used before");
        seen.add(product.id);
        builder.add(product);
      } catch (error) {
        if (!(error instanceof FieldError)) throw error;
        rejected.push({ index, id: idOf(row), reason: messageOf(error) });
      }
    },
    finish: () => ({ catalog: builder.finish(), rejected }),
  };
}

function parseProduct(row: unknown): Product {
  const fields = object(row, "product");
  const product: Product = {
    id: text(fields.id, "id"),
    title: text(fields.title, "title", { min: 1, max: 500 }),
    categoryPath: list(fields.categoryPath ?? [], "categoryPath", { min: 0, max: 10 }, name),
    priceMinor: integer(fields.priceMinor, "priceMinor", { min: 0, max: MAX_MINOR }),
    currency: currency(fields.currency),
  };
  for (const [field, read] of Object.entries(OPTIONAL_FIELDS)) {
    const value = fields[field];
    if (value !== undefined && value !== null)
      Object.assign(product, { [field]: read(value, field) });
  }
  if (product.listPriceMinor !== undefined && product.listPriceMinor <= product.priceMinor) {
    delete product.listPriceMinor;
  }
  return product;
}

type OptionalField = Exclude<
  keyof Product,
  "id" | "title" | "categoryPath" | "priceMinor" | "currency"
>;

const OPTIONAL_FIELDS: {
  [F in OptionalField]: (value: unknown, field: string) => NonNullable<Product[F]>;
} = {
  aliases: (value, field) => list(value, field, { min: 0, max: 10_000 }, aliasName),
  brand: name,
  listPriceMinor: (value, field) => integer(value, field, { min: 0, max: MAX_MINOR }),
  stock: (value, field) => integer(value, field, { min: 0, max: MAX_MINOR }),
  tags: (value, field) => list(value, field, { min: 0, max: 500 }, name),
  rating: readRating,
  description: (value, field) => text(value, field, { min: 0, max: 20_000 }),
  image: readImage,
  url: siteUrl,
  addedAt: isoDate,
  rebuyable: flag,
  companions: (value, field) => list(value, field, { min: 0, max: 100 }, name),
  groupId: name,
};

function name(value: unknown, field: string): string {
  return text(value, field);
}

/** Addresses are names, too, and longer than others. */
function aliasName(value: unknown, field: string): string {
  return text(value, field, { min: 1, max: 2048 });
}

function currency(value: unknown): string {
  const code = text(value, "currency", { min: 3, max: 3 });
  if (!/^[A-Z]{3}$/.test(code)) throw new FieldError("currency", value, 'a code such as "EUR"');
  return code;
}

function readRating(value: unknown, field: string): { value: number; count: number } {
  const rating = object(value, field);
  return {
    value: number(rating.value, `${field}.value`, { min: 0, max: 5 }),
    count: integer(rating.count, `${field}.count`, { min: 0, max: MAX_MINOR }),
  };
}

function readImage(value: unknown, field: string): { src: string; alt: string } {
  const image = object(value, field);
  return {
    src: siteUrl(image.src, `${field}.src`),
    alt: text(image.alt ?? "", `${field}.alt`, { min: 0, max: 500 }),
  };
}

function isoDate(value: unknown, field: string): string {
  const date = text(value, field);
  if (Number.isNaN(Date.parse(date))) throw new FieldError(field, value, "an ISO date");
  return date;
}

function idOf(row: unknown): string | undefined {
  const id = typeof row === "object" && row !== null ? (row as Fields).id : undefined;
  return typeof id === "string" ? id.slice(0, 256) : undefined;
}
