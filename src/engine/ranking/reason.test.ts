import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AnyShop, anyShop } from "../../testing/anyShop.ts";
import {
  addToCart,
  anyPast,
  fixtureCatalog,
  fixturePack,
  impression,
  makeAnyShelf,
  NOW,
  packOf,
  randomNetwork,
  view,
  wishlist,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import { withoutProducts } from "../events/selection.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { INPUT_NAMES, type InputName, type Network } from "../network/network.ts";
import { createCatalog } from "../shop/catalog.ts";
import { emptyItemPack } from "../shop/itemPack.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import { rowsByPopularity } from "./candidates.ts";
import { exactScore, type Recommendation } from "./explain.ts";
import { inputsOf } from "./features.ts";
import type { Parts } from "./parts.ts";
import { ownReason, type Reason, reasonOf } from "./reason.ts";
import type { Shelf } from "./shelf.ts";
import type { ShelfRequest } from "./shelfRequest.ts";
import { shopperContextOf } from "./shopperContext.ts";

const PRIOR: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };

interface Shopper extends AnyShop {
  events: readonly ShopEvent[];
  network: Network;
}

function historyOf({ catalog, events }: Shopper) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

function shelfOf(shopper: Shopper, request: Partial<ShelfRequest> = {}): Shelf {
  const { catalog, pack, network } = shopper;
  const popularRows = rowsByPopularity(pack);
  const sources = { catalog, pack, popularRows, history: historyOf(shopper), networks: [network] };
  return makeAnyShelf(sources, { strategy: "for-you", limit: 40, at: NOW, ...request });
}

function cardsOf(...given: Parameters<typeof shelfOf>): Recommendation[] {
  return shelfOf(...given).cards;
}

/** A product's inputs and log-odds, from the shopper's log. */
function scoreOf(shopper: Shopper, productId: string) {
  const { catalog, pack, network } = shopper;
  const context = shopperContextOf(historyOf(shopper), { catalog, pack, at: NOW });
  const inputs = inputsOf(context, [catalog.rowOf(productId)!]);
  return { inputs, logOdds: exactScore([network], inputs)[0]! };
}

/** The shopper whose log never contained a product. */
function without(shopper: Shopper, productId: string): Shopper {
  const isMeant = (id: string) => id === productId;
  return {
    ...shopper,
    events: shopper.events.flatMap((event) => withoutProducts(event, isMeant) ?? []),
  };
}

const anyNetwork = fc.oneof(
  fc.constant(PRIOR),
  fc
    .tuple(fc.nat(1e6), fc.constantFrom("relu" as const, "sigmoid" as const))
    .map(([seed, activation]) => randomNetwork(seed, activation, 1.5)),
);
const anyShopper: fc.Arbitrary<Shopper> = anyShop.chain((shop) =>
  fc.record({
    catalog: fc.constant(shop.catalog),
    pack: fc.constantFrom(shop.pack, emptyItemPack(shop.catalog.size)),
    events: anyPast(shop.catalog, 40),
    network: anyNetwork,
  }),
);

describe("the product that a reason names", () => {
  it("makes a difference: in the log without it, the card's log-odds and the input are lower", () => {
    const named = new Set<Reason["input"]>();
    fc.assert(
      fc.property(anyShopper, (shopper) => {
        for (const { productId, logOdds, inputs, reason } of cardsOf(shopper)) {
          if (reason.because === undefined) continue;
          named.add(reason.input);
          const left = scoreOf(without(shopper, reason.because), productId);
          expect(left.logOdds).toBeLessThan(logOdds);
          const index = INPUT_NAMES.indexOf(reason.input as InputName);
          expect(left.inputs[index]!).toBeLessThan(Object.values(inputs)[index]!);
        }
      }),
      { numRuns: 150, seed: 321 },
    );
    expect([...named].sort()).toEqual(["coVisitation", "contentFit", "ownHistory"]);
  });

  it("makes the biggest difference of those behind the input", () => {
    fc.assert(
      fc.property(anyShopper, (shopper) => {
        for (const { productId, reason, inputs } of cardsOf(shopper)) {
          if (reason.because === undefined || reason.input === "ownHistory") continue;
          const index = INPUT_NAMES.indexOf(reason.input as InputName);
          const least = scoreOf(without(shopper, reason.because), productId).logOdds;
          for (const { row } of historyOf(shopper).recent) {
            const left = scoreOf(without(shopper, shopper.catalog.products[row]!.id), productId);
            const isFeeding = left.inputs[index]! < Object.values(inputs)[index]!;
            if (isFeeding) expect(left.logOdds).toBeGreaterThanOrEqual(least);
          }
        }
      }),
      { numRuns: 60, seed: 322 },
    );
  });

  it("is absent only if no single product makes a difference, and the kind is named instead", () => {
    let kinds = 0;
    fc.assert(
      fc.property(anyShopper, (shopper) => {
        for (const { productId, logOdds, inputs, reason, contributions } of cardsOf(shopper)) {
          if (reason.because !== undefined) continue;
          if (reason.input === "popularity" || reason.input === "range") continue;
          kinds++;
          expect(reason).toEqual({ input: reason.input });
          expect(contributions[reason.input]).toBeGreaterThan(0);
          for (const { id } of shopper.catalog.products) {
            const left = scoreOf(without(shopper, id), productId);
            if (left.logOdds >= logOdds) continue;
            // It may make a difference only by lowering an input that the network dislikes.
            const fed = INPUT_NAMES.filter((name, at) => left.inputs[at]! < inputs[name]);
            expect(fed).toEqual([]);
          }
        }
      }),
      { numRuns: 150, seed: 323 },
    );
    expect(kinds).toBeGreaterThan(20);
  });
});

/** Filler products, none similar to the others. */
const FILLERS = ["oak shelf", "wool rug", "linen sheet", "steel pan", "glass jug", "cork mat"];

function homeShop(): AnyShop {
  const product = (id: string, title: string, department: string, priceMinor: number) => ({
    id,
    title,
    categoryPath: [department],
    priceMinor,
    currency: "EUR",
  });
  const catalog = createCatalog([
    product("bowl", "Red ceramic bowl", "Kitchen", 2500),
    product("vase", "Red ceramic vase", "Living", 3200),
    product("lamp", "Brass lamp", "Living", 8900),
    ...FILLERS.map((title, index) =>
      product(`filler ${index}`, title, index % 2 ? "Kitchen" : "Living", 1500 + 1000 * index),
    ),
  ]);
  return { catalog, pack: emptyItemPack(catalog.size) };
}

describe("after a red ceramic bowl, the card of a red ceramic vase", () => {
  const bowl = view("bowl", NOW - 2000);
  const lamp = view("lamp", NOW - 1000);
  const vaseOf = (shopper: Shopper) => cardsOf(shopper).find((card) => card.productId === "vase")!;

  it("names the bowl, whatever the vase's department", () => {
    const card = vaseOf({ ...homeShop(), events: [bowl], network: PRIOR });
    expect(card.contributions.contentFit).toBeGreaterThan(0.5);
    expect(card.reason).toEqual({ input: "contentFit", because: "bowl" });
  });

  it("also names the bowl after a brass lamp of the vase's department, because the lamp only dilutes", () => {
    const shopper = { ...homeShop(), events: [bowl, lamp], network: PRIOR };
    const { inputs, reason } = vaseOf(shopper);
    const contentFit = (other: Shopper) => scoreOf(other, "vase").inputs[2]!;
    expect(contentFit(without(shopper, "lamp"))).toBeGreaterThan(inputs.contentFit);
    expect(contentFit(without(shopper, "bowl"))).toBeLessThan(inputs.contentFit);
    expect(reason).toEqual({ input: "contentFit", because: "bowl" });
  });
});

describe("a card that the shopper knows", () => {
  const shop = homeShop();
  const acts = (...events: ShopEvent[]) => {
    const cards = cardsOf({ ...shop, events, network: PRIOR });
    return cards.find((card) => card.productId === "vase")!.reason.acts;
  };

  it("counts each of their acts with it", () => {
    const none = { looks: 0, stays: 0, saves: 0, carts: 0, ratings: 0, purchases: 0 };
    expect(acts(wishlist("vase"))).toEqual({ ...none, saves: 1 });
    expect(acts(view("vase"))).toEqual({ ...none, looks: 1 });
    const stay = { type: "dwell" as const, at: NOW, productId: "vase", dwellMs: 60_000 };
    expect(acts(view("vase"), stay, wishlist("vase"))).toEqual({
      ...none,
      looks: 1,
      stays: 1,
      saves: 1,
    });
  });

  it("never says that it was viewed unless it was", () => {
    const events = [view("lamp"), addToCart("bowl"), wishlist("vase")];
    const shopper = { ...shop, events, network: PRIOR };
    const recent = shelfOf(shopper, { strategy: "recently-viewed" });
    expect(recent.cards.map(({ productId }) => productId)).toEqual(["lamp"]);
    expect(shelfOf(shopper, { strategy: "because-you-viewed" }).because).toBe("lamp");
  });
});

describe("without an item pack", () => {
  const shop = homeShop();
  it("nothing trends, and no card is called popular", () => {
    const stranger = { ...shop, events: [], network: PRIOR };
    expect(cardsOf(stranger, { strategy: "trending" })).toEqual([]);
    for (const { reason } of cardsOf(stranger)) expect(reason).toEqual({ input: "range" });
    const pack = packOf(shop.catalog, [], { vase: 9 });
    expect(cardsOf({ ...stranger, pack }, { strategy: "trending" })[0]!.productId).toBe("vase");
  });
});

describe("the reason derived from a card's parts", () => {
  const catalog = fixtureCatalog();
  const pack = fixturePack(catalog);
  const history = createHistory(catalog);
  for (const event of [view("g1"), view("k1"), view("k3"), impression(["k4"])])
    history.apply(event);
  const context = shopperContextOf(history, { catalog, pack, at: NOW });
  const row = (id: string) => catalog.rowOf(id)!;
  type Four = [coVisitation: number, ownHistory: number, contentFit: number, popularity: number];

  interface Card {
    /** k2 is not popular, k3 is. */
    id?: "k2" | "k3" | "k4";
    inputs?: Four;
    contributions: Four;
    /** The inputs without each product. */
    without?: Record<string, Four>;
  }

  /** For a network whose log-odds are the sum of the inputs. */
  function reasonFor(card: Card): Reason {
    const { id = "k2", inputs = [0.5, 0.5, 0.5, 0.5], contributions, without = {} } = card;
    const logOddsOf = (values: ArrayLike<number>) =>
      Array.from(values).reduce((sum, value) => sum + value, 0);
    const lefts = new Map(Object.entries(without).map(([from, left]) => [row(from), left]));
    const sources = [...lefts.keys()].map((from) => ({ type: "product" as const, row: from }));
    const parts: Parts = {
      sourcesOf: () => sources,
      inputsWithout: (source) => Float32Array.from(lefts.get(source.row)!),
    };
    return reasonOf({
      context,
      row: row(id),
      inputs: Float32Array.from(inputs),
      contributions,
      parts,
      logOdds: logOddsOf(inputs),
      logOddsOf,
    });
  }

  const FED_BY_K1 = { k1: [0.25, 0.5, 0.25, 0.5] as Four };

  it("is the input that adds the most, whatever its position", () => {
    const [coVisitation, contentFit] = ["coVisitation", "contentFit"] as const;
    expect(reasonFor({ contributions: [1, 0, 2, 0], without: FED_BY_K1 })).toEqual({
      input: contentFit,
      because: "k1",
    });
    expect(reasonFor({ contributions: [2, 0, 1, 0], without: FED_BY_K1 })).toEqual({
      input: coVisitation,
      because: "k1",
    });
  });

  it("is neither an input of 0, however much its absence adds, nor one that adds nothing", () => {
    const lacking: Four = [0, 0.5, 0.5, 0.5];
    expect(reasonFor({ inputs: lacking, contributions: [3, 0, 0, 0] })).toEqual({ input: "range" });
    const card: Card = { id: "k3", contributions: [0, 0, 0, -1], without: FED_BY_K1 };
    expect(reasonFor(card)).toEqual({ input: "popularity" });
  });

  it("is the crowd's if that adds the most, but only for popular products", () => {
    const contributions: Four = [0, 0, 1, 2];
    expect(reasonFor({ id: "k3", contributions, without: FED_BY_K1 })).toEqual({
      input: "popularity",
    });
    expect(reasonFor({ id: "k2", contributions, without: FED_BY_K1 })).toEqual({
      input: "contentFit",
      because: "k1",
    });
  });

  it("names a product of a smaller input before a kind, and a kind before the crowd", () => {
    // Without k1 the content fit is lower, but the co-visitation is not.
    const without = { k1: [0.5, 0.5, 0.25, 0.5] as Four };
    expect(reasonFor({ id: "k3", contributions: [3, 0, 1, 2], without })).toEqual({
      input: "contentFit",
      because: "k1",
    });
    expect(reasonFor({ id: "k3", contributions: [3, 0, 1, 2] })).toEqual({ input: "coVisitation" });
    expect(reasonFor({ contributions: [3, 0, 1, 0] })).toEqual({ input: "coVisitation" });
  });

  it("is the crowd's if all other inputs count against the card", () => {
    expect(reasonFor({ id: "k3", contributions: [-1, 0, -2, -3] })).toEqual({
      input: "popularity",
    });
    expect(reasonFor({ contributions: [-1, 0, -2, 0] })).toEqual({ input: "range" });
  });

  it("is never the own history if there are no acts to show", () => {
    expect(reasonFor({ contributions: [0, 3, 0, 0] })).toEqual({ input: "range" });
    const without = { k4: [0.5, 0, 0.5, 0.5] as Four };
    expect(reasonFor({ id: "k4", contributions: [0, 3, 0, 0], without })).toEqual({
      input: "range",
    });
  });

  it("is the own history with this product, even if another one adds more to it", () => {
    const without = { k1: [0.5, 0, 0.5, 0.5] as Four, k3: [0.5, 0.25, 0.5, 0.5] as Four };
    const reason = reasonFor({ id: "k3", contributions: [0, 3, 0, 0], without });
    expect(reason).toMatchObject({ input: "ownHistory", because: "k3", acts: { looks: 1 } });
  });

  it("is the own history if the product is most similar to itself", () => {
    const without = { k1: [0.5, 0.5, 0.25, 0.5] as Four, k3: [0.5, 0.5, 0, 0.5] as Four };
    const reason = reasonFor({ id: "k3", contributions: [0, 0, 3, 0], without });
    expect(reason).toMatchObject({ input: "ownHistory", because: "k3" });
  });

  it("names the newest of equally important products, and none that makes no difference", () => {
    const left: Four = [0.25, 0.5, 0.5, 0.5];
    const reason = reasonFor({ contributions: [1, 0, 0, 0], without: { k3: left, k1: left } });
    expect(reason).toEqual({ input: "coVisitation", because: "k3" });
    const madeUp: Four = [0.25, 0.75, 0.5, 0.5];
    expect(reasonFor({ contributions: [1, 0, 0, 0], without: { k1: madeUp } })).toEqual({
      input: "coVisitation",
    });
  });

  it("is not the own history for products never seen or only shown", () => {
    expect(ownReason(context, row("b7"))).toBeUndefined();
    expect(ownReason(context, row("k4"))).toBeUndefined();
    expect(ownReason(context, row("k1"))).toMatchObject({ because: "k1", acts: { looks: 1 } });
  });
});
