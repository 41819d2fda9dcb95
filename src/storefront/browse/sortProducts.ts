import type { Product } from "vitrine";

export const SORTS = [
  "for-you",
  "relevance",
  "popular",
  "price-up",
  "price-down",
  "rating",
  "newest",
] as const;
export type Sort = (typeof SORTS)[number];

/** Values to sort by that are not part of a product; higher comes first, missing last. */
export interface SortValues {
  /** The recommender's score of each product for this shopper, in log-odds. */
  personal?: ReadonlyMap<string, number> | undefined;
  /** How well each matches the search. */
  relevance?: ReadonlyMap<string, number> | undefined;
}

/** Weight of a search's own order against the shopper's taste, in log-odds per e-fold of relevance. */
const RELEVANCE_WEIGHT = 1.5;

/** Sorts by the given order; products that tie stay in the order given. */
export function sortProducts(
  products: readonly Product[],
  sort: Sort,
  { personal, relevance }: SortValues,
): readonly Product[] {
  const by = (rank: (product: Product) => number) =>
    products.toSorted((left, right) => descending(rank(left), rank(right)));
  switch (sort) {
    case "for-you":
      return personal === undefined ? products : by(tasteAndFit);
    case "relevance":
      return by(({ id }) => relevance?.get(id) ?? 0);
    case "popular":
      return products;
    case "price-up":
      return by(({ priceMinor }) => -priceMinor);
    case "price-down":
      return by(({ priceMinor }) => priceMinor);
    case "rating":
      return by(({ rating }) => rating?.value ?? 0);
    case "newest":
      return by(({ addedAt }) => Date.parse(addedAt ?? "") || 0);
  }

  /** Evidence adds up in log-odds: the shopper's taste, and how well the product matches what they typed. */
  function tasteAndFit({ id }: Product): number {
    const fit = relevance === undefined ? 0 : Math.log(relevance.get(id) ?? 0);
    return (personal?.get(id) ?? Number.NEGATIVE_INFINITY) + RELEVANCE_WEIGHT * fit;
  }
}

/** Like `right − left`, but minus infinity equals itself. */
function descending(left: number, right: number): number {
  return left === right ? 0 : right > left ? 1 : -1;
}
