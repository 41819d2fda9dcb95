import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToCart,
  anyEvent,
  fixtureCatalog,
  fixturePack,
  makeAnyShelf,
  NOW,
  notForMe,
  purchase,
  randomNetwork,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { type Catalog, closestCategory, createCatalog, JUST_BOUGHT_MS } from "../shop/catalog.ts";
import { rowsByPopularity } from "./candidates.ts";
import { isAllowed, type RankOptions, rank as rankPicks } from "./rank.ts";
import { STRATEGIES } from "./shelfRequest.ts";
import { topPicks } from "./topK.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const ALL_ROWS = [...catalog.products.keys()];
const row = (id: string) => catalog.rowOf(id)!;
const idsOf = (picks: readonly { row: number }[]) => picks.map((p) => catalog.products[p.row]!.id);

function historyOf(events: readonly ShopEvent[]) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

/** The picks without propensities and pins. */
function rank(
  rows: readonly number[],
  logOdds: readonly number[],
  shop: Catalog,
  options: RankOptions,
) {
  return rankPicks({ rows, logOdds, catalog: shop }, options).map((pick) => {
    expect(pick.propensity).toBe(1);
    return { row: pick.row, logOdds: pick.logOdds };
  });
}

describe("rank", () => {
  const anyScores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
    minLength: catalog.size,
    maxLength: catalog.size,
  });

  it("ranks by score alone without diversity", () => {
    fc.assert(
      fc.property(anyScores, fc.integer({ min: 1, max: 30 }), (logOdds, limit) => {
        expect(rank(ALL_ROWS, logOdds, catalog, { limit, diversity: 0 })).toEqual(
          topPicks(ALL_ROWS, logOdds, limit),
        );
      }),
      { numRuns: 50, seed: 14 },
    );
  });

  it("respects the limit, repeats nothing and always starts with the best", () => {
    fc.assert(
      fc.property(
        anyScores,
        fc.integer({ min: 1, max: 30 }),
        fc.double({ min: 0, max: 10, noNaN: true }),
        (logOdds, limit, diversity) => {
          const picks = rank(ALL_ROWS, logOdds, catalog, { limit, diversity });
          expect(picks).toHaveLength(Math.min(limit, catalog.size));
          expect(new Set(picks.map((p) => p.row)).size).toBe(picks.length);
          expect(picks[0]).toEqual(topPicks(ALL_ROWS, logOdds, 1)[0]);
          for (const pick of picks) expect(pick.logOdds).toBe(logOdds[pick.row]);
        },
      ),
      { numRuns: 150, seed: 15 },
    );
  });

  it("spreads the shelf over categories and brands", () => {
    // Kitchen is best throughout, then garden, then books; within each the first is best.
    const logOdds = ALL_ROWS.map((at) => 2 - Math.floor(at / 7) - (at % 7) / 100);
    const limit = 6;
    expect(idsOf(rank(ALL_ROWS, logOdds, catalog, { limit, diversity: 0 }))).toEqual([
      "k1",
      "k2",
      "k3",
      "k4",
      "k5",
      "k6",
    ]);
    expect(idsOf(rank(ALL_ROWS, logOdds, catalog, { limit, diversity: 10 }))).toEqual([
      "k1",
      "g1",
      "b1",
      "k2",
      "g2",
      "b2",
    ]);
    const departments = (diversity: number) =>
      new Set(idsOf(rank(ALL_ROWS, logOdds, catalog, { limit, diversity })).map((id) => id[0]))
        .size;
    expect([0, 0.1, 0.6, 10].map(departments)).toEqual([1, 1, 2, 3]);
  });

  it("counts products of the same category and brand as twice as similar", () => {
    const picks = rank([row("k1"), row("k3"), row("k2")], [3, 2.9, 2.5], catalog, {
      limit: 3,
      diversity: 1,
    });
    expect(idsOf(picks)).toEqual(["k1", "k2", "k3"]);
  });

  it("fills a short shelf with the first cards of a long one, whatever the shop wants of it", () => {
    const someRows = fc.uniqueArray(fc.constantFrom(...ALL_ROWS), { maxLength: 3 });
    fc.assert(
      fc.property(
        anyScores,
        fc.integer({ min: 1, max: 5 }),
        fc.record({
          pinned: someRows,
          lifted: someRows,
          kept: someRows,
          max: fc.integer({ min: 1, max: 3 }),
        }),
        fc.constantFrom("brand", "category", "none"),
        (logOdds, limit, { pinned, lifted, kept, max }, per) => {
          const keyOf = (at: number) =>
            per === "brand" ? catalog.brands[at]! : closestCategory(catalog, at);
          const rules = {
            pinned,
            liftOf: (at: number) => (lifted.includes(at) ? 6 : 0),
            caps: per === "none" ? [] : [{ keyOf, max }],
          };
          const options = { diversity: 0, rules, kept };
          const short = rank(ALL_ROWS, logOdds, catalog, { ...options, limit });
          const long = rank(ALL_ROWS, logOdds, catalog, { ...options, limit: catalog.size });
          expect(short).toEqual(long.slice(0, limit));
          if (per === "none") return;
          const given = pinned.length + kept.length;
          for (const { row: at } of long) {
            const alike = long.filter((other) => keyOf(other.row) === keyOf(at)).length;
            expect(alike).toBeLessThanOrEqual(Math.max(max, given));
          }
        },
      ),
      { numRuns: 200, seed: 17 },
    );
  });

  it("looks further down if the shop's caps close all of the best candidates", () => {
    const large = createCatalog(
      Array.from({ length: 60 }, (_, index) => ({
        id: `p${index}`,
        title: `Product ${index}`,
        categoryPath: ["Shelf"],
        brand: index < 40 ? "everywhere" : `brand ${index}`,
        priceMinor: 100,
        currency: "EUR",
      })),
    );
    const rows = [...large.products.keys()];
    const logOdds = rows.map((at) => -at);
    const caps = [{ keyOf: (at: number) => large.brands[at]!, max: 1 }];
    const rules = { pinned: [], liftOf: () => 0, caps };
    const picks = rank(rows, logOdds, large, { limit: 3, diversity: 0, rules });
    expect(picks.map((pick) => pick.row)).toEqual([0, 40, 41]);
  });

  it("returns each card's candidate index", () => {
    const rows = [row("g3"), row("k1"), row("b2")];
    const picks = rankPicks({ rows, logOdds: [1, 3, 2], catalog }, { limit: 3, diversity: 1 });
    expect(picks.map(({ index }) => index)).toEqual([1, 2, 0]);
    for (const pick of picks) expect(rows[pick.index]).toBe(pick.row);
  });

  it("gives ties to the lower row, whatever the order of the candidates", () => {
    const rows = [row("b2"), row("k1"), row("g3"), row("k4")];
    const ties = rank(rows, [1, 1, 1, 1], catalog, { limit: 4, diversity: 0 });
    expect(idsOf(ties)).toEqual(["k1", "k4", "g3", "b2"]);
  });

  it("returns an empty shelf without rows", () => {
    expect(rank([], [], catalog, { limit: 5, diversity: 1 })).toEqual([]);
  });
});

describe("products that no shelf may show", () => {
  const history = historyOf([notForMe("k1"), addToCart("k2"), purchase(["b1", "b3"]), view("b2")]);
  const bannedAt = (at: number) =>
    idsOf(
      ALL_ROWS.filter((own) => !isAllowed(own, { catalog, history, at })).map((own) => ({
        row: own,
      })),
    );

  it("are sold out, hidden, in the cart, or bought and not for buying again", () => {
    expect(bannedAt(NOW + JUST_BOUGHT_MS)).toEqual(["k1", "k2", "k7", "g7", "b1"]);
  });

  it("include rebuyable products that were bought within a day", () => {
    expect(bannedAt(NOW + JUST_BOUGHT_MS - 1)).toEqual(["k1", "k2", "k7", "g7", "b1", "b3"]);
  });

  it("never appear, whatever the history, the network and the strategy", () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent(catalog), { maxLength: 40 }),
        fc.nat(1000),
        fc.constantFrom(...STRATEGIES),
        fc.constantFrom("k1", "g1", "b1"),
        (events, seed, strategy, productId) => {
          const history = historyOf(events);
          const { cards } = makeAnyShelf(
            {
              catalog,
              pack,
              history,
              popularRows: rowsByPopularity(pack),
              networks: [randomNetwork(seed)],
            },
            { strategy, limit: 12, productId, exclude: ["k2"], at: NOW },
          );
          expect(cards.length).toBeLessThanOrEqual(12);
          const ids = cards.map((card) => card.productId);
          expect(ids).not.toContain(productId);
          expect(ids).not.toContain("k2");
          expect(new Set(ids).size).toBe(ids.length);
          for (const id of ids) {
            expect(catalog.products[row(id)]!.stock).not.toBe(0);
            expect(history.hidden.has(row(id))).toBe(false);
            expect(history.isInCart(row(id), NOW)).toBe(false);
            const isBought = (history.own.get(row(id))?.acts.purchases ?? 0) > 0;
            expect(isBought && catalog.products[row(id)]!.rebuyable === false).toBe(false);
          }
        },
      ),
      { numRuns: 120, seed: 16 },
    );
  });
});
