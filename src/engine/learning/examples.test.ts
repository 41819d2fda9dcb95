import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addToCart,
  anyEvent,
  coffeeShopper,
  DAY,
  fixtureCatalog,
  fixturePack,
  impression,
  MINUTE,
  NOW,
  notForMe,
  purchase,
  view,
  wishlist,
} from "../../testing/fixtures.ts";
import { createHistory, LONG_DWELL_MS } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { createRandom } from "../kit/random.ts";
import { NEGATIVES_WEIGHT } from "../network/calibration.ts";
import { OUTCOMES } from "../network/network.ts";
import { candidatesOf, rowsByPopularity } from "../ranking/candidates.ts";
import { inputsOf } from "../ranking/features.ts";
import { shopperContextOf } from "../ranking/shopperContext.ts";
import {
  collectExamples,
  type ExampleOptions,
  joinExamples,
  negativesFor,
  outcomeOf,
} from "./examples.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const popularRows = rowsByPopularity(pack).subarray(0, 5);
const row = (id: string) => catalog.rowOf(id)!;

function collect(events: readonly ShopEvent[], options: Partial<ExampleOptions> = {}, seed = 1) {
  const random = createRandom(seed);
  return collectExamples(events, { catalog, pack, popularRows, random }, options);
}

function contextAfter(events: readonly ShopEvent[], at: number) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return shopperContextOf(history, { catalog, pack, at });
}

const inputsIn = (set: { inputs: Float32Array }, at: number) => [
  ...set.inputs.subarray(4 * at, 4 * at + 4),
];
const outcomesIn = (set: { outcomes: Uint8Array }) => [...set.outcomes].map((o) => OUTCOMES[o]);

describe("outcomeOf", () => {
  it("maps an event to the shopper's action", () => {
    const dwell = { type: "dwell" as const, at: NOW, productId: "k1" };
    expect(outcomeOf(view("k1"))).toBe("view");
    expect(outcomeOf({ ...dwell, dwellMs: LONG_DWELL_MS })).toBe("consider");
    expect(outcomeOf({ ...dwell, dwellMs: LONG_DWELL_MS - 1 })).toBeUndefined();
    expect(outcomeOf(wishlist("k1"))).toBe("consider");
    expect(outcomeOf(wishlist("k1", NOW, false))).toBeUndefined();
    expect(outcomeOf(addToCart("k1"))).toBe("cart");
    expect(outcomeOf(purchase(["k1"]))).toBe("buy");
    expect(outcomeOf(notForMe("k1"))).toBe("ignore");
    expect(outcomeOf(notForMe("k1", NOW, false))).toBeUndefined();
    expect(outcomeOf(impression(["k1"]))).toBeUndefined();
    expect(outcomeOf({ type: "search", at: NOW, query: "x" })).toBeUndefined();
  });
});

describe("products passed over", () => {
  /** Whether one of those of the last interaction is a product that the shopper had interacted with. */
  const isOwnAmong = (events: readonly ShopEvent[]) => {
    const set = collect(events, { negatives: 21 });
    const last = set.outcomes.lastIndexOf(OUTCOMES.indexOf("buy"));
    return outcomesIn(set).some((_, at) => at > last && inputsIn(set, at)[1]! > 0);
  };

  it("include neither earlier lines of the same order nor products in the cart", () => {
    const order = ["k1", "k2", "b3"].map((id) => purchase([id], NOW));
    expect(isOwnAmong([...order, purchase(["g1"], NOW)])).toBe(false);
    const cart = [addToCart("k1"), addToCart("k2"), addToCart("b3")];
    expect(isOwnAmong([...cart, purchase(["g1"], NOW)])).toBe(false);
  });

  it("may include products viewed before, or bought on another day", () => {
    expect(isOwnAmong([view("k1"), view("b3"), purchase(["g1"], NOW)])).toBe(true);
    expect(isOwnAmong([purchase(["k3", "b3"]), purchase(["g1"], NOW + 2 * DAY)])).toBe(true);
  });
});

describe("an example", () => {
  it("has the inputs from just before the event, so that a view does not reveal itself", () => {
    const before = [view("k1", NOW), view("g1", NOW + MINUTE)];
    const set = collect([...before, view("k2", NOW + 2 * MINUTE)], { negatives: 0 });
    expect(outcomesIn(set)).toEqual(["view", "view"]);
    const context = contextAfter(before, NOW + 2 * MINUTE);
    expect(inputsIn(set, 1)).toEqual([...inputsOf(context, [row("k2")])]);
    expect(inputsIn(set, 1)[1]).toBe(0);
    const seen = contextAfter([...before, view("k2", NOW + 2 * MINUTE)], NOW + 2 * MINUTE);
    expect(inputsOf(seen, [row("k2")])[1]).toBeGreaterThan(0);
  });

  it("includes the product's own history, if any", () => {
    const set = collect([view("k1"), view("k2"), view("k1")], { negatives: 0 });
    expect(inputsIn(set, 1)[1]).toBeGreaterThan(0);
  });

  it("is made for every product of a purchase, none of which reveals another", () => {
    const set = collect([view("g1"), purchase(["k1", "k2"])], { negatives: 0 });
    expect(outcomesIn(set)).toEqual(["buy", "buy"]);
    expect(inputsIn(set, 1)[0]).toBe(0); // k1 → k2 is a strong link, but k1 was bought with it
  });

  it("is not made for the first product, nor for products that are not in the catalog", () => {
    expect(collect([view("k1")]).size).toBe(0);
    expect(collect([view("gone"), view("k1"), view("gone")]).size).toBe(0);
    expect(collect([]).size).toBe(0);
    expect(collect([impression(["k1"]), { type: "search", at: NOW, query: "x" }]).size).toBe(0);
  });

  it("has the outcome ignore for a dismissed product", () => {
    expect(outcomesIn(collect([view("g1"), notForMe("k1")], { negatives: 0 }))).toEqual(["ignore"]);
  });
});

describe("the products passed over", () => {
  it("follow the interaction as ignored, and never include its product or the current one", () => {
    const events = [view("k1", NOW), view("k2", NOW + MINUTE)];
    const set = collect(events, { negatives: 6 });
    expect(outcomesIn(set)).toEqual(["view", ...Array(set.size - 1).fill("ignore")]);
    expect(set.size).toBeGreaterThan(3);
    const context = contextAfter([events[0]!], NOW + MINUTE);
    const allowed = [...candidatesOf(context, popularRows)]
      .filter((at) => at !== row("k1") && at !== row("k2"))
      .map((at) => [...inputsOf(context, [at])].join());
    for (let at = 1; at < set.size; at++) expect(allowed).toContain(inputsIn(set, at).join());
    expect(allowed).not.toContain([...inputsOf(context, [row("k2")])].join());
  });

  it("are first the products just shown and ignored, up to half of them", () => {
    // Garden products are connected with the current novel only by having been shown.
    const shown = impression(["g4", "g5", "g6"], NOW + 1);
    const events = [view("b6", NOW), shown, view("b5", NOW + MINUTE)];
    const context = contextAfter(events.slice(0, 2), NOW + MINUTE);
    const set = collect(events, { negatives: 4 });
    expect(set.size).toBe(5);
    expect(inputsIn(set, 1)).toEqual([...inputsOf(context, [row("g4")])]);
    expect(inputsIn(set, 2)).toEqual([...inputsOf(context, [row("g5")])]);
  });

  it("never include the interaction's product, even if it was shown", () => {
    const events = [view("b6", NOW), impression(["b5", "b6"], NOW), view("b5", NOW + MINUTE)];
    const context = contextAfter(events.slice(0, 2), NOW + MINUTE);
    const interactedWith = [...inputsOf(context, [row("b5")])];
    expect(inputsIn(collect(events), 0)).toEqual(interactedWith);
    for (let seed = 0; seed < 20; seed++) {
      const set = collect(events, {}, seed);
      expect(set.size).toBeGreaterThan(1);
      for (let at = 1; at < set.size; at++) expect(inputsIn(set, at)).not.toEqual(interactedWith);
    }
  });

  it("are at most as many as requested, and fewer in a small shop", () => {
    const views = [view("k1"), view("k2"), view("k3")];
    for (const negatives of [0, 1, 3, 500]) {
      const set = collect(views, { negatives });
      expect(set.size).toBeLessThanOrEqual(2 * (1 + negatives));
      expect(set.size).toBeLessThanOrEqual(2 * catalog.size);
      if (negatives === 3) expect(set.size).toBe(8);
    }
  });
});

it("the products passed over are fewer for a long history, and never none", () => {
  const counts = [0, 1, 500, 1000, 2000, 100_000].map(negativesFor);
  expect(counts).toEqual([16, 16, 16, 8, 4, 4]);
});

describe("collectExamples", () => {
  const events = coffeeShopper(12, NOW - 30 * DAY);

  it("gives examples a mean weight of 1, and newer ones more", () => {
    const spread = events.map((event, index) => ({ ...event, at: NOW - (100 - index) * DAY }));
    const { weights, outcomes, size } = collect(spread, { halfLifeMs: 30 * DAY });
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / size;
    expect(mean).toBeCloseTo(1, 4);
    const interactions = weights.filter((_, at) => outcomes[at]! > 0);
    for (let at = 1; at < interactions.length; at++) {
      expect(interactions[at]).toBeGreaterThanOrEqual(interactions[at - 1]!);
    }
    expect(interactions.at(-1)).toBeGreaterThan(2 * interactions[0]!);
  });

  it("gives the ignored products of an interaction the same total weight, however many there are", () => {
    for (const negatives of [1, 3, 8]) {
      const { weights, outcomes } = collect([view("k1"), view("k2")], { negatives });
      const interaction = weights.find((_, at) => outcomes[at]! > 0)!;
      const ignored = weights.filter((_, at) => outcomes[at] === 0);
      expect(ignored).toHaveLength(Math.min(negatives, 6)); // The shop has no more products.
      const sum = ignored.reduce((total, weight) => total + weight, 0);
      expect(sum / interaction).toBeCloseTo(NEGATIVES_WEIGHT, 3);
    }
  });

  it("halves a weight with every half-life before now", () => {
    const set = collect([view("k1", 0), view("k2", 0), view("k3", DAY)], {
      negatives: 0,
      halfLifeMs: DAY,
      now: 3 * DAY,
    });
    expect(set.weights[1]! / set.weights[0]!).toBeCloseTo(2, 5);
  });

  it("is the same for the same seed, and different for another", () => {
    expect(collect(events, {}, 5)).toEqual(collect(events, {}, 5));
    expect(collect(events, { negatives: 3 }, 5).inputs).not.toEqual(
      collect(events, { negatives: 3 }, 6).inputs,
    );
  });

  it("uses only the requested number of latest interactions", () => {
    const all = collect(events, { negatives: 0 });
    for (const maxInteractions of [1, 5, 20]) {
      const few = collect(events, { negatives: 0, maxInteractions });
      expect(few.size).toBe(maxInteractions);
      expect(few.inputs).toEqual(all.inputs.slice(-4 * maxInteractions));
      expect(few.outcomes).toEqual(all.outcomes.slice(-maxInteractions));
    }
    expect(collect(events, { negatives: 0, maxInteractions: 10_000 }).size).toBe(all.size);
  });

  it("counts products shown before an earlier interaction as passed over then, and not again", () => {
    const history = [
      view("b6", NOW),
      impression(["g4", "g5", "g6"], NOW + 1),
      view("b5", NOW + MINUTE),
      view("b4", NOW + 2 * MINUTE),
    ];
    // Ignored impressions make g4, g5 and g6 candidates; if they were drawn first again, they would fill
    // half of the places for any seed.
    const lastNegatives = (seed: number, maxInteractions: number) => {
      const set = collect(history, { negatives: 4, maxInteractions }, seed);
      expect(set.size).toBeGreaterThanOrEqual(5);
      return [1, 2].map((at) => inputsIn(set, set.size - 5 + at).join());
    };
    const shown = inputsOf(contextAfter(history.slice(0, 3), NOW + 2 * MINUTE), [
      row("g4"),
      row("g5"),
    ]);
    const always = [shown.slice(0, 4).join(), shown.slice(4).join()];
    const seeds = [...Array(12).keys()];
    for (const maxInteractions of [1, 2, 3]) {
      const drawn = seeds.map((seed) => lastNegatives(seed, maxInteractions));
      expect(drawn.every((pair) => pair.join() === always.join())).toBe(false);
    }
  });

  it("gives complete, valid sets for any history", () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent(catalog), { maxLength: 40 }),
        fc.nat(20),
        (history, negatives) => {
          const set = collect(history, { negatives, maxInteractions: 15 });
          expect(set.inputs).toHaveLength(4 * set.size);
          expect(set.outcomes).toHaveLength(set.size);
          expect(set.weights).toHaveLength(set.size);
          expect(set.size).toBeLessThanOrEqual(15 * (1 + negatives));
          for (const value of set.inputs) expect(value >= 0 && value <= 1).toBe(true);
          for (const weight of set.weights) expect(weight >= 0 && weight < 1e6).toBe(true);
        },
      ),
      { numRuns: 100, seed: 26 },
    );
  });
});

it("joinExamples concatenates sets", () => {
  const one = collect([view("k1"), view("k2")], { negatives: 1 });
  const two = collect([view("g1"), addToCart("g2")], { negatives: 2 });
  const joined = joinExamples([one, two]);
  expect(joined.size).toBe(one.size + two.size);
  expect([...joined.inputs]).toEqual([...one.inputs, ...two.inputs]);
  expect([...joined.outcomes]).toEqual([...one.outcomes, ...two.outcomes]);
  expect([...joined.weights]).toEqual([...one.weights, ...two.weights]);
  expect(joinExamples([]).size).toBe(0);
});
