import type { Product } from "vitrine";
import { formatMoney } from "vitrine/shelf";
import { locale } from "./strings.ts";

/** Formats minor units in the current language: 12900 EUR → "€129.00". */
export function money(minor: number, currency: string): string {
  return formatMoney(minor, currency, locale);
}

export function decimal(value: number, digits: number): string {
  const format = remembered(`decimal ${digits}`, () => {
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    // No sign for a value that rounds to zero.
    return new Intl.NumberFormat(locale, { ...options, signDisplay: "negative" });
  });
  return format.format(value);
}

/** "Coffee & Tea and Pacewell". */
export function listed(names: readonly string[]): string {
  return remembered("list", () => new Intl.ListFormat(locale, { type: "conjunction" })).format(
    names,
  );
}

/** A share as a percentage: .123 → "12.3%". */
export function percent(share: number): string {
  return remembered("percent", () => {
    return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  }).format(share);
}

/** Bytes as megabytes: 1234567 → "1.2 MB". */
export function megabytes(bytes: number): string {
  return remembered("megabytes", () => {
    const style = { style: "unit", unit: "megabyte", maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(locale, style);
  }).format(bytes / 1e6);
}

/** The time of day, to the second. */
export function timeOfDay(at: number): string {
  return remembered("time", () => {
    return new Intl.DateTimeFormat(locale, { timeStyle: "medium" });
  }).format(at);
}

export function day(at: number): string {
  return remembered("day", () => {
    return new Intl.DateTimeFormat(locale, { dateStyle: "long" });
  }).format(at);
}

export const DAY_MS = 86_400_000;

/** "12 days", at least one. */
export function inDays(ms: number): string {
  return remembered("days", () => {
    return new Intl.NumberFormat(locale, { style: "unit", unit: "day", unitDisplay: "long" });
  }).format(Math.max(1, Math.round(ms / DAY_MS)));
}

/** "in 3 days", "today", "2 days ago". */
export function daysFromNow(ms: number): string {
  return remembered("from now", () => {
    return new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  }).format(Math.round(ms / DAY_MS) || 0, "day");
}

const formats = new Map<string, unknown>();

/** Creating an `Intl` format costs a hundred times as much as using it. */
function remembered<Format>(name: string, make: () => Format): Format {
  const key = `${locale} ${name}`;
  if (!formats.has(key)) formats.set(key, make());
  return formats.get(key) as Format;
}

/** The discount from the list price in whole percent; undefined without a list price. */
export function discount({ priceMinor, listPriceMinor }: Product): number | undefined {
  return listPriceMinor && Math.round(100 * (1 - priceMinor / listPriceMinor));
}
