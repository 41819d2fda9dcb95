import { describe, expect, it } from "vitest";
import { DAY, fixtureCatalog, MINUTE, NOW } from "../../testing/fixtures.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { createRandom } from "../kit/random.ts";
import { NETWORK_SIZE } from "../network/network.ts";
import { rowsByPopularity } from "../ranking/candidates.ts";
import { emptyItemPack } from "../shop/itemPack.ts";
import { priorOf } from "../shop/prior.ts";
import { reliabilityOf } from "./reliability.ts";

const catalog = fixtureCatalog();
const pack = emptyItemPack(catalog.size);
const prior = await priorOf(pack);
const sources = {
  catalog,
  pack,
  popularRows: rowsByPopularity(pack),
  networks: [prior],
  prior,
};
const show = (productIds: string[], at: number): ShopEvent => ({
  type: "impression",
  productIds,
  at,
});
const view = (productId: string, at: number): ShopEvent => ({ type: "view", productId, at });

describe("reliability", () => {
  it("counts each card shown before an interaction once, and the cards chosen", () => {
    const events = [
      view("k1", NOW - DAY),
      show(["k2", "k3", "g1"], NOW),
      show(["k2", "b3"], NOW + 1),
      view("k2", NOW + MINUTE),
      show(["k4", "k5"], NOW + 2 * MINUTE),
      { type: "not_for_me" as const, productId: "k4", hidden: true, at: NOW + 2.5 * MINUTE },
      view("b5", NOW + 3 * MINUTE),
    ];
    expect(reliabilityOf(events, sources)).toMatchObject({ cards: 6, interactedWith: 1 });
  });

  it("ignores cards after which the shopper left, and is empty for a shopper without cards", () => {
    const none = { cards: 0, interactedWith: 0, inUse: [], crowd: [] };
    expect(reliabilityOf([view("k1", NOW), show(["k2"], NOW + 1)], sources)).toEqual(none);
    expect(reliabilityOf([], sources)).toEqual(none);
  });

  /** 60 shelves of seven cards, one of which is viewed each time. */
  function sixtyShelves(): ShopEvent[] {
    const random = createRandom(3);
    return Array.from({ length: 60 }, (_, interaction): ShopEvent[] => {
      const ids = catalog.products
        .map(({ id }) => id)
        .filter((_, index) => index % 3 === interaction % 3);
      const at = NOW + interaction * 10 * MINUTE;
      return [show(ids, at), view(ids[random.integer(ids.length)]!, at + MINUTE)];
    }).flat();
  }

  it("puts likelier cards into later bins, six of 70 cards each", () => {
    const { cards, interactedWith, inUse, crowd } = reliabilityOf(sixtyShelves(), sources);
    expect({ cards, interactedWith }).toEqual({ cards: 420, interactedWith: 60 });
    expect(inUse.map((bin) => bin.cards)).toEqual([70, 70, 70, 70, 70, 70]);
    expect(inUse).toEqual(crowd); // The network in use is the crowd's here.
    const predicted = inUse.map((bin) => bin.predicted);
    expect(predicted).toEqual([...predicted].sort((left, right) => left - right));
    expect(predicted[5]).toBeGreaterThan(predicted[0]!);
    const turnedTo = inUse.map((bin) => bin.observed * bin.cards);
    expect(turnedTo.reduce((sum, count) => sum + count, 0)).toBeCloseTo(60, 9);
  });

  it("bounds each interval by the shares that are 1.96 deviations from the observed one", () => {
    const bins = reliabilityOf(sixtyShelves(), sources).inUse;
    expect(bins.some(({ observed }) => observed > 0 && observed < 1)).toBe(true);
    for (const { cards, low, observed, high } of bins) {
      expect((observed - low) ** 2).toBeCloseTo((1.96 ** 2 * low * (1 - low)) / cards, 12);
      expect((high - observed) ** 2).toBeCloseTo((1.96 ** 2 * high * (1 - high)) / cards, 12);
      expect(low).toBeLessThan(high);
    }
  });

  // Wilson's intervals of 95 % for ten trials, as tables print them.
  it.each([
    [0, 0, 0.2775],
    [1, 0.0179, 0.4042],
    [2, 0.0567, 0.5098],
    [5, 0.2366, 0.7634],
    [10, 0.7225, 1],
  ])("has the interval of tables for %d cards of ten", (turnedTo, low, high) => {
    const shown = catalog.products.slice(0, 10).map(({ id }) => id);
    const order: ShopEvent = {
      type: "purchase",
      orderId: "A1",
      items: [...shown.slice(0, turnedTo), "b7"].map((productId) => ({ productId, quantity: 1 })),
      at: NOW + MINUTE,
    };
    const { inUse } = reliabilityOf([show(shown, NOW), order], sources);
    expect(inUse).toHaveLength(1);
    expect(inUse[0]).toMatchObject({ cards: 10, observed: turnedTo / 10 });
    expect(inUse[0]!.low).toBeCloseTo(low, 4);
    expect(inUse[0]!.high).toBeCloseTo(high, 4);
  });

  it("predicts with the network in use, and with the crowd's for comparison", () => {
    const even = { weights: new Float32Array(NETWORK_SIZE), activation: "relu" as const };
    const { inUse, crowd } = reliabilityOf(sixtyShelves(), { ...sources, networks: [even] });
    // Without weights the five outcomes are equally likely; with about 20 candidates, ignore has odds of
    // 1 to 4, corrected for the number of candidates against 16.
    for (const { predicted } of inUse) {
      expect(predicted).toBeCloseTo(inUse[0]!.predicted, 9);
      expect(predicted).toBeGreaterThan(0.75);
      expect(predicted).toBeLessThanOrEqual(0.8);
    }
    expect(crowd).toEqual(reliabilityOf(sixtyShelves(), sources).crowd);
  });

  it("uses only the latest 400 shelves", () => {
    const events = Array.from({ length: 405 }, (_, index) => [
      show(["k2"], NOW + index * MINUTE),
      view(index < 5 ? "k2" : "b3", NOW + (index + 0.5) * MINUTE),
    ]).flat();
    expect(reliabilityOf(events, sources)).toMatchObject({ cards: 400, interactedWith: 0 });
  });
});
