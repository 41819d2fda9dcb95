import { describe, expect, it } from "vitest";
import {
  coffeeShopper,
  fixtureCatalog,
  fixturePack,
  makeAnyShelf,
  NOW,
  randomNetwork,
  view,
} from "../../testing/fixtures.ts";
import {
  DECISIVE,
  type ExperimentStatus,
  FIRST_EXPERIMENT_INTERACTIONS,
} from "../events/experiment.ts";
import { createHistory } from "../events/foldHistory.ts";
import type { ShopperHistory } from "../events/history.ts";
import type { ShopEvent, Team } from "../events/shopEvent.ts";
import type { Network } from "../network/network.ts";
import { rowsByPopularity } from "./candidates.ts";
import { rank } from "./rank.ts";
import type { Shelf } from "./shelf.ts";
import { REQUEST_DEFAULTS, type ShelfRequest, STRATEGIES } from "./shelfRequest.ts";
import { chooseSlatePolicy } from "./slatePolicy.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
const history = createHistory(catalog);
for (const event of coffeeShopper(10)) history.apply(event);
const SHELVES = 400;

type Given = Partial<ShelfRequest> & {
  past?: ShopperHistory;
  /** The evidence against the network. */
  doubt?: number;
  inUse?: Team;
  networks?: Network[];
  share?: number | undefined;
};

/** A shelf for a shopper after ten rounds of coffee, or for the given history. */
function shelfOf(seed: number, given: Given): Shelf {
  const { past = history, doubt = 1, inUse = "network", networks, share, ...request } = given;
  const status: ExperimentStatus = {
    ...past.experiment.statusAt(NOW),
    inUse,
    evidence: { network: 0.1, baseline: doubt },
  };
  return makeAnyShelf(
    {
      catalog,
      pack,
      popularRows: rowsByPopularity(pack),
      history: { ...past, experiment: { ...past.experiment, statusAt: () => status } },
      networks: networks ?? [randomNetwork(1)],
      chooseSlatePolicy,
      seed,
      ...(share !== undefined && { experimentShare: share }),
    },
    { strategy: "for-you", limit: 4, at: NOW, ...request },
  );
}

function shelvesOf(given: Given, count = SHELVES): Shelf[] {
  return Array.from({ length: count }, (_, index) => shelfOf(index + 1, given));
}

/** How many of 400 shelves both sides share. */
function sharedShelves(share: number | undefined, given: Given = {}): number {
  return shelvesOf({ ...given, share }).filter(({ isInterleaved }) => isInterleaved).length;
}

const idsOf = ({ cards }: Shelf) => cards.map(({ productId }) => productId);
const teamsOf = ({ cards }: Shelf) => cards.map(({ team }) => team);

function pastOf(events: readonly ShopEvent[]): ShopperHistory {
  const past = createHistory(catalog);
  for (const event of events) past.apply(event);
  return past;
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
    expect(sharedShelves(0.5, { among: catalog.products.map(({ id }) => id) })).toBe(0);
    for (const strategy of STRATEGIES.filter((name) => name !== "for-you"))
      expect([strategy, sharedShelves(0.5, { strategy, productId: "k1" })]).toEqual([strategy, 0]);
  });

  it("is zero before the tenth interaction", () => {
    const views = Array.from({ length: FIRST_EXPERIMENT_INTERACTIONS }, () => view("k1"));
    expect(sharedShelves(0.5, { past: pastOf(views.slice(1)) })).toBe(0);
    expect(sharedShelves(0.5, { past: pastOf(views) }) / SHELVES).toBeCloseTo(0.5, 1);
  });
});

describe("the plain list", () => {
  // Sold-out, hidden and purchased products are on no list.
  const past = pastOf([...Array.from({ length: 9 }, () => view("g1")), view("b4"), view("g5")]);
  const PLAIN = ["g5", "b4", "g1", "k1"];

  it("fills the other places once it is in use: the last interactions, then popular products", () => {
    for (const shelf of shelvesOf({ past, inUse: "baseline", share: 0.2 })) {
      if (shelf.isInterleaved) continue;
      expect(idsOf(shelf)).toEqual(PLAIN);
      expect(teamsOf(shelf)).toEqual(PLAIN.map(() => "baseline"));
    }
  });

  it("fills every shelf whose own share is 0, and none if the experiment is off", () => {
    const given = { past, inUse: "baseline" } as const;
    for (const shelf of shelvesOf({ ...given, share: 0.2, experiment: 0 }, 20))
      expect(idsOf(shelf)).toEqual(PLAIN);
    for (const shelf of shelvesOf({ ...given, share: 0 }, 20))
      expect(teamsOf(shelf)).toEqual(PLAIN.map(() => undefined));
  });

  it("chooses nothing by itself while the network is in use", () => {
    const alone = shelvesOf({ past, share: 0.2 }).filter(({ isInterleaved }) => !isInterleaved);
    expect(alone.length).toBeGreaterThan(SHELVES / 2);
    for (const shelf of alone) expect(teamsOf(shelf)).toEqual(PLAIN.map(() => undefined));
  });
});

describe("a shelf without an experiment", () => {
  it("shows the best first, whatever the seed", () => {
    for (const { cards } of shelvesOf({ diversity: 0 }, 20)) {
      const logOdds = cards.map((card) => card.logOdds);
      expect(logOdds).toEqual([...logOdds].sort((left, right) => right - left));
      for (const { propensity } of cards) expect(propensity).toBe(1);
    }
  });

  it("gives about the requested share of first places to a single network's favorite", () => {
    const networks = [1, 2, 3].map((seed) => randomNetwork(seed));
    const first = (shelf: Shelf) => idsOf(shelf)[0]!;
    const firstsBy = (some: Network[], exploration: number) =>
      shelvesOf({ networks: some, exploration, diversity: 0 }).map(first);
    const [usual] = firstsBy(networks, 0);
    expect(new Set(firstsBy(networks, 0))).toEqual(new Set([usual]));
    const favorites = networks.map((network) => firstsBy([network], 0)[0]!);
    const others = favorites.filter((favorite) => favorite !== usual).length / networks.length;
    expect(others).toBeGreaterThan(0);
    const explored = firstsBy(networks, 0.6);
    expect(new Set([usual, ...favorites])).toEqual(new Set(explored));
    const changed = explored.filter((id) => id !== usual).length / SHELVES;
    expect(Math.abs(changed - 0.6 * others)).toBeLessThan(0.08);
  });
});

describe("the noise of a re-roll", () => {
  const request = { ...REQUEST_DEFAULTS, strategy: "for-you", limit: 1, at: NOW } as const;

  /** How often the first candidate leads, over 2,000 rolls. */
  function leads(logOdds: Float32Array): number {
    const rows = [...logOdds.keys()];
    const sources = { catalog, pack, popularRows: rowsByPopularity(pack), history, networks: [] };
    const scored = { rows, logOdds, logOddsBy: () => logOdds };
    const rolls = Array.from({ length: 2000 }, (_, index) => index + 1);
    const first = rolls.filter((reroll) => {
      const { chooser } = chooseSlatePolicy(sources, { ...request, reroll }, scored);
      const [best] = rank({ rows, logOdds, catalog }, { limit: 1, diversity: 0, chooser });
      return best!.row === 0;
    });
    return first.length / rolls.length;
  }

  it.each([
    [0, 1],
    [0.5, 1],
    [1, 1],
    [0, 20],
    [1, 20],
    [2, 20],
  ])(
    "gives a card %d log-odds above %d others the lead as often as their softmax",
    (lead, others) => {
      const logOdds = Float32Array.from({ length: 1 + others }, (_, row) => (row === 0 ? lead : 0));
      const chance = Math.exp(lead / 0.5) / (Math.exp(lead / 0.5) + others);
      expect(Math.abs(leads(logOdds) - chance)).toBeLessThan(0.04);
    },
  );
});
