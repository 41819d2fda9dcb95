import type { ShopperHistory } from "../events/history.ts";
import type { Team } from "../events/shopEvent.ts";
import type { Random } from "../kit/random.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { bestFirst, type Chooser } from "./rank.ts";

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

/**
 * Team-draft interleaving (Radlinski, Kurup and Joachims, 2008): the network and the baseline take turns
 * choosing, and a coin flip decides who goes first each time, so that neither gets better places and the
 * shopper's choice between their cards is a fair comparison. A product that both would choose next is
 * credited to neither, as it cannot distinguish them.
 */
export function teamDraft(network: Float32Array, baseline: Float32Array, random: Random): Chooser {
  return {
    rankings: [network, baseline],
    choose(shelf) {
      const next = { network: shelf.best(network), baseline: shelf.best(baseline, true) };
      if (next.network < 0) return undefined;
      const lead = shelf.picks.reduce((sum, { team }) => sum + (team ? SIDE[team] : 0), 0);
      if (lead === 0 && next.network === next.baseline)
        return { index: next.network, propensity: 1 };
      const isFirst = lead === 0;
      const isNetwork = isFirst ? random.next() < 0.5 : lead < 0;
      const team: Team = isNetwork ? "network" : "baseline";
      return { index: next[team], propensity: isFirst ? 0.5 : 1, team };
    },
  };
}

const SIDE: Record<Team, number> = { network: 1, baseline: -1 };
