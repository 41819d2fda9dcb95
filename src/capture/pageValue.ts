/**
 * Readers for values that belong to the page: getters may throw, proxies may lie, lists may claim any
 * length. Each copies what it needs at once and never throws.
 */

const MAX_ENTRIES = 500;
const LONGEST_TEXT = 256;

/** The result of `read`; undefined if the page's own code throws while it runs. */
export function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined; // A getter or a proxy trap of the page threw. It would also throw for the page.
  }
}

/** A field of any value; undefined if it is missing or cannot be read. */
export function fieldOf(value: unknown, name: PropertyKey): unknown {
  if (value === null || (typeof value !== "object" && typeof value !== "function"))
    return undefined;
  return attempt(() => Reflect.get(value, name));
}

/** The last 500 entries of an array, or of anything that has a length and indices. */
export function entriesOf(value: unknown): unknown[] {
  const length = Number(primitive(fieldOf(value, "length")) ?? 0);
  if (!Number.isSafeInteger(length) || length < 0) return [];
  const first = Math.max(0, length - MAX_ENTRIES);
  return Array.from({ length: length - first }, (_, index) => fieldOf(value, first + index));
}

/** Text or a number as trimmed text; undefined for anything else, for empty and for very long text. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) {
    return undefined;
  }
  const trimmed = String(value).trim();
  return trimmed.length > 0 && trimmed.length <= LONGEST_TEXT ? trimmed : undefined;
}

/** A quantity; 1 if the page gives no sensible value. */
export function quantityOf(value: unknown): number {
  const count = Math.round(Number(primitive(value) ?? 1));
  return count >= 1 && count <= 1_000_000 ? count : 1;
}

/** The value's own type tag, such as "[object Arguments]". */
export function tagOf(value: unknown): string | undefined {
  return attempt(() => Object.prototype.toString.call(value));
}

/** Excludes objects, whose conversion would run the page's code. */
function primitive(value: unknown): string | number | undefined {
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}
