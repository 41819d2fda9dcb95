import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  anyEvent,
  anyPast,
  fixtureCatalog,
  fixturePack,
  impression,
  MINUTE,
  makeAnyShelf,
  NOW,
  randomNetwork,
  view,
} from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import type { Network } from "../network/network.ts";
import { PRIOR_WEIGHTS } from "../shop/priorWeights.ts";
import { rowsByPopularity } from "./candidates.ts";
import { MAX_WEAR, wearOf } from "./wear.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const popularRows = rowsByPopularity(pack);
const prior: Network = { weights: Float32Array.from(PRIOR_WEIGHTS), activation: "relu" };
const row = (id: string) => catalog.rowOf(id)!;

function historyOf(events: readonly ShopEvent[]) {
  const history = createHistory(catalog);
  for (const event of events) history.apply(event);
  return history;
}

function cardsAfter(events: readonly ShopEvent[], network = prior, personalization = 1) {
  const sources = { catalog, pack, popularRows, history: historyOf(events), networks: [network] };
  const request = {
    strategy: "for-you",
    limit: 21,
    at: NOW,
    diversity: 0,
    personalization,
  } as const;
  return makeAnyShelf(sources, request).cards;
}

const placeOf = (id: string, ...given: Parameters<typeof cardsAfter>) =>
  cardsAfter(...given).findIndex(({ productId }) => productId === id);
const shown = (id: string, times: number, at = NOW - MINUTE): ShopEvent[] =>
  Array.from({ length: times }, () => impression([id], at));
const past = [view("g1", NOW - 10 * MINUTE), view("k1", NOW - 9 * MINUTE)];

describe("the wear of a card that is passed over", () => {
  it("rises with every showing beyond three, by a little less each time, up to 1.5", () => {
    const wears = Array.from({ length: 200 }, (_, times) =>
      wearOf(historyOf(shown("k2", times)), row("k2")),
    );
    expect(wears.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect([wears[4], wears[13]]).toEqual([MAX_WEAR / 11, MAX_WEAR / 2]);
    for (let times = 5; times < wears.length; times++) {
      const step = wears[times]! - wears[times - 1]!;
      expect(step).toBeGreaterThan(0);
      expect(step).toBeLessThan(wears[times - 1]! - wears[times - 2]!);
    }
    expect(wears.at(-1)).toBeLessThan(MAX_WEAR);
  });

  it("moves it down, never up, on any shelf and under any weights", () => {
    let moved = 0;
    fc.assert(
      fc.property(
        anyPast(
          catalog,
          20,
          anyEvent(catalog).filter(({ type }) => type !== "impression"),
        ),
        fc.constantFrom(...catalog.products.map(({ id }) => id)),
        fc.nat(1e6),
        fc.tuple(fc.nat(30), fc.nat(30)),
        (events, id, seed, [some, more]) => {
          const network = randomNetwork(seed);
          const [before, after] = [some, some + more].map((times) => {
            return placeOf(id, [...events, ...shown(id, times)], network);
          });
          expect(after).toBeGreaterThanOrEqual(before!);
          if (after! > before!) moved++;
        },
      ),
      { numRuns: 200, seed: 171 },
    );
    expect(moved).toBeGreaterThan(20);
  });

  it("is the same for a product that was visited before and for one that never was", () => {
    expect(placeOf("k2", past)).toBeLessThan(3);
    for (const known of [
      past,
      [...past, view("k2", NOW - 5 * MINUTE), view("b1", NOW - 4 * MINUTE)],
    ]) {
      const times = 20;
      const before = cardsAfter(known).find(({ productId }) => productId === "k2")!;
      const after = cardsAfter([...known, ...shown("k2", times)]);
      const worn = after.find(({ productId }) => productId === "k2")!;
      expect([before.wear, worn.wear]).toEqual([0, (MAX_WEAR * 17) / 27]);
      expect(worn.logOdds).toBe(before.logOdds);
    }
  });

  it("is gone with a click", () => {
    const worn = [...past, ...shown("k2", 40)];
    const clicked = [...worn, view("k2", NOW)];
    expect(cardsAfter(worn).find(({ productId }) => productId === "k2")!.wear).toBeGreaterThan(1);
    expect(cardsAfter(clicked).find(({ productId }) => productId === "k2")!.wear).toBe(0);
    expect(placeOf("k2", clicked)).toBe(placeOf("k2", [...past, view("k2", NOW)]));
  });

  it("keeps a card in reach that is better than the others by more than 1.5", () => {
    const cards = cardsAfter(past);
    const [best] = cards;
    const rival = cards.find(({ logOdds }) => logOdds < best!.logOdds - MAX_WEAR)!;
    const worn = [...past, ...shown(best!.productId, 5000)];
    expect(placeOf(best!.productId, worn)).toBeLessThan(placeOf(rival.productId, worn));
  });

  it("orders a shelf by log-odds less wear, and matters less the less personal it is", () => {
    const worn = [...past, ...shown("k2", 12), ...shown("k3", 30), ...shown("b1", 8)];
    for (const share of [1, 0.5]) {
      const values = cardsAfter(worn, prior, share).map(({ logOdds, wear }) => logOdds - wear);
      expect(values).toEqual([...values].sort((left, right) => right - left));
    }
    expect(cardsAfter(worn, prior, 0).every(({ wear }) => wear === 0)).toBe(true);
  });
});
