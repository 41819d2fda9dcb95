import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fixtureCatalog,
  fixturePack,
  fixtureProducts,
  randomNetwork,
} from "../../testing/fixtures.ts";
import { hashWords } from "../kit/hash.ts";
import { createCatalog } from "./catalog.ts";
import {
  emptyItemPack,
  type ItemPack,
  itemPackFromBytes,
  itemPackToBytes,
  quantizeSimilarity,
} from "./itemPack.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const packWithPrior: ItemPack = { ...pack, prior: randomNetwork(1).weights };
const CHANCES = Float32Array.of(0, 0.125, 0.25, 0.5, 0.5, 0.75, 1);
const packWithChances: ItemPack = { ...pack, returnChances: CHANCES };

/** The bytes of a pack, with some of its 32-bit words changed. */
function bytesWith(changes: Record<number, number>, source = pack): ArrayBuffer {
  const buffer = itemPackToBytes(source, catalog);
  const words = new Uint32Array(buffer);
  for (const [word, value] of Object.entries(changes)) words[Number(word)] = value;
  return buffer;
}

describe("an item pack's bytes", () => {
  it.each([
    ["nothing else", pack],
    ["a prior", packWithPrior],
    ["chances of return", packWithChances],
    ["both", { ...packWithPrior, ...packWithChances, prior: packWithPrior.prior }],
  ] as const)("come back as they were, with %s", (_, given) => {
    expect(itemPackFromBytes(itemPackToBytes(given, catalog), catalog)).toEqual(given);
  });

  it("survive a round trip for a shop without products and for an empty pack", () => {
    const nothing = createCatalog([]);
    const empty = emptyItemPack(0);
    expect(itemPackFromBytes(itemPackToBytes(empty, nothing), nothing)).toEqual(empty);
    const blank = emptyItemPack(catalog.size);
    expect(itemPackFromBytes(itemPackToBytes(blank, catalog), catalog)).toEqual(blank);
  });

  it.each<[string, Record<number, number>, number]>([
    ["signature", { 0: 1 }, 0x56495450],
    ["format version", { 1: 1 }, 2],
    ["format version", { 1: 4 }, 3],
    ["product count", { 2: 20 }, catalog.size],
    ["catalog hash", { 4: 5 }, catalog.idsHash],
  ])("are refused with another %s, saying what it is and should be", (what, changes, expected) => {
    const got = Object.values(changes)[0]!;
    expect(() => itemPackFromBytes(bytesWith(changes), catalog)).toThrow(
      `ItemPack: ${what} is ${got}, expected ${expected}`,
    );
  });

  it("are read from version 2, which had no chances of return", () => {
    const buffer = bytesWith({ 1: 2 }, packWithPrior);
    const words = new Uint32Array(buffer);
    words[10] = hashWords(words.subarray(11), hashWords(words.subarray(0, 10)));
    expect(itemPackFromBytes(buffer, catalog)).toEqual(packWithPrior);
  });

  it.each([Number.NaN, -0.1, 1.5])("are refused with a chance of return of %s", (chance) => {
    const returnChances = CHANCES.with(2, chance);
    const buffer = itemPackToBytes({ ...pack, returnChances }, catalog);
    expect(() => itemPackFromBytes(buffer, catalog)).toThrow(
      `ItemPack: chance of return ${Math.fround(chance)}, expected from 0 to 1`,
    );
  });

  it("are refused when the number of neighbors does not match the file's size", () => {
    expect(() => itemPackFromBytes(bytesWith({ 3: 2 ** 32 - 1 }), catalog)).toThrow(
      /ItemPack: file size is \d+, expected \d+/,
    );
  });

  it("are refused when truncated, and with trailing bytes", () => {
    const whole = itemPackToBytes(pack, catalog);
    for (const length of [0, 43, 44, 45, whole.byteLength - 4, whole.byteLength - 1]) {
      expect(() => itemPackFromBytes(whole.slice(0, length), catalog)).toThrow(
        /^ItemPack: file (has|size is) \d+.*, expected \d+/,
      );
    }
    const longer = new ArrayBuffer(whole.byteLength + 4);
    new Uint8Array(longer).set(new Uint8Array(whole));
    expect(() => itemPackFromBytes(longer, catalog)).toThrow("ItemPack: file size is");
  });

  it("are refused for another catalog, even one with the same products in another order", () => {
    const other = createCatalog(fixtureProducts().reverse());
    expect(() => itemPackFromBytes(itemPackToBytes(pack, catalog), other)).toThrow(
      `ItemPack: catalog hash is ${catalog.idsHash}, expected ${other.idsHash}`,
    );
  });

  it("are refused with any single bit of the content flipped", () => {
    const whole = new Uint8Array(itemPackToBytes(packWithPrior, catalog));
    const place = fc.integer({ min: 44, max: whole.length - 1 });
    fc.assert(
      fc.property(place, fc.nat(7), (at, bit) => {
        const damaged = whole.slice();
        damaged[at]! ^= 1 << bit;
        expect(() => itemPackFromBytes(damaged.buffer, catalog)).toThrow(
          /^ItemPack: checksum is \d+, expected \d+$/,
        );
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it.each([
    ["without", pack],
    ["with", packWithPrior],
  ] as const)("are refused with any single bit flipped in their header, %s a prior", (_, given) => {
    const whole = new Uint8Array(itemPackToBytes(given, catalog));
    const accepted: string[] = [];
    for (let bit = 0; bit < 8 * 44; bit++) {
      const damaged = whole.slice();
      damaged[bit >> 3]! ^= 1 << (bit & 7);
      try {
        itemPackFromBytes(damaged.buffer, catalog);
        accepted.push(`byte ${bit >> 3} bit ${bit & 7}`);
      } catch (error) {
        expect((error as Error).message).toMatch(/^ItemPack: .* is \d+, expected \d+/);
      }
    }
    expect(accepted).toEqual([]);
  });

  it.each<[string, ItemPack]>([
    [
      "starts fall from 9 to 8",
      {
        ...pack,
        starts: pack.starts.map((s, i) => (i === 20 ? 9 : i === 21 ? 8 : Math.min(s, 8))),
      },
    ],
    ["neighbor 21, expected below 21", { ...pack, neighbors: pack.neighbors.map(() => 21) }],
    [
      "prior weights are not all finite",
      { ...pack, prior: new Float32Array(105).fill(Number.NaN) },
    ],
  ])("are refused although whole when %s", (message, broken) => {
    expect(() => itemPackFromBytes(itemPackToBytes(broken, catalog), catalog)).toThrow(
      `ItemPack: ${message}`,
    );
  });
});

it("a catalog of more than 65,536 products can have a pack", () => {
  const many = createCatalog(
    Array.from({ length: 65_537 }, (_, row) => ({
      id: `p${row}`,
      title: "x",
      categoryPath: [],
      priceMinor: 1,
      currency: "EUR",
    })),
  );
  const starts = new Uint32Array(many.size + 1).fill(2, 1);
  const neighbors = Uint32Array.of(65_536, 1);
  const large = { ...emptyItemPack(many.size), starts, neighbors, strengths: Uint8Array.of(9, 8) };
  expect(itemPackFromBytes(itemPackToBytes(large, many), many)).toEqual(large);
});

describe("quantizeSimilarity", () => {
  it("keeps similarities within half a step of the root, and in order", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (similarity) => {
        const value = quantizeSimilarity(similarity);
        expect(Math.abs(value / 255 - Math.sqrt(similarity))).toBeLessThanOrEqual(
          0.5 / 255 + 1e-12,
        );
      }),
      { seed: 7 },
    );
    expect([-1, 0, 1, 7].map(quantizeSimilarity)).toEqual([0, 0, 255, 255]);
  });
});
