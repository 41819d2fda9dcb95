import { describe, expect, it } from "vitest";
import { FieldError } from "../engine/kit/fields.ts";
import { decoded, money, plainText } from "./feedEntry.ts";

describe("money", () => {
  it("reads amounts as people write them", () => {
    const minor = (written: unknown) => money(written, "price", "EUR");
    expect(minor("15.00 USD")).toEqual({ minor: 1500, currency: "USD" });
    expect(minor("usd 1,299.00")).toEqual({ minor: 129900, currency: "USD" });
    expect(minor("1.299,50")).toEqual({ minor: 129950, currency: "EUR" });
    expect(minor("99,95").minor).toBe(9995);
    expect(minor(12).minor).toBe(1200);
    expect(minor("1200 JPY").minor).toBe(1200); // Yen have no minor unit.
  });

  it("takes none that could be two, nor what is no amount", () => {
    for (const written of ["1,299", "12 €", "-1", "1.2.3", "", undefined, {}, "1 EUROS", "."]) {
      expect(() => money(written, "price", "EUR")).toThrow(FieldError);
    }
    expect(() => money("12", "price")).toThrow("--currency");
  });
});

describe("text", () => {
  it("is had of what a platform has encoded for HTML", () => {
    expect(decoded("Rock &amp; Roll &#8211; &#x201C;Caf&eacute;&quot; &#99999999;")).toBe(
      'Rock & Roll – “Caf&eacute;" &#99999999;',
    );
    expect(plainText("<p>Holds <b>tea</b>.</p><p>&lt;Warm&gt;</p>")).toBe("Holds tea. <Warm>");
    expect(plainText(" <br> ")).toBeUndefined();
  });
});
