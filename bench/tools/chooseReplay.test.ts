import { describe, expect, it } from "vitest";
import type { LogRow } from "../../src/cli/logs/logRow.ts";
import { itemPackFromBytes } from "../../src/engine/shop/itemPack.ts";
import { chooseReplay } from "./chooseReplay.ts";

const visit = (sessionId: string, at: number, ...ids: string[]): LogRow[] =>
  ids.map((productId) => ({
    userId: `user of ${sessionId}`,
    sessionId,
    at,
    type: "view",
    productId,
    name: `The ${productId}`,
    category: "kitchen",
    brand: "",
    price: 5,
  }));

/** The last visit is to products that nobody had looked at before. */
const log = [
  ...visit("s1", 1, "cup", "pot"),
  ...visit("s2", 2, "pot", "cup"),
  ...visit("s3", 3, "jar", "jug"),
];

describe("a replay", () => {
  const { catalog, pack, seenBefore, session } = chooseReplay(log, { session: "s3" });
  const rowOf = (id: string) => catalog.rowOf(id)!;

  it("knows what products are that nobody had looked at before, as a shop's catalog does", () => {
    expect(session.map(({ productId }) => productId)).toEqual(["jar", "jug"]);
    expect(catalog.products.map(({ id }) => id)).toEqual(["cup", "pot", "jar", "jug"]);
    expect(catalog.products[rowOf("jug")]!.title).toBe("The jug");
    expect(seenBefore).toBe(2);
  });

  it("counts only what came before", () => {
    const { popularity } = itemPackFromBytes(pack, catalog);
    expect(popularity[rowOf("cup")]).toBeGreaterThan(0);
    expect(popularity[rowOf("jar")]).toBe(0);
    expect(popularity[rowOf("jug")]).toBe(0);
  });

  it("needs something before the session", () => {
    expect(() => chooseReplay(log, { session: "s1" })).toThrow('session "s1" is the first');
  });
});
