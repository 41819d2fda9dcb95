import type { Product } from "vitrine";
import { type Filters, filtered } from "./filters.ts";

/** A choice in a facet, with the number of products it would leave. */
export interface FacetOption {
  name: string;
  count: number;
}

export interface Facets {
  categories: FacetOption[];
  brands: FacetOption[];
  /** The price range of products that match all other filters; undefined if there are none. */
  price: { minMinor: number; maxMinor: number } | undefined;
  ratings: { minStars: number; count: number }[];
  inStock: number;
  onSale: number;
}

const STARS = [4.5, 4, 3];

/**
 * The choices that these products offer. Each facet is counted as if nothing was chosen in it, so that
 * a second brand can be added to the first; a chosen option stays listed even if it leaves nothing.
 */
export function facetsOf(
  products: readonly Product[],
  filters: Filters,
  categoryLevel: number,
): Facets {
  const inBrand = filtered(products, filters, "brands").map(({ brand }) => brand);
  const inCategory = filtered(products, filters, "categories");
  const rated = filtered(products, filters, "rating");
  return {
    categories: optionsOf(
      inCategory.map(({ categoryPath }) => categoryPath[categoryLevel]),
      filters.categories,
    ),
    brands: optionsOf(inBrand, filters.brands),
    price: priceRange(filtered(products, filters, "price")),
    ratings: STARS.map((minStars) => ({
      minStars,
      count: rated.filter(({ rating }) => (rating?.value ?? 0) >= minStars).length,
    })),
    inStock: filtered(products, { ...filters, inStock: true }).length,
    onSale: filtered(products, { ...filters, onSale: true }).length,
  };
}

/** Most frequent first, then by name. */
function optionsOf(names: (string | undefined)[], chosen: readonly string[]): FacetOption[] {
  const counts = new Map(chosen.map((name) => [name, 0]));
  for (const name of names) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((left, right) => right.count - left.count || left.name.localeCompare(right.name));
}

function priceRange(products: readonly Product[]): Facets["price"] {
  if (products.length === 0) return undefined;
  const prices = products.map(({ priceMinor }) => priceMinor);
  return { minMinor: Math.min(...prices), maxMinor: Math.max(...prices) };
}
