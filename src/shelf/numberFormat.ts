/** Creating a format takes a browser far longer than using it, so each is created once. */
const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([locale, options]);
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, format);
  return format;
}

/** 12900 EUR → "€129.00" as `locale` writes it. */
export function formatMoney(minor: number, currency: string, locale: string): string {
  return formatOf(locale, { style: "currency", currency }).format(majorUnits(minor, currency));
}

/** 12900 EUR → 129; currencies differ in their minor units. */
export function majorUnits(minor: number, currency: string): number {
  return minor / minorUnits(currency);
}

/** Minor units per unit: 100 for EUR, 1 for JPY. */
export function minorUnits(currency: string): number {
  const format = formatOf("en", { style: "currency", currency });
  return 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2);
}

/** -0.25 → "-25%". */
export function wholePercent(share: number, locale: string): string {
  return formatOf(locale, { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** A mean of stars with one decimal. */
export function stars(value: number, locale: string): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return formatOf(locale, digits).format(value);
}

/** A locale that `Intl` accepts: the first valid one, the browser's, or English ("C" is some browsers'). */
export function knownLocale(...wanted: (string | undefined)[]): string {
  for (const locale of [...wanted, navigator.language]) {
    try {
      if (locale) return Intl.getCanonicalLocales(locale)[0]!;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return "en";
}
