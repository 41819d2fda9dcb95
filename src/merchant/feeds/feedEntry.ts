import { FieldError } from "../../engine/fields.ts";

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

/**
 * Money as a feed writes it ("15.00 USD", "1299.5", 12) in minor units.
 * @throws {FieldError} for what is no amount of 0 or more in a known currency.
 */
export function money(value: unknown, field: string, otherwise?: string) {
  const [, amount, code] =
    /^\s*(\d+(?:\.\d+)?)\s*([A-Za-z]{3})?\s*$/.exec(String(value ?? "")) ?? [];
  const currency = (code ?? otherwise)?.toUpperCase();
  if (amount === undefined) throw new FieldError(field, value, 'an amount, as in "15.00 USD"');
  if (currency === undefined) {
    throw new FieldError(field, value, "an amount with its currency; name it with --currency");
  }
  return { minor: Math.round(Number(amount) * 10 ** fractionDigits(currency, field)), currency };
}

function fractionDigits(currency: string, field: string): number {
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

/** Plain text of a description that may hold markup. */
export function plainText(value: unknown, most = 2000): string | undefined {
  const text = String(value ?? "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return text === "" ? undefined : text.slice(0, most);
}

function withoutUnknown(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ""),
  );
}
