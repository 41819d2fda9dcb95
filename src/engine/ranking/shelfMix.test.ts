import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyPast, fixtureCatalog, fixturePack, NOW, view } from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { type Catalog, createCatalog } from "../shop/catalog.ts";
import { emptyItemPack, type ItemPack } from "../shop/itemPack.ts";
import { rank } from "./rank.ts";
import { chanceOfReturn, type ShelfMix, shelfMixOf } from "./shelfMix.ts";

const SIZE = 120;
const shop: Catalog = createCatalog(
  Array.from({ length: SIZE }, (_, index) => ({
    id: `p${index}`,
    title: "x",
    categoryPath: [],
    priceMinor: 100,
    currency: "EUR",
  })),
);
const ROWS = [...shop.products.keys()];
const catalog = fixtureCatalog();
const pack = fixturePack(catalog);

function historyOf(events: readonly ShopEvent[], of = catalog) {
  const history = createHistory(of);
  for (const event of events) history.apply(event);
  return history;
}

/** A mix in which the first `known` rows are known. */
function mixOf(known: number, chance: number): ShelfMix {
  return { isKnown: (row) => row < known, chance };
}

function shelf(logOdds: readonly number[], mix: ShelfMix | undefined, limit = 20): number[] {
  const picks = rank({ rows: ROWS, logOdds, catalog: shop }, { limit, diversity: 0, mix });
  return picks.map(({ row }) => row);
}

const anyLogOdds = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
  minLength: SIZE,
  maxLength: SIZE,
});
const anyChance = fc.double({ min: 0, max: 1, noNaN: true });

describe("a mixed shelf", () => {
  it("has as many known products at every place as the chance says, give or take 2.5", () => {
    fc.assert(
      fc.property(anyLogOdds, anyChance, fc.integer({ min: 20, max: 100 }), (logOdds, p, known) => {
        const rows = shelf(logOdds, mixOf(known, p));
        let count = 0;
        rows.forEach((row, index) => {
          if (row < known) count++;
          expect(Math.abs(count - p * (index + 1))).toBeLessThanOrEqual(2.5 + 1e-9);
        });
      }),
      { numRuns: 200, seed: 61 },
    );
  });

  it("keeps the order of known products, and that of new ones", () => {
    fc.assert(
      fc.property(anyLogOdds, anyChance, (logOdds, p) => {
        const rows = shelf(logOdds, mixOf(60, p));
        const plain = shelf(logOdds, undefined, SIZE);
        for (const isKnown of [true, false]) {
          const kind = rows.filter((row) => row < 60 === isKnown);
          expect(kind).toEqual(plain.filter((row) => row < 60 === isKnown).slice(0, kind.length));
        }
      }),
      { numRuns: 200, seed: 62 },
    );
  });

  it("is the start of a longer one", () => {
    fc.assert(
      fc.property(anyLogOdds, anyChance, (logOdds, p) => {
        const mix = mixOf(60, p);
        expect(shelf(logOdds, mix, 8)).toEqual(shelf(logOdds, mix, 30).slice(0, 8));
      }),
      { numRuns: 100, seed: 63 },
    );
  });

  it("is full even if there are too few products of one kind", () => {
    const logOdds = ROWS.map((row) => -row);
    expect(shelf(logOdds, mixOf(SIZE, 0))).toEqual(ROWS.slice(0, 20));
    expect(shelf(logOdds, mixOf(0, 1))).toEqual(ROWS.slice(0, 20));
    expect(shelf(logOdds, mixOf(SIZE - 5, 0), 10)).toHaveLength(10);
  });

  it("finds new products behind more known ones than a shelf looks at otherwise", () => {
    const rows = shelf(
      ROWS.map((row) => -row),
      mixOf(100, 0.1),
    );
    expect(rows.filter((row) => row >= 100)).toEqual(ROWS.slice(100, 116));
  });
});

describe("the chance of going back", () => {
  const chanceAfter = (ids: readonly string[], by: ItemPack = pack) =>
    chanceOfReturn(historyOf(ids.map((id) => view(id))), by);

  it("is none as long as there is nothing to go back to", () => {
    expect(chanceAfter([])).toBe(0);
    expect(chanceAfter(["k1", "k1"])).toBe(0);
    expect(chanceAfter(["k1", "k2"])).toBeGreaterThan(0);
  });

  it("is the crowd's for a new shopper, in a pack or as usual", () => {
    const returnChances = Float32Array.of(0.5, 0.25, 0, 0, 0, 0, 0);
    expect(chanceAfter(["k1", "k2"], { ...pack, returnChances })).toBe(0.5);
    expect(chanceAfter(["k1", "k2"], emptyItemPack(catalog.size))).toBeCloseTo(0.1);
  });

  it("follows the shopper's own steps", () => {
    const loyal = chanceAfter(["k1", "k2", "k1", "k2", "k1", "k2", "k1", "k2"]);
    const curious = chanceAfter(["k1", "k2", "k3", "k4", "k5", "k6", "g1", "g2"]);
    expect(loyal).toBeGreaterThan(0.5);
    expect(curious).toBeLessThan(0.1);
  });

  it("is a chance, whatever happened", () => {
    fc.assert(
      fc.property(anyPast(catalog, 40), (events) => {
        const { chance } = shelfMixOf(historyOf(events), pack);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
      }),
      { numRuns: 100, seed: 64 },
    );
  });
});

it("products that were only shown are new", () => {
  const history = historyOf([view("k1"), { type: "impression", at: NOW, productIds: ["k2"] }]);
  const { isKnown } = shelfMixOf(history, pack);
  expect(["k1", "k2", "k3"].map((id) => isKnown(catalog.rowOf(id)!))).toEqual([true, false, false]);
});
