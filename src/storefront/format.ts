import type { Product } from "../engine/catalog.ts";

/** Numbers, money and times as this shopper's locale writes them. */
const locale = typeof navigator === "undefined" ? "en" : navigator.language;

/** Minor units to text: 12900 EUR → "€129.00". Currencies differ in how many minor units make one. */
export function money(minor: number, currency: string): string {
  const format = moneyFormat(currency);
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minor / 10 ** digits);
}

const moneyFormats = new Map<string, Intl.NumberFormat>();

function moneyFormat(currency: string): Intl.NumberFormat {
  const known = moneyFormats.get(currency);
  if (known) return known;
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  moneyFormats.set(currency, format);
  return format;
}

const decimals = new Map<number, Intl.NumberFormat>();

export function decimal(value: number, digits: number): string {
  let format = decimals.get(digits);
  if (!format) {
    format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    decimals.set(digits, format);
  }
  return format.format(value);
}

const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "medium" });

export function when(at: number): string {
  return dateTime.format(at);
}

/** How much less than the list price, in whole percent; undefined without a list price. */
export function discount({ priceMinor, listPriceMinor }: Product): number | undefined {
  return listPriceMinor && Math.round(100 * (1 - priceMinor / listPriceMinor));
}
