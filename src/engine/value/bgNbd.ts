import { hypergeometric } from "./hypergeometric.ts";
import { logGamma } from "./logGamma.ts";

/**
 * The beta-geometric/NBD model of Fader, Hardie and Lee, "Counting Your Customers the Easy Way" (Marketing
 * Science 24, 2005). While active, a shopper orders at a rate λ a week; after each order they leave for good
 * with a chance p. Over all shoppers λ ~ Gamma(r, α) and p ~ Beta(a, b).
 */
export interface BgNbd {
  r: number;
  /** In weeks. */
  alpha: number;
  a: number;
  b: number;
}

/** All that the model needs to know of one shopper; several orders of one day are one. */
export interface OrderTimes {
  /** Orders after the first (x). */
  repeats: number;
  /** Weeks from the first order to the last (tₓ); 0 without repeats. */
  lastWeek: number;
  /** Weeks from the first order to now (T); at least `lastWeek`. */
  weeks: number;
}

/** Log-likelihood of one shopper's orders (equation 3 of the paper). */
export function bgNbdLogLikelihood(model: BgNbd, shopper: OrderTimes): number {
  return logLikelihoodOfCount(model, shopper.repeats) + logLikelihoodOfTimes(model, shopper);
}

/** The part that depends on the number of repeats only, and is most of the work. */
export function logLikelihoodOfCount({ r, alpha, a, b }: BgNbd, x: number): number {
  const rates = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
  return rates + logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x);
}

/** The rest: the shopper is still active, or left after the last order. */
export function logLikelihoodOfTimes({ r, alpha, a, b }: BgNbd, shopper: OrderTimes): number {
  const { repeats: x, lastWeek: tx, weeks: T } = shopper;
  const stayed = -(r + x) * Math.log(alpha + T);
  if (x === 0) return stayed;
  const left = Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + tx);
  const highest = Math.max(stayed, left);
  return highest + Math.log1p(Math.exp(Math.min(stayed, left) - highest));
}

/** The chance in (0, 1] that the shopper has not left for good. */
export function activeChance({ r, alpha, a, b }: BgNbd, shopper: OrderTimes): number {
  const { repeats: x, lastWeek: tx, weeks: T } = shopper;
  if (x === 0) return 1;
  const silence = (r + x) * (Math.log(alpha + T) - Math.log(alpha + tx));
  return 1 / (1 + Math.exp(Math.log(a / (b + x - 1)) + silence));
}

/** The chance in [0, 1) of at least one order within the next `ahead` weeks. */
export function returnChance(model: BgNbd, shopper: OrderTimes, ahead: number): number {
  return activeChance(model, shopper) * (1 - quietChance(model, shopper, ahead));
}

/** The chance that an active shopper orders nothing within the next `ahead` weeks. */
function quietChance({ r, alpha }: BgNbd, { repeats, weeks }: OrderTimes, ahead: number): number {
  return Math.exp((r + repeats) * (Math.log(alpha + weeks) - Math.log(alpha + weeks + ahead)));
}

/** Where the formula is 0/0 (a = 1, a + b + x = 1): a little beside it is exact to seven digits. */
const NUDGE = 1e-7;

/** Orders expected within the next `ahead` weeks (equation 10 of the paper). */
export function expectedOrders(model: BgNbd, shopper: OrderTimes, ahead: number): number {
  if (ahead === 0) return 0;
  const { repeats: x, weeks: T } = shopper;
  const { r, alpha, b } = model;
  const isSingular = [model.a - 1, model.a + b + x - 1].some((value) => Math.abs(value) < NUDGE);
  const a = model.a + (isSingular ? 2 * NUDGE : 0);
  const c = a + b + x - 1;
  const z = ahead / (alpha + T + ahead);
  const left = hypergeometric({ a: r + x, b: b + x, c, z, power: r + x });
  return (activeChance(model, shopper) * c * (1 - left)) / (a - 1);
}
