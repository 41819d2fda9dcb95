import MiniSearch, { type SearchOptions, type SearchResult } from "minisearch";
import type { Product } from "../../engine/catalog.ts";
import { LANGUAGES } from "../strings.ts";
import { foldWord } from "./foldWord.ts";

export interface ProductSearch {
  find(query: string): Found;
}

export interface Found {
  /** Relevance by product id, best first; the best is 1. */
  relevance: ReadonlyMap<string, number>;
  /** What was searched for instead, where the words as typed found nothing. */
  instead: string | undefined;
}

const OPTIONS = {
  boost: { title: 4, brand: 2, categories: 2, tags: 1.5 },
  weights: { prefix: 0.7, fuzzy: 0.4 },
  prefix: (term: string) => term.length > 1,
  combineWith: "AND",
} satisfies SearchOptions;

/** A quarter of a word may be wrong. */
const TYPOS: SearchOptions = { fuzzy: mistyped(0.25) };

/** The share of a word that may be wrong; words of three letters and fewer are taken as they are. */
function mistyped(share: number): (term: string) => number | false {
  return (term) => term.length > 3 && share;
}

/** Products indexed in one go; a hundred would keep a slow phone from answering a tap. */
const CHUNK = 20;

/** An index over the products' words, categories in every language of the shop. */
export async function createProductSearch(products: readonly Product[]): Promise<ProductSearch> {
  const index = new MiniSearch<Product>({
    fields: ["title", "brand", "categories", "tags", "description"],
    extractField: (product, field) => textOf(product, field),
    tokenize: wordsIn,
    processTerm: foldWord,
    searchOptions: OPTIONS,
  });
  await index.addAllAsync(products, { chunkSize: CHUNK });

  return {
    find(query) {
      const asTyped = index.search(query);
      const results = asTyped.length > 0 ? asTyped : findMistyped(query);
      const best = results[0];
      return {
        relevance: new Map(results.map(({ id, score }) => [id, score / best!.score])),
        instead: best && results !== asTyped ? withoutLongerForms(best.terms) : undefined,
      };
    },
  };

  /** Strictest first: two letters swapped, a few wrong, and at last any of the words. */
  function findMistyped(query: string): SearchResult[] {
    for (const swapped of swaps(query)) {
      const results = index.search(swapped);
      if (results.length > 0) return results;
    }
    const results = index.search(query, TYPOS);
    return results.length > 0 ? results : index.search(query, { ...TYPOS, combineWith: "OR" });
  }
}

/** Two swapped neighbours are two edits to MiniSearch, more than a short word allows. */
function swaps(text: string): string[] {
  return Array.from(
    { length: Math.max(0, text.length - 1) },
    (_, at) => `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`,
  );
}

/** ["tent", "tents"] → "tent". */
function withoutLongerForms(terms: string[]): string {
  const isForm = (term: string) => terms.some((other) => other !== term && term.startsWith(other));
  return [...new Set(terms)].filter((term) => !isForm(term)).join(" ");
}

function textOf(product: Product, field: string): string {
  switch (field) {
    case "categories":
      return product.categoryPath.flatMap(namesOf).join("\n");
    case "tags":
      return product.tags?.join("\n") ?? "";
    default:
      return `${product[field as "id" | "title" | "brand" | "description"] ?? ""}`;
  }
}

function namesOf(category: string): string[] {
  return [
    category,
    ...Object.values(LANGUAGES).map(({ texts }) => texts.categories[category] ?? ""),
  ];
}

function wordsIn(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => (/\p{Script=Han}/u.test(word) ? segmented(word) : word));
}

const segmenter = new Intl.Segmenter("zh", { granularity: "word" });
const segments = new Map<string, string[]>();

/** Chinese has no spaces; the browser knows its words, but takes its time. */
function segmented(text: string): string[] {
  const known = segments.get(text);
  if (known !== undefined) return known;
  const words = Array.from(segmenter.segment(text), ({ segment }) => segment);
  segments.set(text, words);
  return words;
}
