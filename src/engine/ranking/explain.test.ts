import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToCart,
  anyEvent,
  DAY,
  fixtureCatalog,
  fixturePack,
  MINUTE,
  makeAnyShelf,
  NOW,
  purchase,
  randomNetwork,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopperHistory } from "../events/history.ts";
import { productIdsOf, type ShopEvent } from "../events/shopEvent.ts";
import {
  HIDDEN,
  INPUT_NAMES,
  INPUTS,
  NETWORK_SIZE,
  type Network,
  OUTPUT_KERNEL,
  OUTPUTS,
} from "../network/network.ts";
import { score, scoreOf } from "../network/score.ts";
import { emptyItemPack } from "../shop/itemPack.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import { rowsByPopularity } from "./candidates.ts";
import { averageInputs, exactScore, type Recommendation, shapleyValues } from "./explain.ts";
import type { ShelfRequest } from "./shelfRequest.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const popularRows = rowsByPopularity(pack);
const PRIOR: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };

const input = fc.float({ min: 0, max: 1, noNaN: true });
const four = fc.tuple(input, input, input, input).map((values) => Float32Array.from(values));
const anyNetwork = fc
  .tuple(fc.nat(1e6), fc.constantFrom("relu" as const, "sigmoid" as const))
  .map(([seed, activation]) => randomNetwork(seed, activation, 1.5));

/** A network that uses a single input: its value, through one hidden unit, predicts a view. */
function networkFor(name: (typeof INPUT_NAMES)[number]): Network {
  const weights = new Float32Array(NETWORK_SIZE);
  weights[INPUT_NAMES.indexOf(name) * HIDDEN] = 1;
  weights[OUTPUT_KERNEL + 1] = 5;
  expect(OUTPUTS).toBe(5);
  return { weights, activation: "relu" };
}

function historyOf(events: readonly ShopEvent[]): ShopperHistory {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

function cardsAfter(
  events: readonly ShopEvent[],
  network: Network = PRIOR,
  request: Partial<ShelfRequest> = {},
  crowd = pack,
): Recommendation[] {
  const history = historyOf(events);
  const sources = { catalog, pack: crowd, popularRows, history, networks: [network] };
  return makeAnyShelf(sources, { strategy: "for-you", limit: 21, at: NOW, ...request }).cards;
}

describe("shapleyValues", () => {
  it("sum to the distance between the product's and the average log-odds", () => {
    fc.assert(
      fc.property(anyNetwork, four, four, (network, inputs, average) => {
        const sum = shapleyValues([network], inputs, average).reduce(
          (all, value) => all + value,
          0,
        );
        const distance = exactScore([network], inputs)[0]! - exactScore([network], average)[0]!;
        expect(Math.abs(sum - distance)).toBeLessThan(1e-6);
      }),
      { numRuns: 300, seed: 21 },
    );
  });

  it("are zero for an input that equals its average", () => {
    fc.assert(
      fc.property(anyNetwork, four, four, fc.nat(3), (network, inputs, average, same) => {
        inputs[same] = average[same]!;
        expect(shapleyValues([network], inputs, average)[same]).toBe(0);
      }),
      { numRuns: 200, seed: 22 },
    );
  });

  it("are equal for inputs with the same effect", () => {
    fc.assert(
      fc.property(anyNetwork, input, input, input, input, (network, value, mean, third, fourth) => {
        const twin = network.weights.slice();
        twin.copyWithin(HIDDEN, 0, HIDDEN);
        const [first, second] = shapleyValues(
          [{ ...network, weights: twin }],
          Float32Array.of(value, value, third, fourth),
          Float32Array.of(mean, mean, 0.5, 0.5),
        );
        expect(first).toBeCloseTo(second!, 5);
      }),
      { numRuns: 100, seed: 23 },
    );
  });

  it("are zero for an input that the network ignores", () => {
    const parts = shapleyValues(
      [networkFor("contentFit")],
      Float32Array.of(1, 1, 0.8, 1),
      Float32Array.of(0, 0, 0.2, 0),
    );
    expect(parts.map((part) => part === 0)).toEqual([true, true, false, true]);
    expect(parts[2]).toBeGreaterThan(0);
  });
});

describe("exactScore", () => {
  it("is the mean of the networks' log-odds, one for each product, and close to the ranking's", () => {
    fc.assert(
      fc.property(anyNetwork, anyNetwork, four, four, (one, other, first, second) => {
        const inputs = Float32Array.of(...first, ...second);
        const [ones, others] = [exactScore([one], inputs), exactScore([other], inputs)];
        const both = exactScore([one, other], inputs);
        expect(both).toHaveLength(2);
        both.forEach((value, row) => {
          expect(value).toBeCloseTo((ones[row]! + others[row]!) / 2, 10);
          expect(value).toBeCloseTo(score([one, other], inputs)[row]!, 4);
        });
      }),
      { numRuns: 50, seed: 26 },
    );
  });
});

describe("averageInputs", () => {
  it("are the means by column, and zeros without products", () => {
    expect([...averageInputs(Float32Array.of(0, 1, 0, 0.5, 1, 0, 0, 0.25))]).toEqual([
      0.5, 0.5, 0, 0.375,
    ]);
    expect([...averageInputs(new Float32Array(0))]).toEqual([0, 0, 0, 0]);
  });
});

describe("the cards of a shelf", () => {
  it("use the full candidate set for probabilities, however few the shelf chooses from", () => {
    const history = [view("k1"), view("g2")];
    const chancesIn = (request: Partial<ShelfRequest>) =>
      cardsAfter(history, PRIOR, request).find(({ productId }) => productId === "k2")?.outcomes;
    expect(chancesIn({ among: ["k2"] })).toEqual(chancesIn({}));
  });

  it("add up for any history and network: contributions to log-odds, outcomes to 1", () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent(catalog), { maxLength: 30 }),
        anyNetwork,
        fc.constantFrom("for-you" as const, "related" as const, "trending" as const),
        (events, network, strategy) => {
          for (const card of cardsAfter(events, network, { strategy, productId: "k2" })) {
            const parts = Object.values(card.contributions);
            expect(parts).toHaveLength(INPUTS);
            const sum = parts.reduce((all, value) => all + value, 0);
            expect(Math.abs(sum - (card.logOdds - card.averageLogOdds))).toBeLessThan(1e-6);
            const chances = Object.values(card.outcomes);
            expect(chances.reduce((all, value) => all + value, 0)).toBeCloseTo(1, 10);
            expect(card.score).toBe(scoreOf(card.logOdds));
          }
        },
      ),
      { numRuns: 60, seed: 24 },
    );
  });

  it("name only reasons that the shopper's own history supports", () => {
    fc.assert(
      fc.property(fc.array(anyEvent(catalog), { maxLength: 30 }), anyNetwork, (events, network) => {
        const interactedWith = new Set(
          events.filter(({ type }) => type !== "impression").flatMap(productIdsOf),
        );
        for (const { productId, reason } of cardsAfter(events, network)) {
          if (reason.input === "popularity" || reason.input === "range") {
            const isPopular = pack.popularity[catalog.rowOf(productId)!]! > 0;
            expect(reason).toEqual({ input: isPopular ? "popularity" : "range" });
            continue;
          }
          expect(interactedWith.size).toBeGreaterThan(0);
          if (reason.because === undefined) continue;
          expect(interactedWith).toContain(reason.because);
          if (reason.input === "ownHistory") {
            expect(reason.because).toBe(productId);
            expect(Object.values(reason.acts!).some((count) => count > 0)).toBe(true);
          }
          if (reason.input === "coVisitation") {
            const from = catalog.rowOf(reason.because!)!;
            const neighbors = pack.neighbors.subarray(pack.starts[from], pack.starts[from + 1]);
            expect(neighbors).toContain(catalog.rowOf(productId));
          }
          if (reason.input === "contentFit") expect(reason.because).not.toBe(productId);
        }
      }),
      { numRuns: 100, seed: 25 },
    );
  });

  it("name the recent product whose neighbor the crowd's choice is", () => {
    const cards = cardsAfter([view("g1"), view("b1")], networkFor("coVisitation"));
    const reasonOf = (id: string) => cards.find(({ productId }) => productId === id)!.reason;
    expect(reasonOf("b2")).toEqual({ input: "coVisitation", because: "b1" });
    expect(reasonOf("g2")).toEqual({ input: "coVisitation", because: "g1" });
  });

  it("give the shopper's own history with the product, with counts of each act", () => {
    const lately = NOW - 2 * DAY;
    const events = [view("k4", lately), purchase(["k4"], lately), view("g1")];
    const [best] = cardsAfter(events, networkFor("ownHistory"));
    expect(best).toMatchObject({
      productId: "k4",
      reason: { input: "ownHistory", because: "k4", acts: { looks: 1, purchases: 1, saves: 0 } },
    });
  });

  it("name the most similar recent product for a similar card", () => {
    const cards = cardsAfter([view("g4"), view("k4")], networkFor("contentFit"));
    const g6 = cards.find(({ productId }) => productId === "g6")!;
    expect(g6.reason).toEqual({ input: "contentFit", because: "g4" });
  });

  it("tell a new shopper which products are popular, and no others", () => {
    const popular = cardsAfter([]).filter(({ reason }) => reason.input === "popularity");
    expect(popular.map(({ productId }) => productId).sort()).toEqual([
      "b1",
      "b5",
      "g2",
      "k1",
      "k3",
    ]);
    expect(cardsAfter([]).length).toBeGreaterThan(popular.length);
    const withoutPack = cardsAfter([], PRIOR, {}, emptyItemPack(catalog.size));
    expect(withoutPack.length).toBeGreaterThan(5);
    for (const { reason } of withoutPack) expect(reason).toEqual({ input: "range" });
  });

  it.each([
    ["a network for the crowd's choice", networkFor("coVisitation")],
    ["the shipped prior", PRIOR],
  ])(
    "lose log-odds, by %s, when what their reason names is taken out of the past",
    (_, network) => {
      // Every product is slightly popular, as in the packs that the prior was trained with.
      const crowd = { ...pack, popularity: pack.popularity.map((value) => Math.max(80, value)) };
      const pasts = [
        [view("k1", NOW - 4 * MINUTE), view("g5", NOW - 2 * MINUTE)],
        [view("g1", NOW - 9 * MINUTE), view("k1", NOW - 5 * MINUTE), addToCart("b1", NOW - MINUTE)],
        [view("k2", NOW - 9 * MINUTE), view("b2", NOW - 5 * MINUTE), view("g2", NOW - MINUTE)],
      ];
      let checked = 0;
      for (const history of pasts) {
        for (const { productId, logOdds, reason } of cardsAfter(history, network, {}, crowd)) {
          if (reason.input !== "coVisitation") continue;
          const without = history.filter((event) => !productIdsOf(event).includes(reason.because!));
          const cards = cardsAfter(without, network, {}, crowd);
          const again = cards.find((card) => card.productId === productId);
          expect(again?.logOdds ?? Number.NEGATIVE_INFINITY).toBeLessThan(logOdds);
          checked++;
        }
      }
      expect(checked).toBeGreaterThanOrEqual(4);
    },
  );
});

describe("the crowd's part in a card", () => {
  it("belongs to popularity alone, so that a neutral shelf depends on no other input", () => {
    const cards = cardsAfter([view("k1"), view("g4")], randomNetwork(2), { personalization: 0 });
    expect(new Set(cards.map((card) => card.contributions.popularity)).size).toBeGreaterThan(3);
    for (const { contributions, logOdds, averageLogOdds } of cards) {
      const { popularity, ...others } = contributions;
      for (const other of Object.values(others)) expect(other).toBeCloseTo(0, 12);
      expect(popularity).toBeCloseTo(logOdds - averageLogOdds, 6);
    }
  });

  it("grows linearly with its share, as the others shrink", () => {
    const at = (personalization: number) =>
      cardsAfter([view("k1"), view("g4")], randomNetwork(2), {
        personalization,
        among: ["k2", "k3", "g2", "b5"],
      }).sort((left, right) => left.productId.localeCompare(right.productId));
    const [crowd, half, own] = [at(0), at(0.5), at(1)];
    half.forEach(({ contributions }, index) => {
      for (const name of INPUT_NAMES) {
        const mean = (crowd[index]!.contributions[name] + own[index]!.contributions[name]) / 2;
        expect(contributions[name]).toBeCloseTo(mean, 6);
      }
    });
  });
});

describe("a card of the plain list", () => {
  it("says that it was looked at lately, or else what the crowd says, whatever the network likes", () => {
    // Ten others are between k2 and today.
    const others = ["k3", "k4", "k5", "k6", "g1", "g2", "g3", "g4", "g5", "g6"];
    const history = historyOf([view("k2"), ...others.map((id) => view(id))]);
    const status = { ...history.experiment.statusAt(NOW), inUse: "baseline" as const };
    const { cards } = makeAnyShelf(
      {
        catalog,
        pack,
        popularRows,
        history: { ...history, experiment: { ...history.experiment, statusAt: () => status } },
        networks: [PRIOR],
        experimentShare: 0.1,
      },
      { strategy: "for-you", limit: 21, at: NOW, experiment: 0 },
    );
    const reasonOf = (id: string) => cards.find(({ productId }) => productId === id)!.reason;
    for (const { team } of cards) expect(team).toBe("baseline");
    for (const id of others)
      expect(reasonOf(id)).toMatchObject({ input: "ownHistory", because: id });
    expect(reasonOf("k2")).toEqual({ input: "range" });
    expect(reasonOf("k1")).toEqual({ input: "popularity" });
    expect(reasonOf("b5")).toEqual({ input: "popularity" });
    expect(reasonOf("b7")).toEqual({ input: "range" });
  });
});

describe("a card of the network", () => {
  it("is on no team, and is pinned only by the shop", () => {
    const rules = { pinned: [catalog.rowOf("b7")!], caps: [], liftOf: () => 0 };
    const { cards } = makeAnyShelf(
      { catalog, pack, popularRows, history: historyOf([]), networks: [PRIOR], shopRules: rules },
      { strategy: "for-you", limit: 5, at: NOW },
    );
    expect(cards.map(({ reason }) => reason.pinned)).toEqual([true, ...Array(4).fill(undefined)]);
    for (const { reason } of cards.slice(1)) expect("pinned" in reason).toBe(false);
    for (const card of cards) expect("team" in card).toBe(false);
  });

  it("keeps its own reason on a compared shelf", () => {
    const past = [...Array.from({ length: 10 }, () => view("b7")), view("g1")];
    const sides = Array.from({ length: 20 }, (_, seed) => {
      const { cards } = makeAnyShelf(
        {
          catalog,
          pack,
          popularRows,
          history: historyOf(past),
          networks: [networkFor("coVisitation")],
          experimentShare: 0.5,
          seed,
        },
        { strategy: "for-you", limit: 6, at: NOW },
      );
      return cards.filter(({ productId }) => productId === "g2");
    }).flat();
    const reasonsBy = (side: string | undefined) =>
      sides.filter(({ team }) => team === side).map(({ reason }) => reason);
    expect(reasonsBy("network").length).toBeGreaterThan(0);
    for (const reason of reasonsBy("network"))
      expect(reason).toEqual({ input: "coVisitation", because: "g1" });
  });
});
