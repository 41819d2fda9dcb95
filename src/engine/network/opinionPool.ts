/**
 * Between "for me" and "for everybody": with share p, a product's log-odds are
 * p · network + (1 − p) · crowd, the logarithmic opinion pool (Genest and Zidek, 1986) of what the
 * network says about this shopper and of how popular the product is with all. At p = 0 nothing of the
 * shopper's taste is left in the order.
 */
export function logOpinionPool(personal: number, crowd: number, share: number): number {
  return share * personal + (1 - share) * crowd;
}

/** Steps in which packs count popularity; keeps the most and least popular finite. */
const STEP = 1 / 255;

/** Log-odds of a product's popularity in the pack (0 to 255): −5.5 to 5.5. */
export function crowdLogOdds(packPopularity: number): number {
  const popularity = packPopularity * STEP;
  return Math.log((popularity + STEP) / (1 - popularity + STEP));
}
