import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { importProducts } from "./importProducts.ts";
import { FEED_FORMATS, readFeed } from "./readFeed.ts";

it("uses a Google feed's sale price only while it is valid", () => {
  const range = "2026-11-01T00:00+01:00/2026-11-30T23:59+01:00";
  const tsv = `id\ttitle\tprice\tsale price\tsale price effective date\n1\tMug\t12 EUR\t9 EUR\t${range}`;
  const pricesOn = (day: string) => {
    const { products } = importProducts(readFeed(tsv, "feed", { now: Date.parse(day) }));
    return products.map(({ priceMinor, listPriceMinor }) => [priceMinor, listPriceMinor]);
  };
  expect(pricesOn("2026-11-15")).toEqual([[900, 1200]]);
  expect(pricesOn("2026-10-31")).toEqual([[1200, undefined]]);
  expect(pricesOn("2026-12-01")).toEqual([[1200, undefined]]);
});

describe("a hostile feed", () => {
  const HOSTILE = [
    "<script>alert(1)</script>",
    "__proto__",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>",
    "<item>",
    "</item>",
    "<g:id>",
    "]]>",
    '{"products":[null,{"variants":[]}]}',
    '{"@graph":[{"@type":"Product","offers":null}]}',
    '<script type="application/ld+json">',
    "\t",
    "1 EUR",
  ];

  it("yields rejected rows or inert text, never another error, in any format", () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string()), { maxLength: 12 });
    fc.assert(
      fc.property(text, fc.constantFrom(...FEED_FORMATS, undefined), (parts, format) => {
        let entries: ReturnType<typeof readFeed>;
        try {
          entries = readFeed(parts.join(""), "feed", { format });
        } catch (error) {
          expect((error as Error).name).toBe("FieldError");
          return;
        }
        const { products, rejected } = importProducts(entries);
        expect(products.length + rejected.length).toBeLessThanOrEqual(entries.length);
        expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      }),
      { numRuns: 400, seed: 9 },
    );
  });
});
