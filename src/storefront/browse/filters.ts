import type { Product } from "vitrine";
import { minorUnits } from "vitrine/shelf";

/** The filters of a list of products. Empty lists and undefined filter nothing. */
export interface Filters {
  /** Names of categories at any level; a product in one of them matches. */
  categories: readonly string[];
  brands: readonly string[];
  minMinor: number | undefined;
  maxMinor: number | undefined;
  /** Mean stars, 1 to 5. */
  minStars: number | undefined;
  inStock: boolean;
  onSale: boolean;
}

export type Facet = "categories" | "brands" | "price" | "rating" | "stock" | "sale";

export const NO_FILTERS: Filters = {
  categories: [],
  brands: [],
  minMinor: undefined,
  maxMinor: undefined,
  minStars: undefined,
  inStock: false,
  onSale: false,
};

const TESTS: Record<Facet, (product: Product, filters: Filters) => boolean> = {
  categories: ({ categoryPath }, { categories }) =>
    categories.length === 0 || categories.some((name) => categoryPath.includes(name)),
  brands: ({ brand = "" }, { brands }) => brands.length === 0 || brands.includes(brand),
  price: ({ priceMinor }, { minMinor = 0, maxMinor = Number.POSITIVE_INFINITY }) =>
    priceMinor >= minMinor && priceMinor <= maxMinor,
  rating: ({ rating }, { minStars = 0 }) => (rating?.value ?? 0) >= minStars,
  stock: ({ stock }, { inStock }) => !inStock || stock !== 0,
  sale: ({ listPriceMinor }, { onSale }) => !onSale || listPriceMinor !== undefined,
};
const FACETS = Object.keys(TESTS) as Facet[];

/** The products that match every facet except `except`, whose own choices are counted from them. */
export function filtered(
  products: readonly Product[],
  filters: Filters,
  except?: Facet,
): readonly Product[] {
  const asked = FACETS.filter((facet) => facet !== except);
  return products.filter((product) => asked.every((facet) => TESTS[facet](product, filters)));
}

/** Reads filters from an address; invalid ones (an old link, a typing error) are ignored. */
export function filtersFrom(params: URLSearchParams, currency: string): Filters {
  const units = minorUnits(currency);
  const minor = (name: string) => {
    const major = amount(params.get(name));
    return major === undefined ? undefined : Math.round(major * units);
  };
  const stars = amount(params.get("rating"));
  return {
    categories: params.getAll("category"),
    brands: params.getAll("brand"),
    minMinor: minor("from"),
    maxMinor: minor("to"),
    minStars: stars !== undefined && stars <= 5 ? stars : undefined,
    inStock: params.has("in-stock"),
    onSale: params.has("sale"),
  };
}

function amount(text: string | null): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

const PARAMS = ["category", "brand", "from", "to", "rating", "in-stock", "sale"];

/** The address with its filters replaced by these; the rest of it stays. */
export function withFilters(
  params: URLSearchParams,
  filters: Filters,
  currency: string,
): URLSearchParams {
  const units = minorUnits(currency);
  const next = new URLSearchParams(params);
  for (const name of PARAMS) next.delete(name);
  for (const name of filters.categories) next.append("category", name);
  for (const name of filters.brands) next.append("brand", name);
  if (filters.minMinor !== undefined) next.set("from", `${filters.minMinor / units}`);
  if (filters.maxMinor !== undefined) next.set("to", `${filters.maxMinor / units}`);
  if (filters.minStars !== undefined) next.set("rating", `${filters.minStars}`);
  if (filters.inStock) next.set("in-stock", "");
  if (filters.onSale) next.set("sale", "");
  return next;
}
