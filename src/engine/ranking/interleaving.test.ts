import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureCatalog, fixturePack, NOW, view } from "../../testing/fixtures.ts";
import { createHistory } from "../events/foldHistory.ts";
import { createRandom } from "../kit/random.ts";
import { thompsonChooser } from "./exploration.ts";
import { baselineValues, plainList, teamDraft } from "./interleaving.ts";
import { bestFirst, type Chooser, rank } from "./rank.ts";

const catalog = fixtureCatalog();
const ROWS = [...catalog.products.keys()];
const idsOf = (picks: readonly { row: number }[]) =>
  picks.map(({ row }) => catalog.products[row]!.id);

function fill(values: Float32Array, chooser: Chooser, limit = 8) {
  return rank({ rows: ROWS, logOdds: values, catalog }, { limit, diversity: 0, chooser });
}

const anyValues = fc
  .array(fc.double({ min: -3, max: 0, noNaN: true }), { minLength: 21, maxLength: 21 })
  .map((values) => Float32Array.from(values));

describe("the baseline", () => {
  it("lists the recent products, latest first, then the popular ones", () => {
    const history = createHistory(catalog);
    for (const [index, id] of ["g4", "b5", "g4", "k4"].entries())
      history.apply(view(id, NOW + index));
    const values = baselineValues(ROWS, history, fixturePack(catalog));
    const picks = fill(values, plainList(values), 6);
    expect(idsOf(picks)).toEqual(["k4", "g4", "b5", "k1", "b1", "k3"]);
    expect(picks.every(({ team, propensity }) => team === "baseline" && propensity === 1)).toBe(
      true,
    );
    expect(values.every((value) => value > -1.001 && value <= 0)).toBe(true);
  });
});

/** A draft of cards that are all new to the shopper. */
const draftOf = (
  network: Float32Array,
  baseline: Float32Array,
  seed = 1,
  isKnown = (_: number) => false,
) => teamDraft({ network, baseline, isKnown, random: createRandom(seed) });

describe("a team draft", () => {
  it("gives both sides the same number of cards, each its best remaining", () => {
    fc.assert(
      fc.property(anyValues, anyValues, fc.nat(1e6), (network, baseline, seed) => {
        const picks = fill(network, draftOf(network, baseline, seed));
        const taken = new Set<number>();
        let lead = 0;
        for (const { row, team, propensity } of picks) {
          const left = ROWS.filter((other) => !taken.has(other));
          const best = (values: Float32Array) => Math.max(...left.map((other) => values[other]!));
          if (team !== "baseline") expect(network[row]! >= best(network)).toBe(true);
          if (team !== "network") expect(baseline[row]! >= best(baseline)).toBe(true);
          if (lead !== 0) expect(team).toBe(lead > 0 ? "baseline" : "network");
          expect(propensity).toBe(team !== undefined && lead === 0 ? 0.5 : 1);
          lead += team === undefined ? 0 : team === "network" ? 1 : -1;
          expect(Math.abs(lead)).toBeLessThanOrEqual(1);
          taken.add(row);
        }
        expect(taken.size).toBe(8);
      }),
      { numRuns: 200, seed: 31 },
    );
  });

  it("ends when no candidates are left", () => {
    const values = Float32Array.from(ROWS, (row) => -row);
    const reversed = Float32Array.from(ROWS, (row) => row - 21);
    const draft = draftOf(values, reversed);
    expect(
      fill(values, draft, 30)
        .map(({ row }) => row)
        .sort((a, b) => a - b),
    ).toEqual(ROWS);
  });

  it("decides the first pick at random", () => {
    const network = Float32Array.from(ROWS, (row) => -row);
    const baseline = Float32Array.from(ROWS, (row) => row - 21);
    let networkFirst = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const [first] = fill(network, draftOf(network, baseline, seed), 1);
      if (first!.team === "network") networkFirst++;
    }
    expect(networkFirst / 1000).toBeCloseTo(0.5, 1);
  });

  it("credits no side when both rankings are equal", () => {
    const values = Float32Array.from(ROWS, (row) => -row);
    const picks = fill(values, draftOf(values, values.slice()));
    expect(picks).toEqual(fill(values, bestFirst(values)));
  });
});

describe("a team draft among cards that the shopper partly knows", () => {
  const anyKnown = fc.subarray(ROWS);
  const kindsOf = (known: readonly number[], picks: readonly { row: number; team?: string }[]) =>
    [true, false].map((isKnown) => {
      const cards = picks.filter(({ row, team }) => team && known.includes(row) === isKnown);
      const ours = cards.filter(({ team }) => team === "network").length;
      return [ours, cards.length - ours] as const;
    });

  it("gives both sides the same number of new cards, and of known ones, up to the last", () => {
    fc.assert(
      fc.property(anyValues, anyValues, anyKnown, fc.nat(1e6), (network, baseline, known, seed) => {
        const draft = draftOf(network, baseline, seed, (index) => known.includes(index));
        const picks = fill(network, draft);
        expect(picks).toHaveLength(8);
        const kinds = kindsOf(known, picks);
        for (const [ours, theirs] of kinds) expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300, seed: 32 },
    );
  });

  it("puts the side that goes back on no worse a place for its new cards", () => {
    // The baseline would repeat what is known, the network would show what is new.
    const known = ROWS.slice(0, 10);
    const network = Float32Array.from(ROWS, (row) => (row < 10 ? -10 - row : -row / 21));
    const baseline = Float32Array.from(ROWS, (row) => (row < 10 ? -row / 21 : row / 21 - 2));
    const first = { network: 0, baseline: 0 };
    for (let seed = 0; seed < 4000; seed++) {
      const draft = draftOf(network, baseline, seed, (index) => known.includes(index));
      const find = fill(network, draft).find(({ row, team }) => team && row >= 10);
      if (find) first[find.team!]++;
    }
    const share = first.network / (first.network + first.baseline);
    expect(Math.abs(share - 0.5)).toBeLessThan(0.03);
  });

  it("shows each first card as often as its propensity says", () => {
    const known = [0, 1, 2];
    const network = Float32Array.from(ROWS, (row) => row - 21);
    const baseline = Float32Array.from(ROWS, (row) => -row);
    const runs = 4000;
    const shown = new Map<number, number>();
    const said = new Map<number, number>();
    for (let seed = 0; seed < runs; seed++) {
      const [card] = fill(
        network,
        draftOf(network, baseline, seed, (at) => known.includes(at)),
        1,
      );
      shown.set(card!.row, (shown.get(card!.row) ?? 0) + 1);
      said.set(card!.row, card!.propensity);
    }
    expect([...said.keys()].sort((left, right) => left - right)).toEqual([0, 2, 3, 20]);
    for (const [row, propensity] of said)
      expect(Math.abs(shown.get(row)! / runs - propensity)).toBeLessThan(0.03);
  });
});

describe("exploration", () => {
  const mean = Float32Array.from(ROWS, (row) => -row);
  /** One of four networks prefers the last product, the others agree with the mean. */
  const members = [mean, mean, mean, Float32Array.from(ROWS, (row) => (row === 20 ? 5 : -row))];
  const shelfOf = (seed: number, share = 0.4) =>
    fill(mean, thompsonChooser(mean, members, { share, random: createRandom(seed) }), 3);

  it("shows each network's favorite as often as the propensities say", () => {
    const runs = 4000;
    let first = 0;
    for (let seed = 0; seed < runs; seed++) {
      const [pick] = shelfOf(seed);
      expect(pick!.propensity).toBeCloseTo(pick!.row === 20 ? 0.4 / 4 : 0.6 + (0.4 * 3) / 4);
      if (pick!.row === 20) first++;
    }
    expect(Math.abs(first / runs - 0.1)).toBeLessThan(0.015);
  });

  it("gives an unbiased estimate for the usual shelf when weighted by propensities", () => {
    // Every card is worth its row: the usual first one 0, the explored one 20.
    const runs = 4000;
    let worth = 0;
    for (let seed = 0; seed < runs; seed++) {
      const [pick] = shelfOf(seed);
      const wouldBeShown = pick!.row === 0 ? 1 : 0;
      worth += ((pick!.row + 1) * wouldBeShown) / pick!.propensity / runs;
    }
    expect(worth).toBeCloseTo(1, 1);
  });

  it("changes nothing if the networks agree, with a single network, and at share 0", () => {
    const usual = fill(mean, bestFirst(mean), 3);
    const agreeing = thompsonChooser(mean, [mean, mean.slice()], {
      share: 1,
      random: createRandom(1),
    });
    expect(fill(mean, agreeing, 3)).toEqual(usual);
    const alone = thompsonChooser(mean, [members[3]!], { share: 1, random: createRandom(1) });
    expect(fill(mean, alone, 3)).toEqual(usual);
    expect(shelfOf(1, 0)).toEqual(usual);
  });

  it("shows the favorite of one of two networks until no candidates are left", () => {
    const two = [mean, members[3]!];
    const chooser = thompsonChooser(mean, two, { share: 1, random: createRandom(3) });
    const picks = fill(mean, chooser, 30);
    expect(picks.map(({ row }) => row).sort((left, right) => left - right)).toEqual(ROWS);
    expect(picks[0]!.propensity).toBe(0.5);
  });

  it("is the same for the same seed", () => {
    expect(shelfOf(7)).toEqual(shelfOf(7));
  });
});
