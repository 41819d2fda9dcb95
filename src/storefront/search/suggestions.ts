import type { Product } from "vitrine";
import { categoryName, strings } from "../language/strings.ts";
import { departmentHref, resultsHref } from "../shop/addresses.ts";
import type { Department } from "../shop/shop.ts";
import { foldWord } from "./foldWord.ts";
import type { ProductSearch } from "./productSearch.ts";
import { wordsIn } from "./words.ts";

/** Something that the search box offers during typing. */
export interface Suggestion {
  text: string;
  /** What kind of thing it is, if the text does not make that clear. */
  note: string | undefined;
  href: string;
  kind: "place" | "product" | "results";
  product: Product | undefined;
  /** The beginnings of words that were searched for, folded. */
  words: readonly string[];
}

interface SuggestionSources {
  search: ProductSearch;
  departments: readonly Department[];
  productOf: (id: string) => Product | undefined;
}

const MAX_PLACES = 3;
const MAX_PRODUCTS = 5;

/**
 * Departments and aisles whose name begins with what is typed, then the products that match best, then
 * a link to all results.
 */
export function suggestionsFor(
  query: string,
  { search, departments, productOf }: SuggestionSources,
): Suggestion[] {
  if (query.trim() === "") return [];
  const start = foldWord(query.trim());
  const typed = wordsIn(query).map(foldWord);
  const places = departments
    .flatMap((department) => placesIn(department, typed))
    .filter(({ text }) => isStartOfAWord(start, foldWord(text)));
  const { relevance, words } = search.find(query);
  const products = [...relevance.keys()].slice(0, MAX_PRODUCTS).map(productOf);
  return [
    ...places.slice(0, MAX_PLACES),
    ...products.flatMap((product) => (product ? productSuggestion(product, words) : [])),
    ...(relevance.size > 0 ? [allResults(query.trim())] : []),
  ];
}

function placesIn({ name, slug, products }: Department, words: readonly string[]): Suggestion[] {
  const aisles = new Set(products.flatMap(({ categoryPath }) => categoryPath[1] ?? []));
  const inDepartment = categoryName(name);
  const place = { kind: "place", product: undefined, words } as const;
  return [
    { ...place, text: inDepartment, note: undefined, href: departmentHref(slug) },
    ...[...aisles].map((aisle) => ({
      ...place,
      text: categoryName(aisle),
      note: inDepartment,
      href: departmentHref(slug, aisle),
    })),
  ];
}

function productSuggestion(product: Product, words: readonly string[]): Suggestion {
  const href = `/product/${encodeURIComponent(product.id)}`;
  return { kind: "product", product, text: product.title, note: product.brand, href, words };
}

function allResults(query: string): Suggestion {
  return {
    kind: "results",
    product: undefined,
    text: strings.search.allResults(query),
    note: undefined,
    href: resultsHref(query),
    words: [],
  };
}

function isStartOfAWord(start: string, text: string): boolean {
  return text.startsWith(start) || text.includes(` ${start}`);
}
