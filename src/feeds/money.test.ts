import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FieldError } from "../engine/kit/fields.ts";
import { type DecimalMark, decimalMarkOf, money } from "./money.ts";

const read = (written: unknown, currency = "EUR", decimalMark?: DecimalMark) => {
  const { minor, currency: found } = money(written, "price", { currency, decimalMark });
  return `${minor} ${found}`;
};

describe("money", () => {
  it.each([
    ["15.00 USD", "1500 USD"],
    ["usd 1,299.00", "129900 USD"],
    ["1.299,50", "129950 EUR"],
    ["99,95", "9995 EUR"],
    [12, "1200 EUR"],
    [19.99, "1999 EUR"],
    ["12.5", "1250 EUR"],
    ["1200 JPY", "1200 JPY"],
    ["12.00 eur", "1200 EUR"],
    ["€12.00", "1200 EUR"],
    ["12,00 €", "1200 EUR"],
    ["1 299,00 EUR", "129900 EUR"],
    ["1 299,00 EUR", "129900 EUR"],
    ["1'299.00 CHF", "129900 CHF"],
    ["1’299.00 CHF", "129900 CHF"],
    ["EUR 12.00", "1200 EUR"],
    ["US$ 12.00", "1200 USD"],
    ["12,- EUR", "1200 EUR"],
    ["12.– CHF", "1200 CHF"],
    ["1.299,- €", "129900 EUR"],
    ["1.299.000 BRL", "129900000 BRL"],
    ["1,29,999.00 INR", "12999900 INR"],
    ["₹1,29,999", "12999900 INR"],
    ["0.00 EUR", "0 EUR"],
    ["49,90 zł", "4990 PLN"],
    ["12.990000", "1299 EUR"],
    ["12.605042", "1261 EUR"],
  ])("reads %j as its sender means it", (written, expected) => {
    expect(read(written)).toBe(expected);
  });

  it.each([
    ["12.990 CLP", "12990 CLP"],
    ["1.500 JPY", "1500 JPY"],
    ["1,500 JPY", "1500 JPY"],
    ["1500.00 JPY", "1500 JPY"],
    ["250,000 KRW", "250000 KRW"],
    ["1.250.000 VND", "1250000 VND"],
    ["1.299 KWD", "1299 KWD"],
    ["0.500 BHD", "500 BHD"],
  ])("takes a mark for thousands where the currency has no such fraction: %j", (written, to) => {
    expect(read(written)).toBe(to);
  });

  it.each(["1.299 EUR", "1,299", "1.299", "12.990 USD", "1,299 KWD", "1500.50 JPY", "1234.567"])(
    "refuses %j, which could be two amounts, and says what would settle it",
    (written) => {
      expect(() => read(written)).toThrow(/not ambiguous; .*--decimal/);
    },
  );

  it.each([
    "-5.00 EUR",
    "ab 12,00 EUR",
    "10.00 - 20.00 EUR",
    "1.2.3",
    "",
    undefined,
    {},
    "1 EUROS",
    ".",
    "12 EUR 13",
    "1,23,4",
    "12 34",
  ])("refuses %j, which is no amount", (written) => {
    expect(() => read(written)).toThrow(FieldError);
  });

  it("needs a currency, from the amount or beside it; a sign that many share does not name one", () => {
    expect(() => money("12", "price")).toThrow("--currency");
    expect(() => money("$12", "price")).toThrow("--currency");
    expect(read("$12.00", "CAD")).toBe("1200 CAD");
    expect(read("129 kr", "SEK")).toBe("12900 SEK");
    expect(() => read("$12.00", "EUR")).toThrow(FieldError);
    expect(() => read("¥1200", "EUR")).toThrow(FieldError);
  });

  it("is settled by a feed's other amounts, as far as they agree", () => {
    expect(decimalMarkOf(["1.299", "1.234,56"])).toBe(",");
    expect(decimalMarkOf(["1.299", "12,00 EUR", "5"])).toBe(",");
    expect(decimalMarkOf(["1.299.000"])).toBe(",");
    expect(decimalMarkOf(["1.299", "12.00"])).toBe(".");
    expect(decimalMarkOf(["0.500"])).toBe(".");
    expect(decimalMarkOf(["12.00", "12,00"])).toBeUndefined();
    expect(decimalMarkOf(["1.299", 5, undefined])).toBeUndefined();
    expect(read("1.299 EUR", "EUR", ",")).toBe("129900 EUR");
    expect(read("12.990 EUR", "EUR", ".")).toBe("1299 EUR");
    expect(read("1,299", "EUR", ".")).toBe("129900 EUR");
  });

  it("reads back what any currency's own format writes", () => {
    const currencies = fc.constantFrom("EUR", "USD", "JPY", "CLP", "KWD", "INR", "CHF", "BRL");
    const locales = fc.constantFrom("en-US", "de-DE", "de-CH", "en-IN", "fr-FR", "pt-BR");
    const minors = fc.integer({ min: 0, max: 10 ** 9 });
    fc.assert(
      fc.property(minors, currencies, locales, (minor, currency, locale) => {
        const format = new Intl.NumberFormat(locale, {
          style: "currency",
          currency,
          currencyDisplay: "code",
        });
        const digits = format.resolvedOptions().maximumFractionDigits!;
        const decimalMark = format.formatToParts(1.5).find(({ type }) => type === "decimal")
          ?.value as DecimalMark;
        const written = format.format(minor / 10 ** digits);
        expect(money(written, "price", { decimalMark })).toEqual({ minor, currency });
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});
