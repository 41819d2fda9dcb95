import fc from "fast-check";
import { type Catalog, createCatalog } from "../engine/shop/catalog.ts";
import type { ItemPack } from "../engine/shop/itemPack.ts";
import { packOf } from "./fixtures.ts";

export interface AnyShop {
  catalog: Catalog;
  pack: ItemPack;
}

const WORDS = ["red", "blue", "ceramic", "brass", "bowl", "vase", "lamp"];
const PATHS = [["Kitchen"], ["Kitchen", "Bowls"], ["Living"], ["Living", "Vases"], ["Garden"], []];

/**
 * An arbitrary small shop: products that may share words, categories, brands and prices, and a pack for
 * them.
 */
export const anyShop: fc.Arbitrary<AnyShop> = fc
  .record({
    products: fc.array(
      fc.record({
        words: fc.subarray(WORDS, { minLength: 1 }),
        categoryPath: fc.constantFrom(...PATHS),
        priceMinor: fc.constantFrom(100, 990, 2500, 120_000),
        brand: fc.constantFrom("Brunnen", "Moos", undefined),
      }),
      { minLength: 14, maxLength: 18 },
    ),
    links: fc.array(fc.tuple(fc.nat(17), fc.nat(17), fc.integer({ min: 1, max: 255 })), {
      maxLength: 40,
    }),
    popularity: fc.array(fc.constantFrom(0, 40, 255), { minLength: 18, maxLength: 18 }),
  })
  .map(({ products, links, popularity }) => {
    const catalog = createCatalog(
      products.map(({ words, brand, ...facts }, row) => ({
        ...facts,
        id: `p${row}`,
        title: words.join(" "),
        currency: "EUR",
        ...(brand === undefined ? {} : { brand }),
      })),
    );
    const strengths = new Map<string, number>();
    for (const [from, to, strength] of links) {
      const isLink = from !== to && from < catalog.size && to < catalog.size;
      if (isLink) strengths.set(`p${from} p${to}`, strength);
    }
    const named = Array.from(strengths, ([pair, strength]) => {
      const [from, to] = pair.split(" ");
      return [from!, to!, strength] as const;
    });
    const popular = Object.fromEntries(popularity.map((value, row) => [`p${row}`, value]));
    return { catalog, pack: packOf(catalog, named, popular) };
  });
