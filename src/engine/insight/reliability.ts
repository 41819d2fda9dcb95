import { createHistory } from "../events/foldHistory.ts";
import type { ShopEvent } from "../events/shopEvent.ts";
import { itemsOf } from "../events/shopEvent.ts";
import { outcomeOf } from "../learning/examples.ts";
import { correctForNegativeSampling } from "../network/calibration.ts";
import { INPUTS, type Network, predictMean } from "../network/network.ts";
import { candidatesOf } from "../ranking/candidates.ts";
import { inputsOf } from "../ranking/features.ts";
import { shopperContextOf } from "../ranking/shopperContext.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";

/**
 * Whether the predicted chances on this shopper's own cards were right: for each card shown before the
 * next interaction with a product, the chance that it would be this one, against whether it was. The
 * network in use has learned from some of these interactions; the crowd's has seen none of them.
 */
export interface Reliability {
  /** The number of cards shown before an interaction, and how many of them were chosen. */
  cards: number;
  interactedWith: number;
  inUse: ReliabilityBin[];
  crowd: ReliabilityBin[];
}

/** Bins with equal numbers of cards of similar predicted chance; least likely first. */
export interface ReliabilityBin {
  cards: number;
  /** Mean predicted chance. */
  predicted: number;
  /** Share that was chosen, and its 95 % Wilson interval. */
  observed: number;
  low: number;
  high: number;
}

export interface ReliabilitySources {
  catalog: Catalog;
  pack: ItemPack;
  popularRows: Uint32Array;
  networks: readonly Network[];
  /** The crowd's. */
  prior: Network;
}

const BINS = 6;
/** Avoids bins of only a few cards. */
const MIN_IN_BIN = 10;
/** The latest shelves reflect the current state, and a replay must not take long. */
const MAX_IMPRESSIONS = 400;
/** Standard deviations on either side of the mean within which 95 % lie. */
const Z95 = 1.96;

interface Shown {
  inUse: number;
  crowd: number;
  isInteractedWith: boolean;
}

/** @param events the shopper's events that count, oldest first. */
export function reliabilityOf(
  events: readonly ShopEvent[],
  sources: ReliabilitySources,
): Reliability {
  const shown = replayShown(events, sources);
  return {
    cards: shown.length,
    interactedWith: shown.filter(({ isInteractedWith }) => isInteractedWith).length,
    inUse: binsOf(shown, ({ inUse }) => inUse),
    crowd: binsOf(shown, ({ crowd }) => crowd),
  };
}

/** Every card shown before an interaction, with its prediction at the time it was shown. */
function replayShown(events: readonly ShopEvent[], sources: ReliabilitySources): Shown[] {
  const { catalog, pack, networks, prior } = sources;
  const history = createHistory(catalog);
  const judged: Shown[] = [];
  const waiting = new Map<number, Shown>();
  let skipped = events.filter(({ type }) => type === "impression").length - MAX_IMPRESSIONS;
  for (const event of events) {
    const rows = itemsOf(event).flatMap(({ productId }) => catalog.rowOf(productId) ?? []);
    if (event.type === "impression" && skipped-- <= 0) show(rows, event.at);
    if ((outcomeOf(event) ?? "ignore") !== "ignore") interactWith(rows);
    history.apply(event);
  }
  return judged;

  function show(rows: number[], at: number): void {
    const context = shopperContextOf(history, { catalog, pack, at });
    const candidates = candidatesOf(context, sources.popularRows).length;
    const inputs = inputsOf(context, rows);
    rows.forEach((row, index) => {
      const own = inputs.subarray(index * INPUTS, (index + 1) * INPUTS);
      const chance = (by: readonly Network[]) =>
        1 - correctForNegativeSampling(predictMean(by, own), candidates)[0]!;
      waiting.set(row, {
        inUse: chance(networks),
        crowd: chance([prior]),
        isInteractedWith: false,
      });
    });
  }

  function interactWith(rows: number[]): void {
    for (const [row, card] of waiting)
      judged.push({ ...card, isInteractedWith: rows.includes(row) });
    waiting.clear();
  }
}

/** Bins of equal counts (Nixon et al., 2019); with equal widths, nearly all cards would be in the first. */
function binsOf(shown: readonly Shown[], predictedBy: (card: Shown) => number): ReliabilityBin[] {
  const sorted = [...shown].sort((left, right) => predictedBy(left) - predictedBy(right));
  const count = Math.min(BINS, Math.ceil(sorted.length / MIN_IN_BIN));
  return Array.from({ length: count }, (_, bin) => {
    const [from, to] = [bin, bin + 1].map((edge) => Math.round((edge * sorted.length) / count));
    return binOf(sorted.slice(from, to), predictedBy);
  });
}

function binOf(cards: readonly Shown[], predictedBy: (card: Shown) => number): ReliabilityBin {
  const n = cards.length;
  const observed = cards.filter(({ isInteractedWith }) => isInteractedWith).length / n;
  return {
    cards: n,
    predicted: cards.reduce((sum, card) => sum + predictedBy(card), 0) / n,
    observed,
    ...wilson(observed, n),
  };
}

/** Wilson's score interval (1927) of a share: within [0, 1], and never empty. */
function wilson(share: number, n: number): { low: number; high: number } {
  const shrunk = 1 + Z95 ** 2 / n;
  const center = (share + Z95 ** 2 / (2 * n)) / shrunk;
  const half = (Z95 * Math.sqrt((share * (1 - share)) / n + Z95 ** 2 / (4 * n * n))) / shrunk;
  return { low: Math.max(0, center - half), high: Math.min(1, center + half) };
}
