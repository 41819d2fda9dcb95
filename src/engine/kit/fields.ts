import { VitrineError } from "./message.ts";

/**
 * Readers for untrusted records (events from a page, rows of a catalog, files to import). Each returns
 * the checked value or throws a `FieldError`; none reads a field it was not asked for, so keys such as
 * `__proto__` in hostile input have no effect.
 */
export type Fields = Record<string, unknown>;

/** Inclusive bounds of a number, of a text's length or of a list's length. */
export interface Bounds {
  min: number;
  max: number;
}

/** A rejected value. `field` is its path, for example `items[2].quantity`. */
export class FieldError extends VitrineError<"field"> {
  override readonly name = "FieldError";
  readonly field: string;
  constructor(field: string, got: unknown, expected: string) {
    super("field", `Vitrine: field "${field}" is ${show(got)}, expected ${expected}`, { field });
    this.field = field;
  }
}

export function object(value: unknown, field: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new FieldError(field, value, "an object");
  }
  return value as Fields;
}

/** Trimmed text; by default of 1 to 256 characters. */
export function text(value: unknown, field: string, bounds: Bounds = { min: 1, max: 256 }) {
  const trimmed = typeof value === "string" ? value.trim() : undefined;
  if (trimmed === undefined || trimmed.length < bounds.min || trimmed.length > bounds.max) {
    throw new FieldError(field, value, `text of ${bounds.min} to ${bounds.max} characters`);
  }
  return trimmed;
}

export function number(value: unknown, field: string, bounds: Bounds): number {
  if (typeof value !== "number" || !(value >= bounds.min && value <= bounds.max)) {
    throw new FieldError(field, value, `a number from ${bounds.min} to ${bounds.max}`);
  }
  return value;
}

export function integer(value: unknown, field: string, bounds: Bounds): number {
  if (!Number.isInteger(value) || !within(value as number, bounds)) {
    throw new FieldError(field, value, `a whole number from ${bounds.min} to ${bounds.max}`);
  }
  return value as number;
}

export function flag(value: unknown, field: string): boolean {
  if (typeof value !== "boolean") throw new FieldError(field, value, "true or false");
  return value;
}

export function bytes(value: unknown, field: string): ArrayBuffer {
  if (!(value instanceof ArrayBuffer)) throw new FieldError(field, value, "bytes");
  return value;
}

export function oneOf<Name extends string>(
  value: unknown,
  field: string,
  names: readonly Name[],
): Name {
  if (!names.includes(value as Name)) {
    throw new FieldError(field, value, `one of ${names.join(", ")}`);
  }
  return value as Name;
}

export function list<Item>(
  value: unknown,
  field: string,
  bounds: Bounds,
  read: (entry: unknown, field: string) => Item,
): Item[] {
  if (!Array.isArray(value) || !within(value.length, bounds)) {
    throw new FieldError(field, value, `a list of ${bounds.min} to ${bounds.max} entries`);
  }
  // Not `map`, which would skip holes in a list.
  return Array.from(value, (entry, index) => read(entry, `${field}[${index}]`));
}

/** An address that is safe to link to or load: https, or a path on the page's own site. */
export function siteUrl(value: unknown, field: string): string {
  const url = text(value, field, { min: 1, max: 2048 });
  // Browsers drop control characters and read \ as /, so neither may hide a scheme or a host.
  const isPlain = !/[\s\\\p{Cc}]/u.test(url);
  const isHttps = /^https:\/\/[^/]/i.test(url);
  const isLocalPath = /^(?![a-z][a-z0-9+.-]*:)(?!\/\/)/i.test(url);
  if (!isPlain || !(isHttps || isLocalPath)) {
    throw new FieldError(field, value, "an https address or a path of this site");
  }
  return url;
}

function within(value: number, bounds: Bounds): boolean {
  return value >= bounds.min && value <= bounds.max;
}

function show(value: unknown): string {
  if (typeof value === "string") return `"${value.slice(0, 60)}"`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
