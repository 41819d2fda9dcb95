import { describe, expect, it } from "vitest";
import {
  addToCart,
  DAY,
  fixtureCatalog,
  fixturePack,
  impression,
  MINUTE,
  NOW,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { correctForNegativeSampling } from "../network/calibration.ts";
import { INPUT_NAMES, type Network } from "../network/network.ts";
import { candidatesOf, rowsByPopularity } from "../ranking/candidates.ts";
import { strategyRules } from "../ranking/shelf.ts";
import { REQUEST_DEFAULTS } from "../ranking/shelfRequest.ts";
import { shopperContextOf } from "../ranking/shopperContext.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import { interestsOf } from "./interests.ts";
import { whyProduct } from "./why.ts";

const catalog = fixtureCatalog();
const base = fixturePack(catalog);
// Every product is a little popular, as in the packs that the prior was trained with.
const pack = { ...base, popularity: base.popularity.map((value) => Math.max(80, value)) };
const networks: Network[] = [{ weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" }];

const strategy = await strategyRules("for-you");

const popularRows = rowsByPopularity(pack);

function historyOf(events: readonly ShopEvent[]) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

function candidates(events: readonly ShopEvent[]): number {
  const context = shopperContextOf(historyOf(events), { catalog, pack, at: NOW });
  return candidatesOf(context, popularRows).length;
}

function why(productId: string, acts: readonly ShopEvent[]) {
  const history = historyOf(acts);
  const events = acts.map((event, index) => ({ ...event, seq: index + 1 }));
  const request = { ...REQUEST_DEFAULTS, strategy: "for-you" as const, at: NOW, diversity: 0 };
  const sources = { catalog, pack, popularRows, history, networks, strategy };
  return whyProduct(productId, request, { ...sources, events });
}

const PAST = [
  view("k1", NOW - 9 * MINUTE),
  impression(["k2"], NOW - 8 * MINUTE),
  view("b1", NOW - 5 * MINUTE),
  view("k1", NOW - 2 * MINUTE),
];

describe("why a card", () => {
  it("sums to its score within a millionth", () => {
    const { card } = why("k2", PAST);
    const parts = Object.values(card.contributions).reduce((sum, part) => sum + part, 0);
    expect(Math.abs(card.averageLogOdds + parts - card.logOdds)).toBeLessThan(1e-6);
  });

  it("lists the events behind an input, newest first", () => {
    const { events, card } = why("k2", PAST);
    expect(card.reason.because).toBe("k1");
    expect(events.coVisitation.map(({ seq }) => seq)).toEqual([4, 1]);
    expect(events.ownHistory).toEqual([]);
    expect(events.popularity).toEqual([]);
    expect(why("k1", PAST).events.ownHistory.map(({ seq }) => seq)).toEqual([4, 1]);
  });

  it("gives the card's place without a reason, as in a ranking without it", () => {
    const { place, card, counterfactuals } = why("k2", PAST);
    const named = counterfactuals.find(({ productId }) => productId === card.reason.because)!;
    const without = why(
      "k2",
      PAST.filter((event) => !("productId" in event) || event.productId !== "k1"),
    );
    expect(named).toMatchObject({ events: 2, place: without.place, logOdds: without.card.logOdds });
    expect(named.place!).toBeGreaterThan(place!);
    expect(named.logOdds!).toBeLessThan(card.logOdds);
    expect(counterfactuals[0]).toEqual(named);
  });

  it("shows the network's activations, and its chances follow from its outputs", () => {
    const {
      networks: [inside],
      inputs,
      averageInputs,
      card,
    } = why("k2", PAST);
    expect(inside!.hidden).toHaveLength(10);
    expect(inside!.hidden.every((value) => value >= 0)).toBe(true);
    const chances = correctForNegativeSampling(
      Float64Array.from(inside!.outputs),
      candidates(PAST),
    );
    expect(Object.values(card.outcomes)).toEqual([...chances]);
    expect(Object.keys(inputs)).toEqual([...INPUT_NAMES]);
    expect(inputs.coVisitation).toBeGreaterThan(averageInputs.coVisitation);
  });

  it("is refused for a product that no shelf may show", () => {
    expect(() => why("nothing", [])).toThrow('"nothing", expected a product of the catalog');
    expect(() => why("k7", PAST)).toThrow("expected a product that this shelf may show");
  });
});

describe("interests", () => {
  it("give the shares of the shopper's affinity by department, brand and price", () => {
    const history = createHistory(catalog);
    for (const event of [view("k1"), addToCart("k3"), view("g1", NOW - 90 * DAY)])
      history.apply(event);
    const { departments, brands, prices } = interestsOf(history, catalog, NOW);
    expect(departments.map(({ name, products }) => [name, products])).toEqual([
      ["Kitchen", 2],
      ["Garden", 1],
    ]);
    for (const shares of [departments, brands, prices]) {
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
    }
    for (let index = 1; index < prices.length; index++) {
      expect(prices[index]!.fromMinor).toBeGreaterThan(prices[index - 1]!.toMinor);
    }
  });

  it("are empty without any history", () => {
    const { departments, prices } = interestsOf(createHistory(catalog), catalog, NOW);
    expect(departments).toEqual([]);
    expect(prices.every(({ share }) => share === 0)).toBe(true);
  });
});
