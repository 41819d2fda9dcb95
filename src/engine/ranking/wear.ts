import type { HistoryView } from "../events/history.ts";

/** So many showings without a click cost nothing. */
const FREE_SHOWINGS = 3;
/** The most log-odds that a card loses: a clear favorite stays within reach however often it is shown. */
export const MAX_WEAR = 1.5;
/** Further showings at which half of that is lost. */
const HALF_WEAR = 10;

/**
 * The log-odds that a product loses on a ranked shelf because it was shown and passed over: 1.5 · x / (x + 10),
 * x the impressions beyond three since the shopper last interacted with it.
 */
export function wearOf({ own }: Pick<HistoryView, "own">, row: number): number {
  const showings = (own.get(row)?.ignoredImpressions ?? 0) - FREE_SHOWINGS;
  return showings <= 0 ? 0 : (MAX_WEAR * showings) / (showings + HALF_WEAR);
}
