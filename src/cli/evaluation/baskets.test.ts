import { describe, expect, it } from "vitest";
import { JUST_BOUGHT_MS } from "../../engine/shop/catalog.ts";
import type { LogRow } from "../logs/logRow.ts";
import { catalogOf } from "../logs/shopLog.ts";
import { ownFrequency, tifuKnn } from "./basketPeers.ts";
import { basketFiguresOf, measureBaskets, tallyOf } from "./baskets.ts";
import { byPast } from "./byPast.ts";
import { peerSystem } from "./peerSystem.ts";
import { trialOf } from "./trial.ts";

const bought = (userId: string, day: number, ...products: string[]): LogRow[] =>
  products.map((productId) => ({
    userId,
    sessionId: `${userId}-${day}`,
    at: day * 86_400_000,
    type: "purchase",
    productId,
    name: productId,
    category: "",
    brand: "",
    price: 1,
  }));

const set = (...ids: string[]) => new Set(ids);

describe("a next basket's figures", () => {
  it("distinguish repeats from discoveries", () => {
    const figures = basketFiguresOf([
      tallyOf(["old", "x", "new"], set("old", "new", "missed"), set("old")),
      tallyOf(["x"], set("old"), set("old")),
    ]);
    expect(figures.hit20).toBe(1 / 2);
    expect(figures.recall20).toBeCloseTo(2 / 3 / 2, 12);
    expect(figures.recall20Repeat).toBe(1 / 2);
    expect(figures.recall20Discovery).toBe(1 / 2);
  });

  it("are 1 for the best order, even for baskets larger than a list", () => {
    const many = Array.from({ length: 30 }, (_, index) => `p${index}`);
    const { gain, recall } = tallyOf(many.slice(0, 20), set(...many), set());
    expect(gain).toBeCloseTo(1, 12);
    expect(recall).toBeCloseTo(2 / 3, 12);
  });
});

describe("next baskets", () => {
  const log = [
    ...bought("ann", 1, "tea", "cup"),
    ...bought("bob", 2, "tea", "jam", "rye"),
    ...bought("eve", 3, "pen"),
    ...bought("ann", 4, "tea"),
    ...bought("bob", 5, "tea", "jam"),
    ...bought("ann", 6, "tea", "jam"),
    ...bought("new", 7, "pen"),
  ];

  it("are asked only for shoppers with a history, before the visit begins", async () => {
    const { baskets, catalog } = trialOf(log, { split: 5 / 7, maxQueries: 100 });
    expect(baskets.map(({ session }) => session[0]!.userId)).toEqual(["ann"]);
    const seen: number[] = [];
    await measureBaskets(
      ({ history, session }) => {
        expect(history.map(({ productId }) => productId)).toEqual(["tea", "cup", "tea"]);
        expect(session).toHaveLength(1);
        return (step) => {
          seen.push(step);
          return [];
        };
      },
      baskets,
      { catalog },
    );
    expect(seen).toEqual([0]);
  });

  it("are asked of session methods with the last basket", () => {
    const { baskets, catalog } = trialOf(log, { split: 5 / 7, maxQueries: 100 });
    const system = peerSystem((items) => {
      expect(items).toEqual([catalog.rowOf("tea")]);
      return new Map([[catalog.rowOf("rye")!, 1]]);
    }, catalog);
    const rank = system(baskets[0]!) as (step: number) => readonly number[];
    expect(rank(0)).toEqual([catalog.rowOf("rye")]);
  });
});

describe("basket peers", () => {
  const crowd = [
    bought("bob", 1, "tea", "jam"),
    bought("eve", 2, "pen", "ink"),
    bought("zoe", 3, "pen", "ink"),
    bought("ann", 4, "cup", "tea"),
    bought("ann", 5, "tea"),
  ];
  const catalog = catalogOf(crowd.flat());
  const history = [...crowd[3]!, ...crowd[4]!];
  const at = history.at(-1)!.at + JUST_BOUGHT_MS;
  const top = async (system: ReturnType<typeof ownFrequency>) =>
    (await system({ history, session: [{ ...history[0]!, at }] }))(0).map(
      (row) => catalog.products[row]!.id,
    );

  it("of frequency: own favorites, then the crowd's", async () => {
    expect((await top(ownFrequency(crowd, catalog))).slice(0, 3)).toEqual(["tea", "cup", "pen"]);
  });

  it("of TIFU-KNN: purchases of shoppers with the same baskets count in addition to the own", async () => {
    const ranked = await top(tifuKnn(crowd.slice(0, 3), catalog, { k: 1, own: 0.5 }));
    expect(ranked).toEqual(["tea", "jam", "cup"]);
  });
});

describe("rows by length of history", () => {
  it("compare personal with prior, paired", () => {
    const visits = Array.from({ length: 60 }, (_, index) => ({
      history: Array.from({ length: index }, () => bought("ann", 1, "tea")[0]!),
      session: [],
    }));
    const rows = byPast(
      visits,
      { prior: visits.map(() => 1), personal: visits.map((_, index) => (index < 50 ? 1 : 2)) },
      (values) => ({ mean: values.reduce((sum, value) => sum + value, 0) / values.length }),
    );
    const short = rows.find(({ history }) => history === "10 to 49")!;
    const long = rows.find(({ history }) => history === "50 and more")!;
    expect(short.change.mean).toEqual([0, 0]);
    expect(long.change.mean).toEqual([1, 1]);
    expect(long.visits).toBe(10);
  });
});
