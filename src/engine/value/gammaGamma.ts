import { logGamma } from "./logGamma.ts";

/**
 * The gamma-gamma model of order values (Colombo and Jiang, 1999; Fader, Hardie and Lee, "RFM and
 * CLV", Journal of Marketing Research 42, 2005; Fader and Hardie, "The Gamma-Gamma Model of Monetary Value",
 * 2013). Order values of a shopper are Gamma(p, ν); over all shoppers ν ~ Gamma(q, v).
 */
export interface GammaGamma {
  p: number;
  q: number;
  /** In the unit of the order values (γ in the note of 2013). */
  v: number;
}

/** The values of a shopper's repeat orders. */
export interface OrderValues {
  /** The number of orders in the mean. */
  orders: number;
  /** Mean value; any number without orders. */
  mean: number;
}

/** Log-likelihood of a mean order value; 0 without orders or for a mean that is not above 0. */
export function gammaGammaLogLikelihood({ p, q, v }: GammaGamma, { orders, mean }: OrderValues) {
  if (orders === 0 || !(mean > 0)) return 0;
  const px = p * orders;
  return (
    logGamma(px + q) -
    logGamma(px) -
    logGamma(q) +
    q * Math.log(v) +
    (px - 1) * Math.log(mean) +
    px * Math.log(orders) -
    (px + q) * Math.log(orders * mean + v)
  );
}

/**
 * The expected value of the shopper's next order: between their own mean and the mean over all
 * shoppers, and closer to their own the more orders there are. Infinite without orders if q ≤ 1.
 */
export function expectedOrderValue({ p, q, v }: GammaGamma, { orders, mean }: OrderValues): number {
  const known = orders === 0 ? 0 : orders * mean;
  const weight = p * orders + q - 1;
  return weight > 0 ? (p * (v + known)) / weight : Number.POSITIVE_INFINITY;
}
