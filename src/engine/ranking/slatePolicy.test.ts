import { describe, expect, it } from "vitest";
import {
  coffeeShopper,
  fixtureCatalog,
  fixturePack,
  makeAnyShelf,
  NOW,
  randomNetwork,
} from "../../testing/fixtures.ts";
import { DECISIVE, type ExperimentStatus } from "../events/experiment.ts";
import { createHistory } from "../events/foldHistory.ts";
import { rowsByPopularity } from "./candidates.ts";
import type { ShelfRequest } from "./shelfRequest.ts";
import { chooseSlatePolicy } from "./slatePolicy.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const history = createHistory(catalog);
for (const event of coffeeShopper(10)) history.apply(event);
const SHELVES = 400;

/** How many of 400 shelves both sides share when the evidence against the network is `doubt`. */
function sharedShelves(
  experimentShare: number | undefined,
  { doubt = 1, ...request }: Partial<ShelfRequest> & { doubt?: number } = {},
): number {
  const status: ExperimentStatus = {
    ...history.experiment.statusAt(NOW),
    evidence: { network: 0.1, baseline: doubt },
  };
  const sources = {
    catalog,
    pack,
    popularRows: rowsByPopularity(pack),
    history: { ...history, experiment: { ...history.experiment, statusAt: () => status } },
    networks: [randomNetwork(1)],
    chooseSlatePolicy,
    ...(experimentShare !== undefined && { experimentShare }),
  };
  const shelves = Array.from({ length: SHELVES }, (_, index) =>
    makeAnyShelf(
      { ...sources, seed: index + 1 },
      { strategy: "for-you", limit: 4, at: NOW, ...request },
    ),
  );
  return shelves.filter(({ isInterleaved }) => isInterleaved).length;
}

describe("the share of shelves that both sides fill", () => {
  it("is about the configured share, and grows with doubt up to one half", () => {
    expect(sharedShelves(0.1) / SHELVES).toBeCloseTo(0.1, 1);
    expect(sharedShelves(0.1, { doubt: DECISIVE - 1 }) / SHELVES).toBeCloseTo(0.5, 1);
  });

  it("is zero with a share of 0, even in doubt", () => {
    expect(sharedShelves(0, { doubt: DECISIVE - 1 })).toBe(0);
    expect(sharedShelves(undefined, { doubt: DECISIVE - 1 })).toBe(0);
  });

  it("can be set by a request for its own shelf", () => {
    expect(sharedShelves(0.1, { experiment: 0, doubt: DECISIVE - 1 })).toBe(0);
    expect(sharedShelves(0.1, { experiment: 0.5 }) / SHELVES).toBeCloseTo(0.5, 1);
    expect(sharedShelves(0, { experiment: 0.5 })).toBe(0);
  });

  it("is zero on shelves that are not meant to be the best for this shopper", () => {
    expect(sharedShelves(0.5, { personalization: 0 })).toBe(0);
    expect(sharedShelves(0.5, { reroll: 1 })).toBe(0);
    expect(sharedShelves(0.5, { strategy: "trending" })).toBe(0);
  });
});
