import { FEWEST_KNOWN } from "../shop/returnChances.ts";

/** How often the shopper goes back to products they know, when they turn to another product. */
export interface Returning {
  /** Distinct products the shopper interacted with. */
  readonly known: number;
  /** Steps from one product to another, each weighted by `STEP_DECAY` per later step. */
  readonly steps: number;
  /** Those of them that went back to a known product. */
  readonly returns: number;
}

export const NO_RETURNS: Returning = { known: 0, steps: 0, returns: 0 };

/** The factor by which a step counts less than the next one (bench/ABLATION.md). */
const STEP_DECAY = 0.93;

/**
 * Adds an interaction.
 * @param isStep whether it is with another product than the last one.
 * @param isKnown whether the shopper interacted with the product before.
 */
export function withInteraction(
  { known, steps, returns }: Returning,
  { isStep, isKnown }: { isStep: boolean; isKnown: boolean },
): Returning {
  const isCounted = isStep && known >= FEWEST_KNOWN;
  return {
    known: isKnown ? known : known + 1,
    steps: isCounted ? steps * STEP_DECAY + 1 : steps,
    returns: isCounted ? returns * STEP_DECAY + (isKnown ? 1 : 0) : returns,
  };
}
