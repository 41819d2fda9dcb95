import { FieldError } from "../engine/kit/fields.ts";

export interface Money {
  minor: number;
  /** ISO 4217. */
  currency: string;
}

/** The decimal mark; undefined if a feed does not show which one it uses. */
export type DecimalMark = "." | "," | undefined;

export interface MoneyOptions {
  /** ISO currency of amounts without one. */
  currency?: string | undefined;
  decimalMark?: DecimalMark;
}

/** Signs that mean only one currency; "$", "kr" and "¥" need the currency's code beside them. */
const SIGNS: Record<string, string> = {
  "€": "EUR",
  "£": "GBP",
  "₹": "INR",
  "₩": "KRW",
  "₺": "TRY",
  "₽": "RUB",
  "₪": "ILS",
  "₫": "VND",
  "₴": "UAH",
  zł: "PLN",
  Kč: "CZK",
  Ft: "HUF",
  US$: "USD",
  A$: "AUD",
  AU$: "AUD",
  C$: "CAD",
  CA$: "CAD",
  NZ$: "NZD",
  HK$: "HKD",
  R$: "BRL",
  "Fr.": "CHF",
};
/** Signs that several currencies share, and which ones: they count only beside one of these. */
const SHARED_SIGNS: Record<string, RegExp> = {
  $: /^(USD|CAD|AUD|NZD|HKD|SGD|TWD|MXN|ARS|CLP|COP|UYU|DOP|JMD|TTD|BBD|BSD|BZD|FJD|NAD|XCD)$/,
  kr: /^(SEK|NOK|DKK|ISK)$/,
  "kr.": /^(SEK|NOK|DKK|ISK)$/,
  "¥": /^(JPY|CNY)$/,
};

const SPACES = /[\s\u00a0\u2007\u2009\u202f]+/g;
/** The name, the amount, the mark before a dash for no fraction ("12,-"), the name. */
const PARTS = /^(\D*?)([\d.,'’ ]*\d)(?:([.,]?)[-–—]+)?(\D*)$/;
/** Digits in groups of three, or as in India (12,34,567). */
const GROUPED = /^[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*$|^[1-9]\d?(?:,\d\d)+,\d{3}$/;

/**
 * Money as a feed writes it ("15.00 USD", "1.299,50 €", "1'299.00 CHF", "12,-", 12) in minor units.
 * An ambiguous amount is rejected.
 * @throws {FieldError} for what is no amount of 0 or more in a known currency.
 */
export function money(value: unknown, field: string, options: MoneyOptions = {}): Money {
  const { written, named, shown } = partsOf(value);
  const code = named === undefined ? undefined : currencyOf(named, options.currency);
  if (written === undefined || code === null) {
    throw new FieldError(field, value, 'an amount, as in "15.00 USD"');
  }
  const currency = (code ?? options.currency)?.toUpperCase();
  if (currency === undefined) {
    const expected = "an amount with its currency; name it with --currency or data-currency";
    throw new FieldError(field, value, expected);
  }
  const digits = fractionDigits(currency, field);
  const mark = typeof value === "number" ? "." : (shown ?? options.decimalMark);
  const amount = plainAmount(written, { digits, mark });
  if (amount === undefined) throw new FieldError(field, value, questionAbout(currency));
  return { minor: Math.round(Number(`${amount}e${digits}`)), currency };
}

/** Whether a field holds an amount at all: feeds write "EUR" or "-" for none. */
export function isAmount(value: unknown): boolean {
  return /\d/.test(String(value ?? ""));
}

/** Cached, because making a format takes longer than reading a row. */
const DIGITS = new Map<string, number>();

/** How many digits a currency has after the point. @throws {FieldError} for an unknown currency. */
export function fractionDigits(currency: string, field: string): number {
  const known = DIGITS.get(currency);
  if (known !== undefined) return known;
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    DIGITS.set(currency, digits);
    return digits;
  } catch {
    throw new FieldError(field, currency, "an ISO 4217 currency");
  }
}

/**
 * The decimal mark of a feed, from its amounts: "1.234,56" and "12,00" show a comma. Undefined if
 * none shows it, or amounts contradict each other.
 */
export function decimalMarkOf(amounts: Iterable<unknown>): DecimalMark {
  const found = new Set<DecimalMark>();
  for (const amount of amounts) {
    if (typeof amount === "string") found.add(markIn(partsOf(amount).written ?? ""));
  }
  found.delete(undefined);
  return found.size === 1 ? [...found][0] : undefined;
}

/** What one amount shows: the last of two different marks, or one before other than three digits. */
function markIn(written: string): DecimalMark {
  const [, mark, fraction = ""] = /([.,])(\d+)$/.exec(written) ?? [];
  if (mark === undefined) return undefined;
  const marks = written.match(/[.,]/g)!;
  const isRepeated = marks.filter((one) => one === mark).length > 1;
  if (isRepeated) return mark === "." ? "," : ".";
  return marks.length > 1 || fraction.length !== 3 || /^0[.,]/.test(written)
    ? (mark as DecimalMark)
    : undefined;
}

function partsOf(value: unknown): { written?: string; named?: string; shown?: DecimalMark } {
  const text = String(value ?? "")
    .replace(SPACES, " ")
    .trim();
  const [, before = "", written = "", dashed = "", after = ""] = PARTS.exec(text) ?? [];
  const names = [before, after].map((name) => name.trim()).filter((name) => name !== "");
  if (written === "" || names.length > 1) return {};
  const joined = written.replace(/(\d)['’ ](?=\d{3}(?!\d))/g, "$1").trim();
  if (!/^\d[\d.,]*$/.test(joined)) return {};
  return {
    written: joined,
    ...(names[0] !== undefined && { named: names[0] }),
    ...(dashed !== "" && { shown: dashed as DecimalMark }),
  };
}

/** The code that a name or sign means; undefined for one that several currencies share, null for none. */
function currencyOf(name: string, otherwise: string | undefined): string | undefined | null {
  if (/^[a-z]{3}$/i.test(name)) return name;
  const sign = Object.keys(SIGNS).find((one) => one.toLowerCase() === name.toLowerCase());
  if (sign !== undefined) return SIGNS[sign]!;
  const shared = SHARED_SIGNS[name.toLowerCase()];
  if (shared === undefined) return null;
  return otherwise === undefined || shared.test(otherwise.toUpperCase()) ? otherwise : null;
}

/** The amount with a point before its fraction; undefined if it is ambiguous. */
function plainAmount(
  written: string,
  { digits, mark }: { digits: number; mark: DecimalMark },
): string | undefined {
  if (/^\d+$/.test(written)) return written;
  const [, whole = "", last, fraction = ""] = /^(.*)([.,])(\d+)$/.exec(written) ?? [];
  const other = last === "." ? "," : ".";
  if (whole.includes(last!)) {
    return GROUPED.test(written) && mark !== last ? written.replaceAll(last!, "") : undefined;
  }
  if (whole.includes(other)) {
    const isWell = GROUPED.test(whole) && fraction.length <= Math.max(digits, 2);
    return isWell ? withFraction(whole.replaceAll(other, ""), fraction, digits) : undefined;
  }
  if (!/^\d+$/.test(whole)) return undefined;
  const isThousands = fraction.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
  if (!isThousands || mark === last) {
    return withFraction(whole, fraction, digits);
  }
  if (mark === other || digits === 0) return whole + fraction;
  return digits === 3 && last === "." ? `${whole}.${fraction}` : undefined;
}

/** Prices computed with taxes have many digits and are rounded, as the shop's own pages do. */
function withFraction(whole: string, fraction: string, digits: number): string | undefined {
  const isExact = /^0*$/.test(fraction.slice(digits));
  const isComputed = fraction.length > 3 && digits > 0;
  return isExact || isComputed ? `${whole}.${fraction}` : undefined;
}

function questionAbout(currency: string): string {
  return `an amount of ${currency} that is not ambiguous; give the decimal mark with --decimal`;
}
