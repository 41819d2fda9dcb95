import { describe, expect, it } from "vitest";
import type { LogRow } from "../logs/logRow.ts";
import { catalogOf } from "../logs/shopLog.ts";
import { interleaved, recentWithStan } from "./recentWithStan.ts";
import { rankerOf } from "./system.ts";

const view = (productId: string, at: number): LogRow => ({
  userId: "ann",
  sessionId: at < 10 ? "first" : "second",
  at,
  type: "view",
  productId,
  name: "",
  category: "",
  brand: "",
  price: Number.NaN,
});
const history = [view("a", 1), view("b", 2), view("a", 3)];
const session = [view("c", 11), view("d", 12)];
const catalog = catalogOf([...history, ...session, ...["x", "y", "z"].map((id) => view(id, 20))]);
const rowOf = (id: string) => catalog.rowOf(id)!;
const idsOf = (rows: readonly number[]) => rows.map((row) => catalog.products[row]!.id);

describe("recent products with STAN", () => {
  it("take turns, newest first, each product once", async () => {
    const stan = () =>
      new Map([
        [rowOf("x"), 3],
        [rowOf("b"), 2],
        [rowOf("y"), 1],
      ]);
    const rank = await rankerOf(recentWithStan(stan, catalog), { history, session }, catalog);
    expect(idsOf(rank(1))).toEqual(["x", "a", "b", "y"]);
    expect(idsOf(rank(2))).toEqual(["x", "c", "b", "a", "y"]);
  });

  it("are all that is shown where STAN has nothing", async () => {
    const rank = await rankerOf(
      recentWithStan(() => new Map(), catalog),
      { history, session },
      catalog,
    );
    expect(idsOf(rank(2))).toEqual(["c", "a", "b"]);
  });

  it("keep the first place of what both name", () => {
    expect([...interleaved([1, 2], [2, 3, 1, 4])].map(([row]) => row)).toEqual([1, 2, 3, 4]);
  });
});
