import { FieldError } from "../engine/kit/fields.ts";

/** A row of a feed, on its way to a product. Everything in it is the feed's word, unchecked. */
export interface FeedEntry {
  /** Where it stood, for people: "item 3". */
  place: string;
  /** Variants of one product share it. */
  group?: string | undefined;
  /** The fields of a `Product`, or why they cannot be had. */
  product: Record<string, unknown> | FieldError;
}

/** Turns one row into an entry; a row that cannot be read becomes its reason. */
export function entryOf(
  place: string,
  group: unknown,
  read: () => Record<string, unknown>,
): FeedEntry {
  const name = group === undefined || group === null || group === "" ? undefined : String(group);
  try {
    return { place, group: name, product: withoutUnknown(read()) };
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    return { place, group: name, product: error };
  }
}

const MONEY = /^\s*([A-Za-z]{3})?\s*([\d.,]+)\s*([A-Za-z]{3})?\s*$/;

/**
 * Money as a feed writes it ("15.00 USD", "1,299.50", "99,95", 12) in minor units.
 * @throws {FieldError} for what is no amount of 0 or more in a known currency.
 */
export function money(value: unknown, field: string, otherwise?: string) {
  const [, before, written, after] = MONEY.exec(String(value ?? "")) ?? [];
  const amount = written && plainNumber(written);
  const currency = (before ?? after ?? otherwise)?.toUpperCase();
  if (!amount) throw new FieldError(field, value, 'an amount, as in "15.00 USD"');
  if (currency === undefined) {
    const expected = "an amount with its currency; name it with --currency or data-currency";
    throw new FieldError(field, value, expected);
  }
  return { minor: Math.round(Number(amount) * 10 ** fractionDigits(currency, field)), currency };
}

/** With a point for the fraction. "1,299" could be either and is not taken. */
function plainNumber(written: string): string | undefined {
  if (/^\d+(\.\d+)?$/.test(written)) return written;
  if (/^\d{1,3}(,\d{3})+\.\d{1,2}$/.test(written)) return written.replaceAll(",", "");
  if (/^(\d+|\d{1,3}(\.\d{3})+),\d{1,2}$/.test(written)) {
    return written.replaceAll(".", "").replace(",", ".");
  }
  return undefined;
}

/** How many digits a currency has after the point. @throws {FieldError} for what is no currency. */
export function fractionDigits(currency: string, field: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    throw new FieldError(field, currency, "an ISO 4217 currency");
  }
}

/** "A > B" as its levels. */
export function categoryPath(value: unknown): string[] {
  return String(value ?? "")
    .split(">")
    .map((level) => level.trim())
    .filter((level) => level !== "");
}

/** A rating of 0 to 5 stars; undefined where there is none, or on another scale. */
export function ratingOf(value: unknown, count: unknown) {
  const rating = { value: Number(value ?? Number.NaN), count: Number(count) };
  const isFit = rating.value >= 0 && rating.value <= 5 && Number.isSafeInteger(rating.count);
  return isFit && rating.count > 0 ? rating : undefined;
}

/** Plain text of a description that may hold markup. */
export function plainText(value: unknown, max = 2000): string | undefined {
  const text = String(value ?? "")
    .replace(/<\/?(a|b|em|i|span|strong|su[bp]|u)\b[^>]*>/gi, "")
    .replace(/<[^>]*>/g, " ");
  const plain = decoded(text).replace(/\s+/g, " ").trim();
  return plain === "" ? undefined : plain.slice(0, max);
}

const SIGNS = new Map(
  Object.entries({
    amp: "&",
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    nbsp: " ",
    ndash: "–",
    mdash: "—",
    hellip: "…",
    lsquo: "‘",
    rsquo: "’",
    ldquo: "“",
    rdquo: "”",
  }),
);

/** Text that a platform has encoded for HTML, as WordPress does with titles. */
export function decoded(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8});/gi, (written, name: string) => {
    if (!name.startsWith("#")) return SIGNS.get(name.toLowerCase()) ?? written;
    const code = Number(name.replace(/^#(?=\d)/, "").replace(/^#x/i, "0x"));
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}

function withoutUnknown(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ""),
  );
}
