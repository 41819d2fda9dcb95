/**
 * Blends "for me" with "for everybody": with share p, a product's log-odds are p · network + (1 − p) ·
 * crowd, the logarithmic opinion pool (Genest and Zidek, 1986) of the network's prediction for this
 * shopper and the product's popularity with everyone. At p = 0 the order does not depend on the shopper's
 * taste.
 */
export function logOpinionPool(personal: number, crowd: number, share: number): number {
  return share * personal + (1 - share) * crowd;
}

/** The number of popularity levels in a pack; keeps the log-odds of the most and least popular finite. */
const STEP = 1 / 255;

/** Log-odds of a product's popularity in the pack (0 to 255): −5.5 to 5.5. */
export function crowdLogOdds(packPopularity: number): number {
  const popularity = packPopularity * STEP;
  return Math.log((popularity + STEP) / (1 - popularity + STEP));
}
