import type { Product } from "../../engine/catalog.ts";
import type { Department } from "../shop.ts";
import { categoryName } from "../strings.ts";
import { foldWord } from "./foldWord.ts";
import type { ProductSearch } from "./productSearch.ts";

/** Something the search box offers while one types. */
export interface Suggestion {
  text: string;
  /** What it is, where the text alone does not say. */
  note: string | undefined;
  href: string;
  product: Product | undefined;
}

interface SuggestionSources {
  search: ProductSearch;
  departments: readonly Department[];
  productOf: (id: string) => Product | undefined;
}

const MOST_PLACES = 3;
const MOST_PRODUCTS = 5;

/** Departments and aisles whose name begins with what is typed, then the products that fit best. */
export function suggestionsFor(
  query: string,
  { search, departments, productOf }: SuggestionSources,
): Suggestion[] {
  if (query.trim() === "") return [];
  const start = foldWord(query.trim());
  const places = departments
    .flatMap(placesIn)
    .filter(({ text }) => isStartOfAWord(start, foldWord(text)));
  const found = [...search.find(query).relevance.keys()].slice(0, MOST_PRODUCTS).map(productOf);
  const products = found.filter((product) => product !== undefined).map(productSuggestion);
  return [...places.slice(0, MOST_PLACES), ...products];
}

function placesIn({ name, slug, products }: Department): Suggestion[] {
  const aisles = new Set(products.flatMap(({ categoryPath }) => categoryPath[1] ?? []));
  const href = `/department/${slug}`;
  const inDepartment = categoryName(name);
  return [
    { text: inDepartment, note: undefined, href, product: undefined },
    ...[...aisles].map((aisle) => ({
      text: categoryName(aisle),
      note: inDepartment,
      href: `${href}?${new URLSearchParams({ category: aisle })}`,
      product: undefined,
    })),
  ];
}

function productSuggestion(product: Product): Suggestion {
  const href = `/product/${encodeURIComponent(product.id)}`;
  return { text: product.title, note: product.brand, href, product };
}

function isStartOfAWord(start: string, text: string): boolean {
  return text.startsWith(start) || text.includes(` ${start}`);
}
