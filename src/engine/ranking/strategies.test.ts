import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyPast,
  fixtureCatalog,
  fixturePack,
  makeAnyShelf,
  NOW,
  packOf,
  randomNetwork,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { InputHistory } from "../events/history.ts";
import { withoutProducts } from "../events/selection.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { emptyItemPack, type ItemPack } from "../shop/itemPack.ts";
import { rowsByPopularity } from "./candidates.ts";
import type { ShelfRequest } from "./shelfRequest.ts";
import { anchorAlone, FIRST_STRATEGIES, type StrategySources } from "./strategies.ts";

const catalog = fixtureCatalog();
const fixture = fixturePack(catalog);
const row = (id: string) => catalog.rowOf(id)!;
const K1 = { row: row("k1"), step: 0, at: NOW, strength: 3 };

function sourcesAfter(events: readonly ShopEvent[], pack = fixture): StrategySources {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return { catalog, pack, popularRows: rowsByPopularity(pack), history };
}

function cardsAfter(events: readonly ShopEvent[], request: Partial<ShelfRequest>, pack?: ItemPack) {
  return makeAnyShelf(
    { ...sourcesAfter(events, pack), networks: [randomNetwork(3)] },
    { strategy: "for-you", limit: 21, at: NOW, ...request },
  ).cards;
}

function idsAfter(...args: Parameters<typeof cardsAfter>): string[] {
  return cardsAfter(...args).map(({ productId }) => productId);
}

/** The history that a shelf about k1 uses. */
function pastAroundK1(events: readonly ShopEvent[], others: 0 | 2 = 2) {
  const request = { strategy: "related", limit: 4, at: NOW, productId: "k1" } as const;
  const look = others === 0 ? anchorAlone : FIRST_STRATEGIES.related.history;
  return look(sourcesAfter(events), { request, anchor: K1.row });
}

/** The weight of the shopper's own history with each product. */
function affinities(past: InputHistory): number[] {
  return catalog.products.map((_, of) => past.pastWith(of)?.product.affinity ?? 0);
}

const without = (events: readonly ShopEvent[], id: string) =>
  events.flatMap((event) => withoutProducts(event, (other) => other === id) ?? []);

describe("the history around the current product", () => {
  it("starts with it, as strong as one added to the cart, before the last two others", () => {
    const events = ["g1", "k1", "g2", "b1", "k2"].map((id) => view(id));
    const [first, ...others] = pastAroundK1(events).recent;
    expect(first).toEqual(K1);
    expect(others.map((visit) => visit.row)).toEqual([row("k2"), row("b1")]);
    expect(pastAroundK1([...events, view("k1")]).recent).toEqual([first, ...others]);
  });

  it.each([0, 2] as const)(
    "is what is left of the log without any product, beside %d others",
    (others) => {
      fc.assert(
        fc.property(anyPast(catalog, 30), (events) => {
          const past = pastAroundK1(events, others);
          const { history } = sourcesAfter(events);
          expect(past.own).toEqual(history.own);
          expect(affinities(past)).toEqual(affinities(history));
          for (const { id } of catalog.products) {
            const log = without(events, id);
            const left = pastAroundK1(log, others).recent;
            const found = past.without({ type: "product", row: row(id) });
            // Without the current product, the shelf does not start from it either.
            const moved = left.slice(1).map((visit) => ({ ...visit, step: visit.step - 1 }));
            expect(found.recent).toEqual(id === "k1" ? moved : left);
            expect(affinities(found)).toEqual(affinities(sourcesAfter(log).history));
          }
        }),
        { numRuns: 60, seed: 51 },
      );
    },
  );

  it("leaves only the shopper's own history if nothing else was viewed", () => {
    const past = pastAroundK1([]);
    expect(past.recent).toEqual([K1]);
    expect(past.without({ type: "product", row: K1.row }).recent).toEqual([]);
  });
});

describe("related", () => {
  it("gives the current product as the reason for the crowd's companions", () => {
    const [card] = cardsAfter([view("g1")], {
      strategy: "related",
      productId: "k1",
      among: ["b1"],
    });
    expect(card!.inputs.coVisitation).toBeGreaterThan(0);
    expect(card!.inputs.contentFit).toBeGreaterThan(0);
  });

  it("has only products that go with the current one, and also ranks them by the last two others", () => {
    const request = { strategy: "related", productId: "k1" } as const;
    const inputsAfter = (...viewed: string[]) =>
      cardsAfter(
        viewed.map((id) => view(id)),
        request,
      ).find(({ productId }) => productId === "k3")!.inputs;
    const alone = inputsAfter();
    expect(inputsAfter("k2").coVisitation).toBeGreaterThan(alone.coVisitation);
    expect(inputsAfter("k2", "g1").coVisitation).toBeGreaterThan(alone.coVisitation);
    expect(inputsAfter("k2", "g1", "g2").coVisitation).toBe(alone.coVisitation);
  });

  it("falls back to the shopper's usual products without a known current product", () => {
    const events = [view("g1"), view("b1")];
    const usual = cardsAfter(events, {});
    expect(cardsAfter(events, { strategy: "related" })).toEqual(usual);
    expect(cardsAfter(events, { strategy: "related", productId: "unknown" })).toEqual(usual);
  });
});

describe("for you", () => {
  it("chooses only from the requested products, even if they are not candidates", () => {
    const sources = { ...sourcesAfter([view("k1")]), popularRows: new Uint32Array(0) };
    const idsAmong = (among?: string[]) => {
      const request = { strategy: "for-you", limit: 21, at: NOW, ...(among && { among }) } as const;
      const { cards } = makeAnyShelf({ ...sources, networks: [randomNetwork(3)] }, request);
      return cards.map(({ productId }) => productId);
    };
    expect(idsAmong()).toContain("k2");
    expect(idsAmong()).not.toContain("b7");
    expect(idsAmong(["b7", "unknown", "b7", "k2"]).sort()).toEqual(["b7", "k2"]);
    expect(idsAmong([])).toEqual([]);
  });
});

describe("trending", () => {
  it("is the same for everybody, and reveals nobody's history", () => {
    const cards = cardsAfter([view("k2"), view("g3")], { strategy: "trending" });
    const strangers = cardsAfter([], { strategy: "trending" });
    expect(cards).toEqual(strangers);
    expect(cards.length).toBeGreaterThan(4);
    for (const { inputs, reason } of cards) {
      expect(inputs).toMatchObject({
        coVisitation: 0,
        ownHistory: 0,
        contentFit: cards[0]!.inputs.contentFit,
      });
      expect(["popularity", "range"]).toContain(reason.input);
    }
  });

  it("has no cards without crowd data, and some as soon as one product is slightly popular", () => {
    expect(idsAfter([], { strategy: "trending" }, emptyItemPack(catalog.size))).toEqual([]);
    const [first] = idsAfter([], { strategy: "trending" }, packOf(catalog, [], { g4: 1 }));
    expect(first).toBe("g4");
    const bare = { ...sourcesAfter([]), popularRows: new Uint32Array(0) };
    expect(
      makeAnyShelf({ ...bare, networks: [] }, { strategy: "trending", limit: 3, at: NOW }).cards,
    ).toEqual([]);
  });
});
