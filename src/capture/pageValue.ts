/**
 * Readers for values that belong to the page: getters may throw, proxies may lie, lists may claim any
 * length. Each copies what it needs at once and never throws.
 */

const MAX_ENTRIES = 500;
const LONGEST_TEXT = 256;
const LONGEST_ADDRESS = 2048;

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
  const claimed = fieldOf(value, "length");
  const length = Number.isSafeInteger(claimed) ? (claimed as number) : 0;
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
