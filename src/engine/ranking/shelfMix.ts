import type { ShopperHistory } from "../events/history.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import { FEWEST_KNOWN, returnBucketOf, USUAL_RETURN_CHANCES } from "../shop/returnChances.ts";

/**
 * Returning and discovering are two questions, and one list of log-odds cannot answer both: products that
 * the shopper knows would fill it. So a shelf has as many of them as the shopper's chance of going back
 * says, up to `SLACK` more or fewer at every place; within that, the log-odds decide.
 */
export interface ShelfMix {
  /** Whether the shopper interacted with the product before. */
  isKnown(row: number): boolean;
  /** The chance that the shopper goes back to a known product next, in [0, 1]. */
  chance: number;
}

/** Known products more or fewer than expected, before one is held back. */
const SLACK = 2.5;

/** The crowd's chance counts as much as this many steps of the shopper (bench/ABLATION.md). */
const CROWD_STEPS = 4;

/** Whether a known or a new product may follow these on the shelf. */
export function mayFollow(
  { isKnown, chance }: ShelfMix,
  picks: readonly { row: number }[],
): (isKnown: boolean) => boolean {
  const known = picks.filter(({ row }) => isKnown(row)).length;
  const excess = known - chance * (picks.length + 1);
  return (known) => (known ? excess + 1 <= SLACK : excess >= -SLACK);
}

export function shelfMixOf(history: ShopperHistory, pack: ItemPack): ShelfMix {
  return {
    isKnown: (row) => (history.own.get(row)?.interactions.length ?? 0) > 0,
    chance: chanceOfReturn(history, pack),
  };
}

/**
 * The chance that the shopper's next step goes back to a product they know: their own share of such steps,
 * shrunk towards the crowd's at the same number of known products (the mean of a beta distribution).
 */
export function chanceOfReturn(
  { returning: { known, steps, returns } }: Pick<ShopperHistory, "returning">,
  { returnChances }: Pick<ItemPack, "returnChances">,
): number {
  if (known < FEWEST_KNOWN) return 0;
  const crowd = (returnChances ?? USUAL_RETURN_CHANCES)[returnBucketOf(known)]!;
  return (returns + CROWD_STEPS * crowd) / (steps + CROWD_STEPS);
}
