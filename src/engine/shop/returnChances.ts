/**
 * The chance that a shopper's next step goes back to a product they know, by how many they know: up to
 * 2, 5, 10, 20, 40, 80, or more.
 */
export const RETURN_BUCKETS = [2, 5, 10, 20, 40, 80, Number.POSITIVE_INFINITY] as const;

/** Fewer known products offer nothing to go back to: the only one is the current product. */
export const FEWEST_KNOWN = 2;

/** In shops whose crowd is not counted: the mean of five shops (bench/ABLATION.md). */
export const USUAL_RETURN_CHANCES: ArrayLike<number> = [0.1, 0.13, 0.18, 0.22, 0.28, 0.3, 0.4];

/** @param known distinct products the shopper interacted with. */
export function returnBucketOf(known: number): number {
  return RETURN_BUCKETS.findIndex((most) => known <= most);
}
