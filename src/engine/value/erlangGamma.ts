/**
 * How long a product lasts a shopper: intervals per unit are Erlang(κ) with a rate that is Gamma(A, B) over
 * the shoppers of its category. Erlang, because purchases of consumables are more regular than random ones
 * (Chatfield and Goodhardt, "A Consumer Purchasing Model with Erlang Inter-Purchase Times", JASA 68, 1973).
 */
export interface ErlangGamma {
  /** κ, an integer of at least 1; at 1 purchases are completely random. */
  regularity: number;
  /** A, above 1. */
  shape: number;
  /** B, in the unit of the intervals. */
  scale: number;
}

/** The model updated by a shopper's own intervals: `count` of them, `total` in sum. */
export function afterIntervals(
  { regularity, shape, scale }: ErlangGamma,
  { count, total }: { count: number; total: number },
): ErlangGamma {
  return { regularity, shape: shape + regularity * count, scale: scale + total };
}

/** How long one unit is expected to last: κB/(A − 1). */
export function expectedInterval({ regularity, shape, scale }: ErlangGamma): number {
  return (regularity * scale) / (shape - 1);
}

/** The chance in (0, 1] that a unit lasts longer than `time`, from 0 on: a negative binomial's tail. */
export function lastsBeyond({ regularity, shape, scale }: ErlangGamma, time: number): number {
  const passed = time / (scale + time);
  let stageChance = (1 - passed) ** shape;
  let chance = 0;
  for (let stage = 0; stage < regularity; stage++) {
    chance += stageChance;
    stageChance *= ((shape + stage) / (stage + 1)) * passed;
  }
  return Math.min(1, chance);
}

/** The chance in [0, 1) that a unit which has lasted `elapsed` is used up within the next `ahead`. */
export function neededChance(
  model: ErlangGamma,
  { elapsed, ahead }: { elapsed: number; ahead: number },
): number {
  return 1 - lastsBeyond(model, elapsed + ahead) / lastsBeyond(model, elapsed);
}
