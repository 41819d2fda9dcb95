import type { Random } from "../kit/random.ts";
import { activeChance, type BgNbd, type OrderTimes } from "./bgNbd.ts";
import type { GammaGamma, OrderValues } from "./gammaGamma.ts";

/** What one of the shoppers who could have made these orders does next. */
export interface Future {
  orders: number;
  /** Money, in the unit of the order values. */
  value: number;
}

export interface FutureOptions {
  /** How far ahead. */
  weeks: number;
  draws: number;
  random: Random;
}

/**
 * Draws shoppers from the posterior of both models, given the orders so far, and lives their next weeks.
 * What the formulas say of the mean, the draws say of the spread.
 *
 * The posterior of BG/NBD given x orders: still active with `activeChance`, and then λ ~ Gamma(r + x, α + T)
 * and p ~ Beta(a, b + x), independent (the likelihood in equation 2 of the paper). Of gamma-gamma: ν ~
 * Gamma(q + p·x, v + x·m̄).
 */
export function drawFutures(
  { bgNbd, gammaGamma }: { bgNbd: BgNbd; gammaGamma: GammaGamma },
  shopper: OrderTimes & { repeatValues: OrderValues },
  { weeks, draws, random }: FutureOptions,
): Future[] {
  const active = activeChance(bgNbd, shopper);
  return Array.from({ length: draws }, () => {
    if (random.next() >= active) return { orders: 0, value: 0 };
    const rate = gamma(bgNbd.r + shopper.repeats, random) / (bgNbd.alpha + shopper.weeks);
    const leaves = beta(bgNbd.a, bgNbd.b + shopper.repeats, random);
    const orders = countOrders({ rate, leaves, weeks }, random);
    const value = orders === 0 ? 0 : worthOf(gammaGamma, shopper.repeatValues, { orders, random });
    return { orders, value };
  });
}

/** Orders at random times, until the time is over or the shopper leaves after one. */
function countOrders(
  { rate, leaves, weeks }: { rate: number; leaves: number; weeks: number },
  random: Random,
): number {
  let orders = 0;
  for (let at = exponential(rate, random); at < weeks; at += exponential(rate, random)) {
    orders++;
    if (random.next() < leaves) return orders;
  }
  return orders;
}

function worthOf(
  { p, q, v }: GammaGamma,
  known: OrderValues,
  { orders, random }: { orders: number; random: Random },
): number {
  const total = known.orders === 0 ? 0 : known.orders * known.mean;
  const scale = gamma(q + p * known.orders, random) / (v + total);
  return gamma(p * orders, random) / scale;
}

/** The value below which a share of the sorted numbers lies, with rank ⌈share · n⌉. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}

function exponential(rate: number, random: Random): number {
  return -Math.log1p(-random.next()) / rate;
}

function beta(a: number, b: number, random: Random): number {
  const one = gamma(a, random);
  return one / (one + gamma(b, random));
}

/**
 * Gamma with this shape and scale 1 (Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables",
 * ACM TOMS 26, 2000; shapes below 1 by their last section).
 */
export function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const cube = (1 + c * normal) ** 3;
    if (cube <= 0) continue;
    const bound = 0.5 * normal * normal + d * (1 - cube + Math.log(cube));
    if (Math.log1p(-random.next()) < bound) return d * cube;
  }
}
