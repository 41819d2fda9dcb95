import { majorUnits } from "./ga4Payload.ts";

/** 12900 EUR → "€129.00" as `locale` writes it. */
export function money(minor: number, currency: string, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return format.format(majorUnits(minor, currency));
}

/** A mean of stars with one digit after the point. */
export function stars(value: number, locale: string): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return new Intl.NumberFormat(locale, digits).format(value);
}

/** The locale as `Intl` takes it; the browser's where it is no locale at all. */
export function knownLocale(...wanted: (string | undefined)[]): string {
  for (const locale of wanted) {
    try {
      if (locale) return Intl.getCanonicalLocales(locale)[0]!;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return navigator.language;
}
