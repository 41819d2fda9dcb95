/**
 * Readers for values that belong to the page: getters may throw, proxies may lie, lists may claim any
 * length. Each takes what it needs at once, copies it, and throws nothing.
 */

const MAX_ENTRIES = 500;
const LONGEST_TEXT = 256;
const LONGEST_ADDRESS = 2048;

/** What `read` returns; undefined where the page's own code, run by it, throws. */
export function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch {
    return undefined; // A getter or a trap of the page's. It throws for the page just the same.
  }
}

/** A field of anything; undefined where there is none or reading it fails. */
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
  const entries: unknown[] = [];
  for (let at = first; at < length; at++) entries[at - first] = fieldOf(value, at);
  return entries;
}

/** The first of the fields that holds text, in the first of the values that has one. */
export function textIn(values: readonly unknown[], fields: readonly string[]): string | undefined {
  for (const value of values) {
    for (const field of fields) {
      const text = textOf(fieldOf(value, field));
      if (text !== undefined) return text;
    }
  }
  return undefined;
}

/** An amount of money in whole units, as a number or as programs write it; undefined for any other. */
export function amountOf(value: unknown): number | undefined {
  const amount = Number(textOf(value) ?? Number.NaN);
  return amount >= 0 && amount < 1e12 ? amount : undefined;
}

/** Text or a number as trimmed text; undefined for anything else, for nothing, and for an essay. */
export function textOf(value: unknown, max = LONGEST_TEXT): string | undefined {
  if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) {
    return undefined;
  }
  const trimmed = String(value).trim();
  return trimmed.length > 0 && trimmed.length <= max ? trimmed : undefined;
}

/** `textOf` for an address, which may be longer. */
export function addressIn(value: unknown): string | undefined {
  return textOf(value, LONGEST_ADDRESS);
}

/** How many units; 1 where the page does not say anything sensible. */
export function quantityOf(value: unknown): number {
  const count = Math.round(Number(primitive(value) ?? 1));
  return count >= 1 && count <= 1_000_000 ? count : 1;
}

/** What kind of thing it is by its own account, such as "[object Arguments]". */
export function tagOf(value: unknown): string | undefined {
  return attempt(() => Object.prototype.toString.call(value));
}

/** Not an object whose conversion would run the page's code. */
function primitive(value: unknown): string | number | undefined {
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}
