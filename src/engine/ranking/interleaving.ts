import type { ShopperHistory } from "../events/history.ts";
import type { Team } from "../events/shopEvent.ts";
import type { Random } from "../kit/random.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { bestFirst, type Chooser, type OpenShelf, type Pick } from "./rank.ts";

/** Above any popularity (0 to 255) and any number of recent products. */
const MAX = 1000;

/**
 * The list that a shop without a recommender would show, as values in (−1, 0]: the shopper's recent
 * products, latest first, then popular ones.
 */
export function baselineValues(
  rows: readonly number[],
  history: ShopperHistory,
  pack: ItemPack,
): Float32Array {
  const places = new Map(history.recent.map(({ row }, place) => [row, MAX - place]));
  return Float32Array.from(rows, (row) => ((places.get(row) ?? pack.popularity[row]!) - MAX) / MAX);
}

/** The baseline alone. */
export function plainList(values: Float32Array): Chooser {
  const { rankings, choose } = bestFirst(values, true);
  return {
    rankings,
    choose(shelf) {
      const choice = choose(shelf);
      return choice && { ...choice, team: "baseline" };
    },
  };
}

/** The two sides of a draft; values [n]. */
export interface Draft {
  network: Float32Array;
  baseline: Float32Array;
  /** Whether the shopper knows a candidate, by its index. */
  isKnown: (index: number) => boolean;
  random: Random;
}

/**
 * Team-draft interleaving (Radlinski, Kurup and Joachims, 2008): the network and the baseline take turns
 * choosing, and a coin flip decides who goes first each time, so that neither gets better places and the
 * shopper's choice between their cards is a fair comparison. The two cards of a round are both known to
 * the shopper or both new, as a side drawn at random would have it: so like is compared with like, and
 * both sides get as many chances to be found. A product that both would choose next is credited to
 * neither, as it cannot distinguish them.
 */
export function teamDraft({ network, baseline, isKnown, random }: Draft): Chooser {
  const values = { network, baseline };
  const parts = [true, false].map((known) => ({
    isOf: (index: number) => isKnown(index) === known,
    network: network.map((value, index) => (isKnown(index) === known ? value : NONE)),
    baseline: baseline.map((value, index) => (isKnown(index) === known ? value : NONE)),
  }));
  const bestOf = (shelf: OpenShelf, by: Record<Team, Float32Array>, team: Team) => {
    return team === "network" ? shelf.best(by.network) : shelf.best(by.baseline, true);
  };
  return {
    rankings: [network, baseline, ...parts.flatMap((part) => [part.network, part.baseline])],
    choose(shelf) {
      for (const part of parts) {
        const lead = leadIn(shelf.picks, part.isOf);
        const team = lead < 0 ? "network" : "baseline";
        const index = lead === 0 ? -1 : bestOf(shelf, part, team);
        if (index >= 0) return { index, propensity: 1, team };
      }
      const favorites = TEAMS.map((team) => bestOf(shelf, values, team));
      if (favorites[0]! < 0) return undefined;
      const wanted = favorites.map((index) => parts.find(({ isOf }) => isOf(index))!);
      const part = wanted[random.integer(TEAMS.length)]!;
      const chance = wanted[0] === wanted[1] ? 1 : 0.5;
      const next = TEAMS.map((team) => bestOf(shelf, part, team));
      if (next[0] === next[1]) return { index: next[0]!, propensity: chance };
      const first = random.integer(TEAMS.length);
      return { index: next[first]!, propensity: chance / 2, team: TEAMS[first]! };
    },
  };
}

/** Below any value. */
const NONE = Number.NEGATIVE_INFINITY;
const TEAMS = ["network", "baseline"] as const;
const SIDE: Record<Team, number> = { network: 1, baseline: -1 };

/** How many more of these cards the network has than the baseline. */
function leadIn(picks: readonly Pick[], isOf: (index: number) => boolean): number {
  return picks.reduce((sum, { team, index }) => sum + (team && isOf(index) ? SIDE[team] : 0), 0);
}
