import { describe, expect, it } from "vitest";
import { DAY, fixtureCatalog, MINUTE, NOW } from "../../testing/fixtures.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { createRandom } from "../kit/random.ts";
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
  it("counts the cards shown before a turn, each once, and those turned to", () => {
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

  it("says nothing of cards after which the shopper left, or of somebody who was shown none", () => {
    const none = { cards: 0, interactedWith: 0, inUse: [], crowd: [] };
    expect(reliabilityOf([view("k1", NOW), show(["k2"], NOW + 1)], sources)).toEqual(none);
    expect(reliabilityOf([], sources)).toEqual(none);
  });

  it("puts the likelier cards into the later bins, each with an interval around its share", () => {
    const random = createRandom(3);
    const events = Array.from({ length: 60 }, (_, interaction): ShopEvent[] => {
      const ids = catalog.products
        .map(({ id }) => id)
        .filter((_, index) => index % 3 === interaction % 3);
      const at = NOW + interaction * 10 * MINUTE;
      return [show(ids, at), view(ids[random.integer(ids.length)]!, at + MINUTE)];
    }).flat();
    const { cards, interactedWith, inUse, crowd } = reliabilityOf(events, sources);
    expect({ cards, interactedWith }).toEqual({ cards: 420, interactedWith: 60 });
    expect(inUse).toHaveLength(6);
    expect(inUse).toEqual(crowd); // The network in use is the crowd's here.
    const predicted = inUse.map((bin) => bin.predicted);
    expect(predicted).toEqual([...predicted].sort((left, right) => left - right));
    expect(inUse.reduce((sum, bin) => sum + bin.cards, 0)).toBe(cards);
    for (const { low, observed, high } of inUse) {
      expect(low).toBeLessThanOrEqual(observed);
      expect(high).toBeGreaterThanOrEqual(observed);
      expect(high - low).toBeGreaterThan(0);
    }
  });
});
