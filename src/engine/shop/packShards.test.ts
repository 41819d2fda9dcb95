import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fixtureCatalog, fixturePack, randomNetwork } from "../../testing/fixtures.ts";
import type { Message } from "../kit/message.ts";
import { itemPackFromBytes, itemPackToShards } from "./itemPack.ts";
import { addShard, createPackShards, SHARD_PATIENCE_MS, shardAddress } from "./packShards.ts";

const catalog = fixtureCatalog();
const whole = fixturePack(catalog);
const { base, shards: files } = itemPackToShards(whole, catalog, 8);

describe("a pack in shards", () => {
  const pack = whole;
  const packWithPrior = { ...whole, prior: randomNetwork(1).weights };
  const { base, shards, plan } = itemPackToShards(packWithPrior, catalog, 8);
  const opened = () => itemPackFromBytes(base, catalog);

  it("has popularity and prior at once, but no neighbors", () => {
    const { neighbors, popularity, prior, shards: read } = opened();
    expect(neighbors).toHaveLength(0);
    expect([popularity, prior]).toEqual([packWithPrior.popularity, packWithPrior.prior]);
    expect(read).toEqual(plan);
  });

  it("equals the complete pack once all shards are added, in any order", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), (order) => {
        const growing = opened();
        for (const index of order) addShard(growing, { index, buffer: shards[index]!, catalog });
        expect(growing).toEqual({ ...packWithPrior, shards: plan });
      }),
      { seed: 1 },
    );
  });

  it("has a shard's neighbors as soon as it is added, and no others", () => {
    const growing = opened();
    addShard(growing, { index: 1, buffer: shards[1]!, catalog });
    for (const row of catalog.products.keys()) {
      const own = growing.neighbors.subarray(growing.starts[row], growing.starts[row + 1]);
      const all = pack.neighbors.subarray(pack.starts[row], pack.starts[row + 1]);
      expect(own).toEqual(row >= 8 && row < 16 ? all : all.subarray(0, 0));
    }
  });

  it("refuses shards of another pack, shards at another index, and damaged ones", () => {
    const other = itemPackToShards(
      { ...pack, popularity: pack.popularity.map((p) => p ^ 1) },
      catalog,
      8,
    );
    const add = (index: number, buffer: ArrayBuffer) =>
      addShard(opened(), { index, buffer, catalog });
    expect(() => add(0, other.shards[0]!)).toThrow(/^ItemPack: pack id is \d+, expected \d+$/);
    expect(() => add(0, shards[1]!)).toThrow("ItemPack: first row is 8, expected 0");
    expect(() => add(0, base)).toThrow("ItemPack: row count is 0, expected 8");
    expect(() => add(0, shards[0]!.slice(0, 60))).toThrow("ItemPack: file size is 60, expected");
    expect(() => itemPackFromBytes(shards[0]!, catalog)).toThrow(
      "file is a shard, expected a pack",
    );
  });
});

/** A pack in shards whose files come from `load`. */
function opened(load: (index: number) => Promise<ArrayBuffer>) {
  const pack = itemPackFromBytes(base, catalog);
  const warnings: Message[] = [];
  const asked: number[] = [];
  const shards = createPackShards({
    pack,
    catalog,
    load: (index) => {
      asked.push(index);
      return load(index);
    },
    onWarning: (warning) => warnings.push(warning),
  });
  return { pack, shards, warnings, asked };
}

describe("the shards of a pack", () => {
  it("are loaded once, when one of their rows is needed", async () => {
    const { pack, shards, asked } = opened(async (index) => files[index]!);
    await shards.need([1, 2, 17]);
    await shards.need([3, 17]);
    expect(asked).toEqual([0, 2]);
    await shards.need(catalog.products.keys());
    expect(asked).toEqual([0, 2, 1]);
    expect(pack.neighbors).toEqual(whole.neighbors);
    expect(pack.starts).toEqual(whole.starts);
  });

  it("that fail to load cost neighbors, are reported once, and are tried again", async () => {
    let isOffline = true;
    const { pack, shards, warnings } = opened(async (index) => {
      if (isOffline) throw new Error("network is down");
      return files[index]!;
    });
    await shards.need([0, 20]);
    expect(warnings.map(({ message }) => message)).toEqual([
      "Some cards come without crowd knowledge: network is down",
    ]);
    expect(pack.neighbors).toHaveLength(0);
    isOffline = false;
    await shards.need([0, 8, 20]);
    expect(pack.neighbors).toEqual(whole.neighbors);
  });

  it("do not exist for a pack in one file", async () => {
    const { warnings } = opened(async () => new ArrayBuffer(0));
    const load = () => Promise.reject(new Error("asked for a shard"));
    await createPackShards({ pack: whole, catalog, load, onWarning: (n) => warnings.push(n) }).need(
      [1],
    );
    expect(warnings).toEqual([]);
  });

  describe("that are slow", () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it("are awaited for a limited time, and are available to the next shelf", async () => {
      let arrive = (_: ArrayBuffer) => {};
      const slow = new Promise<ArrayBuffer>((resolve) => {
        arrive = resolve;
      });
      const { pack, shards, asked } = opened(() => slow);
      const shelf = shards.need([0]);
      await vi.advanceTimersByTimeAsync(SHARD_PATIENCE_MS);
      await shelf;
      expect(pack.neighbors).toHaveLength(0);
      arrive(files[0]!);
      await shards.need([0]);
      expect(pack.neighbors.length).toBeGreaterThan(0);
      expect(asked).toEqual([0]);
    });
  });
});

describe("a shard's address", () => {
  it.each([
    ["https://shop.example/vitrine/pack.bin", "https://shop.example/vitrine/pack.0000beef.3.bin"],
    ["/pack.v2.bin?x=1.5", "/pack.v2.0000beef.3.bin?x=1.5"],
    ["a.b/pack", "a.b/pack.0000beef.3.bin"],
  ])("stands beside %s", (pack, expected) => {
    expect(shardAddress(pack, 0xbeef, 3)).toBe(expected);
  });
});
