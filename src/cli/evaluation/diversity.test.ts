import { describe, expect, it } from "vitest";
import { createCatalog } from "../../engine/shop/catalog.ts";
import { diversityOf } from "./diversity.ts";

const product = (id: string, categoryPath: string[], brand?: string) => ({
  id,
  title: id,
  categoryPath,
  priceMinor: 100,
  currency: "XXX",
  ...(brand && { brand }),
});
const catalog = createCatalog([
  product("pot", ["home", "kitchen"], "acme"),
  product("pan", ["home", "kitchen"], "acme"),
  product("cup", ["home", "kitchen"], "other"),
  product("bed", ["home"]),
  product("?", []),
  product("??", []),
]);

describe("diversity of a list", () => {
  it("is 0 for the same kind of product, and 1 where nothing is in common", () => {
    expect(diversityOf([0, 1], catalog)).toBe(0);
    expect(diversityOf([0, 4], catalog)).toBe(1);
    expect(diversityOf([4, 5], catalog)).toBe(1);
  });

  it("is the mean over pairs of 1 − shared of all facets", () => {
    // pot and cup share 2 of 4 facets, pot and bed 1 of 3, cup and bed 1 of 3.
    expect(diversityOf([0, 2, 3], catalog)).toBeCloseTo((1 / 2 + 2 / 3 + 2 / 3) / 3, 12);
  });

  it("is 0 for fewer than two cards", () => {
    expect(diversityOf([], catalog)).toBe(0);
    expect(diversityOf([0], catalog)).toBe(0);
  });
});
