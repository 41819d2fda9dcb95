import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addToCart, fixtureCatalog, NOW, view } from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import { createRandom } from "../kit/random.ts";
import { keepProbabilityOf, makeTasteCard, tasteCardOf } from "./tasteCard.ts";

const DEPARTMENTS = ["Kitchen", "Garden", "Books", "Toys", "Music"];

/** Chance of a card from a set of favorites, by the stated probability of each bit. */
function chanceOf(card: number, favorites: number, keep: number): number {
  return DEPARTMENTS.reduce((chance, _, index) => {
    const isReported = ((card ^ favorites) & (1 << index)) === 0;
    return chance * (isReported ? keep : 1 - keep);
  }, 1);
}

const bitsIn = (mask: number) => mask.toString(2).replaceAll("0", "").length;

describe("the mechanism", () => {
  it("makes no card more than e^ε times as likely from one shopper as from another", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        fc.integer({ min: 1, max: 3 }),
        (epsilon, k) => {
          const keep = keepProbabilityOf(epsilon, k);
          const tastes = [...Array(32).keys()].filter((mask) => bitsIn(mask) <= k);
          for (let card = 0; card < 32; card++) {
            const chances = tastes.map((taste) => chanceOf(card, taste, keep));
            const ratio = Math.max(...chances) / Math.min(...chances);
            expect(ratio).toBeLessThanOrEqual(Math.exp(epsilon) * (1 + 1e-9));
          }
        },
      ),
      { numRuns: 60, seed: 48 },
    );
  });

  it("keeps each bit exactly when the random number is below the stated probability", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (rolls) => {
          const queue = [...rolls];
          const options = { epsilon: 2, favorites: 2, random: () => queue.shift()! };
          const card = makeTasteCard(DEPARTMENTS, [3, 0, 2, 1, 0], options);
          const expected = DEPARTMENTS.filter((name, index) => {
            const isFavorite = name === "Kitchen" || name === "Books";
            return rolls[index]! < card.keepProbability ? isFavorite : !isFavorite;
          });
          expect(card.departments).toEqual(expected);
        },
      ),
      { seed: 49 },
    );
  });

  it("keeps the stated share of bits, over many cards", () => {
    const random = createRandom(5);
    let kept = 0;
    const rounds = 4000;
    for (let round = 0; round < rounds; round++) {
      const options = { epsilon: 3, favorites: 1, random: random.next };
      const { departments } = makeTasteCard(DEPARTMENTS, [0, 1, 0, 0, 0], options);
      kept += DEPARTMENTS.filter(
        (name) => departments.includes(name) === (name === "Garden"),
      ).length;
    }
    expect(kept / (rounds * DEPARTMENTS.length)).toBeCloseTo(keepProbabilityOf(3, 1), 2);
  });
});

describe("a taste card", () => {
  const certain = () => 0;

  it("is exactly these bytes, and nothing else", () => {
    const card = makeTasteCard(DEPARTMENTS, [3, 0, 2, 1, 0], {
      epsilon: 1.5,
      favorites: 2,
      random: certain,
    });
    expect(card.bytes).toHaveLength(9);
    expect([...card.bytes.subarray(0, 4)]).toEqual([1, 2, 150, 0]);
    expect(card.bytes[8]).toBe(0b00101);
    expect(card).toMatchObject({ departments: ["Kitchen", "Books"], epsilon: 1.5 });
  });

  it("contains the departments whose products the shopper interacted with most", () => {
    const catalog = fixtureCatalog();
    const history = createHistory(catalog);
    for (const event of [view("k1"), addToCart("g1"), addToCart("g2")]) history.apply(event);
    const cards = Array.from({ length: 60 }, () =>
      tasteCardOf(history, catalog, { epsilon: 10, favorites: 1, at: NOW }),
    );
    const reported = cards.filter(({ departments }) => departments.includes("Garden")).length;
    expect(reported).toBeGreaterThan(50);
  });

  it.each([
    ["epsilon", { epsilon: 0, favorites: 1 }],
    ["epsilon", { epsilon: 11, favorites: 1 }],
    ["favorites", { epsilon: 1, favorites: 0 }],
    ["favorites", { epsilon: 1, favorites: 1.5 }],
  ])("with a bad %s is refused: %j", (field, options) => {
    expect(() => makeTasteCard(DEPARTMENTS, [], { ...options, random: certain })).toThrow(
      `"${field}"`,
    );
  });
});
