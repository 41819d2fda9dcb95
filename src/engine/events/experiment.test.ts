import { describe, expect, it } from "vitest";
import {
  addToCart,
  fixtureCatalog,
  MINUTE,
  NOW,
  notForMe,
  purchase,
  removeFromCart,
  view,
  wishlist,
} from "../../testing/fixtures.ts";
import { createRandom } from "../kit/random.ts";
import {
  COMPARISON_GAP_MS,
  createExperiment,
  DECISIVE,
  type ExperimentStatus,
  effectiveShare,
  withResult,
} from "./experiment.ts";
import { createHistory } from "./foldHistory.ts";
import type { ShopEvent } from "./shopEvent.ts";

const nobody = () => false;
const first = createExperiment(nobody).statusAt(0);

/** The network chose k1 and k2, the baseline g1 and g2; b1 belongs to neither. */
function shown(at = NOW, shelfId = "shelf"): ShopEvent {
  const teams = {
    k1: "network",
    g1: "baseline",
    b1: undefined,
    k2: "network",
    g2: "baseline",
  } as const;
  const placements = Object.values(teams).map((team) => ({
    propensity: 0.5,
    ...(team && { team }),
  }));
  return { type: "impression", at, productIds: Object.keys(teams), shelfId, placements };
}

function statusAfter(
  events: readonly ShopEvent[],
  at = NOW + COMPARISON_GAP_MS * 4,
  isKnown: (productId: string) => boolean = nobody,
): ExperimentStatus {
  const experiment = createExperiment(isKnown);
  for (const event of events) experiment.apply(event);
  return experiment.statusAt(at);
}

describe("a comparison", () => {
  it.each<[string, ShopEvent[], number, number]>([
    ["nobody's, when nothing is clicked", [], 0, 0],
    ["the network's, when its card is looked at", [view("k1", NOW + 1)], 1, 0],
    ["the baseline's, when its card is looked at", [view("g2", NOW + 1)], 0, 1],
    ["nobody's, when both were", [view("k1", NOW + 1), view("g1", NOW + 2)], 0, 0],
    [
      "nobody's, when a card is looked at that both would have put there",
      [view("b1", NOW + 1)],
      0,
      0,
    ],
    [
      "not changed by looking twice",
      [view("k1", NOW + 1), view("k1", NOW + 2), addToCart("g1", NOW + 3)],
      0,
      1,
    ],
    [
      "the side's whose card was bought rather than looked at",
      [view("k1", NOW + 1), view("k2", NOW + 2), purchase(["g1"], NOW + 3)],
      0,
      1,
    ],
    [
      "free of what was taken back",
      [view("k1", NOW + 1), addToCart("g1", NOW + 2), removeFromCart("g1", NOW + 3)],
      1,
      0,
    ],
    [
      "the side's whose card was saved rather than looked at",
      [view("k1", NOW + 1), wishlist("g1", NOW + 2)],
      0,
      1,
    ],
    [
      "free of a wish that was taken back",
      [view("k1", NOW + 1), wishlist("g1", NOW + 2), wishlist("g1", NOW + 3, false)],
      1,
      0,
    ],
    [
      "nobody's, when a card was dwelt on only, or rated",
      [
        { type: "dwell", productId: "k1", dwellMs: 60_000, at: NOW + 1 },
        { type: "rate", productId: "k1", stars: 5, at: NOW + 2 },
      ],
      0,
      0,
    ],
    [
      "the sum of what was done with a card",
      [view("k1", NOW + 1), addToCart("k1", NOW + 2), addToCart("g1", NOW + 3)],
      1,
      0,
    ],
    ["the baseline's, when a card of the network is waved away", [notForMe("k1", NOW + 1)], 0, 1],
    ["the network's, when a card of the baseline is waved away", [notForMe("g1", NOW + 1)], 1, 0],
    [
      "the network's, when its card was saved and the other looked at",
      [view("g1", NOW + 1), wishlist("k1", NOW + 2)],
      1,
      0,
    ],
    [
      "nobody's, when that was a slip",
      [notForMe("k1", NOW + 1), notForMe("k1", NOW + 2, false)],
      0,
      0,
    ],
  ])("is %s", (_, events, network, baseline) => {
    const { wins, compared } = statusAfter([shown(), ...events]);
    expect({ wins, compared }).toEqual({ wins: { network, baseline }, compared: 1 });
  });

  it("ends half an hour after its last event, and its result does not change afterwards", () => {
    const events = [shown(), view("k1", NOW + 20 * MINUTE)];
    expect(statusAfter(events, NOW + 50 * MINUTE).compared).toBe(0);
    expect(statusAfter(events, NOW + 51 * MINUTE).compared).toBe(1);
    const late = [...events, purchase(["g1"], NOW + 60 * MINUTE)];
    expect(statusAfter(late).wins).toEqual({ network: 1, baseline: 0 });
  });

  it("includes cards seen later, and is identified by its id", () => {
    const events = [shown(), shown(NOW + MINUTE), shown(NOW + 2 * MINUTE, "other")];
    const { compared, wins } = statusAfter([...events, view("k1", NOW + 3 * MINUTE)]);
    expect({ compared, wins }).toEqual({ compared: 2, wins: { network: 1, baseline: 0 } });
  });

  it("is ended by an event on other cards half an hour later, and by nothing earlier", () => {
    const other = shown(NOW + 20 * MINUTE, "other");
    const events = [shown(), view("k1", NOW + 1), other, view("g1", NOW + 45 * MINUTE)];
    // The second click is credited to the shelf that is still open, not to the one that has ended.
    expect(statusAfter(events).wins).toEqual({ network: 1, baseline: 1 });
    expect(statusAfter(events).compared).toBe(2);
    expect(statusAfter(events, NOW + 46 * MINUTE).compared).toBe(1);
  });

  it("credits the shelf that showed a card last when two shelves showed it", () => {
    const events = [shown(), shown(NOW + MINUTE, "other"), view("k1", NOW + 2 * MINUTE)];
    expect(statusAfter(events, NOW + 31.5 * MINUTE)).toMatchObject({
      compared: 1,
      wins: { network: 0, baseline: 0 },
    });
    expect(statusAfter(events).wins).toEqual({ network: 1, baseline: 0 });
  });

  it("ends for its own cards while another comparison is still open", () => {
    const other: ShopEvent = {
      type: "impression",
      at: NOW + 20 * MINUTE,
      productIds: ["b7"],
      shelfId: "other",
      placements: [{ propensity: 0.5, team: "baseline" }],
    };
    const { compared, wins } = statusAfter([shown(), other, view("k1", NOW + 45 * MINUTE)]);
    expect({ compared, wins }).toEqual({ compared: 2, wins: { network: 0, baseline: 0 } });
  });

  it("is not kept open by a view of a card that neither side chose", () => {
    const events = [shown(), view("b1", NOW + 20 * MINUTE)];
    expect(statusAfter(events, NOW + 31 * MINUTE).compared).toBe(1);
  });

  it("is not kept open by events that are not evidence about a card", () => {
    const dwell: ShopEvent = { type: "dwell", productId: "k1", dwellMs: 5, at: NOW + 20 * MINUTE };
    expect(statusAfter([shown(), dwell], NOW + 31 * MINUTE).compared).toBe(1);
  });

  it("is decided as of half an hour after its last event", () => {
    const at = (index: number) => NOW + index * 10 * COMPARISON_GAP_MS;
    const losing = [...Array(20).keys()].flatMap((index) => [
      shown(at(index), `shelf ${index}`),
      view("g1", at(index) + 1),
    ]);
    const { decidedAt, verdicts } = statusAfter(losing, at(30));
    expect(verdicts).toBeGreaterThan(0);
    expect([...Array(20).keys()].map((index) => at(index) + 1 + COMPARISON_GAP_MS)).toContain(
      decidedAt,
    );
  });

  it("needs a shelf id", () => {
    const { shelfId: _, ...nameless } = shown() as ShopEvent & { type: "impression" };
    expect(statusAfter([nameless, view("k1", NOW + 1)]).compared).toBe(0);
  });

  it("needs sides", () => {
    const plain: ShopEvent = { type: "impression", at: NOW, productIds: ["k1"], shelfId: "plain" };
    expect(statusAfter([plain, view("k1", NOW + 1)])).toEqual(first);
  });

  it("can be read without ending it", () => {
    const experiment = createExperiment(nobody);
    experiment.apply(shown());
    expect(experiment.statusAt(NOW + 10 * COMPARISON_GAP_MS).compared).toBe(1);
    experiment.apply(view("k1", NOW + 1));
    expect(experiment.statusAt(NOW + 10 * COMPARISON_GAP_MS).wins.network).toBe(1);
  });
});

describe("going back to known products", () => {
  const returning = (id: string) => ["k1", "g1"].includes(id);
  const statusOf = (...events: ShopEvent[]) =>
    statusAfter([shown(), ...events], NOW + COMPARISON_GAP_MS * 4, returning);

  it.each<[string, ShopEvent[], [number, number], [number, number]]>([
    ["is counted apart", [view("g1", NOW + 1), purchase(["g1"], NOW + 2)], [0, 0], [0, 1]],
    ["does not outweigh a find", [view("k2", NOW + 1), purchase(["g1"], NOW + 2)], [1, 0], [0, 1]],
    [
      "does not outweigh a find of the plain list",
      [view("g2", NOW + 1), purchase(["k1"], NOW + 2)],
      [0, 1],
      [1, 0],
    ],
    [
      "can be taken back",
      [addToCart("g1", NOW + 1), removeFromCart("g1", NOW + 2)],
      [0, 0],
      [0, 0],
    ],
    ["includes waving it away", [notForMe("g1", NOW + 1)], [0, 0], [1, 0]],
  ])("%s", (_, events, finds, returns) => {
    const { wins, returns: back, compared } = statusOf(...events);
    expect(compared).toBe(1);
    expect([wins.network, wins.baseline]).toEqual(finds);
    expect([back.network, back.baseline]).toEqual(returns);
  });

  it.each(["k1", "g1"])("votes no side out or in, however often it happens (%s)", (id) => {
    const at = (index: number) => NOW + index * 10 * COMPARISON_GAP_MS;
    const events = [...Array(100).keys()].flatMap((index) => [
      shown(at(index), `shelf ${index}`),
      purchase([id], at(index) + 1),
    ]);
    const { verdicts, evidence, inUse, returns } = statusAfter(events, at(101), returning);
    expect({ verdicts, evidence, inUse }).toEqual({
      verdicts: 0,
      evidence: first.evidence,
      inUse: "network",
    });
    expect(returns[id === "k1" ? "network" : "baseline"]).toBe(100);
  });

  it("leaves the decision to the finds of a shopper who also goes back", () => {
    const at = (index: number) => NOW + index * 10 * COMPARISON_GAP_MS;
    const events = [...Array(20).keys()].flatMap((index) => [
      shown(at(index), `shelf ${index}`),
      purchase(["k1"], at(index) + 1),
      view("g2", at(index) + 2),
    ]);
    expect(statusAfter(events, at(21), returning).inUse).toBe("baseline");
  });

  it("is what it was when the card was shown, for as long as the comparison lasts", () => {
    const known = new Set<string>();
    const experiment = createExperiment((id) => known.has(id));
    experiment.apply(shown());
    experiment.apply(view("k1", NOW + 1));
    known.add("k1");
    experiment.apply(shown(NOW + 2));
    experiment.apply(addToCart("k1", NOW + 3));
    expect(experiment.statusAt(NOW + COMPARISON_GAP_MS * 2)).toMatchObject({
      wins: { network: 1, baseline: 0 },
      returns: { network: 0, baseline: 0 },
    });
  });

  it("is told apart by the shopper's own history", () => {
    const history = createHistory(fixtureCatalog());
    const events = [view("g1", NOW - 1), shown(), view("g1", NOW + 1), view("k2", NOW + 2)];
    for (const event of events) history.apply(event);
    expect(history.experiment.statusAt(NOW + COMPARISON_GAP_MS * 2)).toMatchObject({
      wins: { network: 1, baseline: 0 },
      returns: { network: 0, baseline: 1 },
    });
  });
});

describe("the test", () => {
  /** Plays decided comparisons until a verdict, or `most`. */
  function verdictOf(chance: number, seed: number, max: number) {
    const random = createRandom(seed);
    let experimentStatus = first;
    while (experimentStatus.verdicts === 0 && experimentStatus.compared < max) {
      experimentStatus = withResult(experimentStatus, random.next() < chance ? 1 : -1, NOW);
    }
    return experimentStatus;
  }

  function shareOf(chance: number, side: ExperimentStatus["inUse"], max = 400): number {
    const runs = 1000;
    let count = 0;
    for (let seed = 1; seed <= runs; seed++) {
      const { verdicts, inUse } = verdictOf(chance, seed, max);
      if (verdicts > 0 && inUse === side) count++;
    }
    return count / runs;
  }

  it("drops a network that equals the baseline at most once in twenty, however often it is checked", () => {
    expect(shareOf(0.5, "baseline")).toBeLessThanOrEqual(1 / DECISIVE);
  });

  it("hardly ever drops a network that wins two of three", () => {
    expect(shareOf(2 / 3, "baseline")).toBeLessThan(0.01);
    expect(shareOf(2 / 3, "network")).toBeGreaterThan(0.95);
  });

  it("drops a network that loses four of five, typically within 16 decided comparisons", () => {
    expect(shareOf(0.2, "baseline")).toBeGreaterThan(0.99);
    const needed = Array.from({ length: 501 }, (_, seed) => verdictOf(0.2, seed + 1, 400).compared);
    const median = needed.sort((left, right) => left - right)[250]!;
    console.log(`median comparisons until a network that wins 1 of 5 is dropped: ${median}`);
    expect(median).toBeLessThanOrEqual(16);
  });

  it("starts over after every verdict, so that the decision can be reversed", () => {
    let experimentStatus = first;
    while (experimentStatus.inUse === "network")
      experimentStatus = withResult(experimentStatus, -1, NOW);
    expect(experimentStatus).toMatchObject({
      verdicts: 1,
      decidedAt: NOW,
      evidence: first.evidence,
    });
    while (experimentStatus.inUse === "baseline")
      experimentStatus = withResult(experimentStatus, 1, NOW + 1);
    expect(experimentStatus).toMatchObject({ verdicts: 2, decidedAt: NOW + 1 });
  });

  it("leaves ties out", () => {
    expect(withResult(first, 0, NOW)).toEqual({ ...first, compared: 1 });
  });

  it("reports the mean gain of the two stakes as evidence", () => {
    const evidenceAfter = (...balances: number[]) =>
      balances.reduce((status, balance) => withResult(status, balance, NOW), first).evidence;
    expect(evidenceAfter(1).network).toBeCloseTo((1.3 + 1.7) / 2, 12);
    expect(evidenceAfter(1).baseline).toBeCloseTo((0.7 + 0.3) / 2, 12);
    expect(evidenceAfter(1, 5, -1).network).toBeCloseTo((1.3 ** 2 * 0.7 + 1.7 ** 2 * 0.3) / 2, 12);
  });

  it("measures doubt as the evidence for the side that is not in use", () => {
    const usual = 0.1;
    const evidence = { network: 2, baseline: 1 };
    expect(effectiveShare({ ...first, evidence }, usual)).toBe(usual);
    expect(effectiveShare({ ...first, evidence, inUse: "baseline" }, usual)).toBeCloseTo(0.4, 12);
  });

  it("compares more shelves as doubt grows, up to half of them", () => {
    let experimentStatus = first;
    expect(effectiveShare(experimentStatus, 0.1)).toBe(0.1);
    experimentStatus = withResult(experimentStatus, 1, NOW);
    expect(effectiveShare(experimentStatus, 0.1)).toBe(0.1);
    for (let loss = 0; loss < 3; loss++) experimentStatus = withResult(experimentStatus, -1, NOW);
    expect(effectiveShare(experimentStatus, 0.1)).toBeGreaterThan(0.15);
    for (let loss = 0; loss < 2; loss++) experimentStatus = withResult(experimentStatus, -1, NOW);
    expect(effectiveShare(experimentStatus, 0.1)).toBe(0.5);
  });
});
