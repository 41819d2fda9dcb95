import MiniSearch, { type SearchOptions, type SearchResult } from "minisearch";
import type { Product } from "vitrine";
import { SHOP_LANGUAGES } from "../language/strings.ts";
import { foldWord } from "./foldWord.ts";
import { mistakesIn } from "./mistakes.ts";
import { charactersOf, wordsAskedFor, wordsIn } from "./words.ts";

export interface ProductSearch {
  find(query: string): Found;
}

export interface Found {
  /** Relevance by product id, best first; the best is 1. */
  relevance: ReadonlyMap<string, number>;
  /** The words, or their beginnings, that each of these products matches. */
  words: readonly string[];
  /** What was searched for instead, if the words as typed found nothing. */
  instead: string | undefined;
}

const OPTIONS = {
  boost: { title: 4, brand: 2, categories: 2, tags: 1.5 },
  weights: { prefix: 0.7, fuzzy: 0.4 },
  prefix: (term: string) => term.length > 1,
  combineWith: "AND",
} satisfies SearchOptions;

/** Wide enough for everything that `mistakesIn` allows; MiniSearch counts two swapped letters as two mistakes. */
const SIMILAR: SearchOptions = { prefix: false, fuzzy: 0.4 };
/** The cost of omitting a word, in spellings: higher than that of any other spelling of it. */
const LEFT_OUT = 1000;

/** Products indexed without a pause; a hundred would keep a slow phone from reacting to a tap. */
const CHUNK = 20;

/** An index of the products' words, with categories in every language of the shop. */
export async function createProductSearch(products: readonly Product[]): Promise<ProductSearch> {
  const index = new MiniSearch<Product>({
    // The last category is a separate field: in a shorter field a word counts more.
    fields: ["title", "brand", "categories", "tags", "description", "characters"],
    extractField: (product, field) => textOf(product, field),
    tokenize: (text, field) => {
      const words = wordsIn(text);
      return field === "characters" ? words.flatMap(charactersOf) : words;
    },
    processTerm: foldWord,
    searchOptions: { ...OPTIONS, tokenize: wordsIn },
  });
  await index.addAllAsync(products, { chunkSize: CHUNK });

  return {
    find(query) {
      const typed = wordsAskedFor(query).flatMap(knownParts);
      const asTyped = resultsFor(typed);
      if (asTyped.length > 0) return found(asTyped, typed);
      const meant = meantBy(typed);
      const results = resultsFor(meant);
      return { ...found(results, meant), instead: results[0] && spelledOut(meant, results[0]) };
    },
  };

  /** The characters of a Chinese word that no product contains, else the word. */
  function knownParts(word: string): string[] {
    const characters = charactersOf(word);
    return characters.length === 0 || resultsFor([word]).length > 0 ? [word] : characters;
  }

  function resultsFor(words: readonly string[]): SearchResult[] {
    return index.search(words.join(" "));
  }

  /** The largest number of words that one product matches, in the spelling closest to what was typed. */
  function meantBy(typed: readonly string[]): string[] {
    const spellings = typed.map(spellingsOf);
    const choices = index
      .search({ combineWith: "OR", queries: spellings.flat() })
      .map(({ queryTerms }) =>
        spellings.map((ways) => ways.findIndex((way) => queryTerms.includes(way))),
      );
    const [best = []] = choices.toSorted((left, right) => costOf(left) - costOf(right));
    return best.flatMap((choice, at) => spellings[at]![choice] ?? []);
  }

  /** The word itself or, if no product contains it, the words it may be a misspelling of, most likely first. */
  function spellingsOf(word: string): string[] {
    if (resultsFor([word]).length > 0) return [word];
    const products = countsOf(index.search(word, SIMILAR).flatMap(({ terms }) => terms));
    const similar = [...products.keys()]
      .map((term) => ({ term, mistakes: mistakesIn(word, term) }))
      .filter(({ mistakes }) => Number.isFinite(mistakes))
      .sort((a, b) => a.mistakes - b.mistakes || products.get(b.term)! - products.get(a.term)!);
    return [word, ...similar.map(({ term }) => term)];
  }
}

function found(results: readonly SearchResult[], words: readonly string[]): Found {
  const best = results[0]?.score ?? 1;
  return {
    relevance: new Map(results.map(({ id, score }) => [id, score / best])),
    words,
    instead: undefined,
  };
}

function countsOf(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** An index into the spellings of each word; −1 omits the word. */
function costOf(choice: readonly number[]): number {
  return choice.reduce((sum, spelling) => sum + (spelling < 0 ? LEFT_OUT : spelling), 0);
}

/** Replaces beginnings of words with the words of this product. */
function spelledOut(words: readonly string[], { terms }: SearchResult): string {
  const whole = (word: string) => terms.find((term) => term.startsWith(word)) ?? word;
  return words.map((word) => (terms.includes(word) ? word : whole(word))).join(" ");
}

function textOf(product: Product, field: string): string {
  switch (field) {
    case "categories":
    case "characters": // Chinese words are also found by their parts.
      return product.categoryPath.flatMap(categoryNames).join("\n");
    case "tags":
      return product.tags?.join("\n") ?? "";
    default:
      return `${product[field as "id" | "title" | "brand" | "description"] ?? ""}`;
  }
}

function categoryNames(category: string): string[] {
  return [
    category,
    ...Object.values(SHOP_LANGUAGES).map(({ texts }) => texts.categories[category] ?? ""),
  ];
}
