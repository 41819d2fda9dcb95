import { hashingTexts } from "../kit/hash.ts";
import { atOnce, type Steps } from "../kit/scheduler.ts";
import { addressKeys, idsWithin } from "./productNames.ts";

/** One thing the shop sells. Money is in minor units (cents) of an ISO 4217 currency. */
export interface Product {
  id: string;
  /** Other names the shop's pages give it: a SKU, its variants' ids. */
  aliases?: string[];
  title: string;
  categoryPath: string[];
  priceMinor: number;
  currency: string;
  brand?: string;
  /** The price before a discount; above `priceMinor`. */
  listPriceMinor?: number;
  /** Units on hand; 0 is sold out. Absent means the shop does not say, and counts as available. */
  stock?: number;
  tags?: string[];
  /** Mean stars (1 to 5) and how many ratings it is the mean of. */
  rating?: { value: number; count: number };
  description?: string;
  image?: { src: string; alt: string };
  url?: string;
  /** ISO date on which it joined the catalog. */
  addedAt?: string;
  /** People buy it again when it is used up (coffee, nappies). */
  rebuyable?: boolean;
  /** Products of one group are one thing in several sizes or colors: a shelf shows one of them. */
  groupId?: string;
}

/** Category levels kept per product; deeper levels are ignored by the recommender. */
export const CATEGORY_LEVELS = 4;

/**
 * The catalog as columns: product `row` has its facts at index `row` of each. Built once, then
 * only read. Ids of categories, brands and words are dense integers from 0.
 */
export interface Catalog {
  readonly products: readonly Product[];
  readonly size: number;
  /**
   * Row of a product by its id, one of its aliases or its `url`, or undefined. Addresses need not agree in
   * host, language, campaign or the slash at the end; ids may have a plug-in's prefix.
   */
  rowOf(id: string): number | undefined;
  /** `CATEGORY_LEVELS` ids per row, from department to leaf; −1 where the path is shorter. */
  readonly categories: Int32Array;
  readonly categoryCount: number;
  /** Brand id per row, −1 without a brand. */
  readonly brands: Int32Array;
  readonly brandCount: number;
  /** Variant group id per row, −1 without a group. */
  readonly groups: Int32Array;
  /** Natural logarithm of the price in major units + 1; 0 for a free or unpriced product. */
  readonly logPrices: Float32Array;
  /** When a product joined the catalog, milliseconds since 1970; −∞ where the shop does not say. */
  readonly addedAt: Float64Array;
  /** Words of title and tags: those of `row` are `words[wordStarts[row] … wordStarts[row + 1]]`. */
  readonly wordStarts: Uint32Array;
  readonly words: Uint32Array;
  readonly wordCount: number;
  /** How rare a word is: ln(products / products with it), scaled to at most 1. */
  readonly wordRarity: Float32Array;
  /** Rows of each category id, most specific use: see `rowsIn`. */
  rowsIn(categoryId: number): Uint32Array;
  /** FNV-1a hash over the ids in order: an item pack names the catalog it was made for by it. */
  readonly idsHash: number;
}

/** A product counts as new for so long after it joined the catalog. */
export const NEW_MS = 30 * 86_400_000;

/** What was ordered so lately is as good as in the cart still. */
export const JUST_BOUGHT_MS = 86_400_000;

/** Whether a product that was bought may be wanted again by now. */
export function isWantedAgain({ rebuyable }: Product, boughtAt: number, at: number): boolean {
  return rebuyable !== false && at - boughtAt >= JUST_BOUGHT_MS;
}

/** Builds the columns. The products must have distinct ids. */
export function createCatalog(products: readonly Product[]): Catalog {
  return atOnce(layingOut(products));
}

/** `createCatalog`, a product of a column a step. */
export function* layingOut(products: readonly Product[]): Steps<Catalog> {
  const size = products.length;
  const rowOf = yield* rowFinder(products);
  const categoryIds = new Map<string, number>();
  const brandIds = new Map<string, number>();
  const categories = new Int32Array(size * CATEGORY_LEVELS).fill(-1);
  const brands = new Int32Array(size).fill(-1);
  const groupIds = new Map<string, number>();
  const groups = new Int32Array(size).fill(-1);
  const logPrices = new Float32Array(size);
  const addedAt = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  for (const [row, product] of products.entries()) {
    yield;
    product.categoryPath.slice(0, CATEGORY_LEVELS).forEach((_, level, path) => {
      const key = path.slice(0, level + 1).join("\u0000");
      categories[row * CATEGORY_LEVELS + level] = denseId(categoryIds, key);
    });
    if (product.brand !== undefined) brands[row] = denseId(brandIds, product.brand.toLowerCase());
    if (product.groupId !== undefined) groups[row] = denseId(groupIds, product.groupId);
    logPrices[row] = Math.log1p(product.priceMinor / 100);
    if (product.addedAt !== undefined) addedAt[row] = Date.parse(product.addedAt);
  }
  const members = yield* rowsByCategory(categories, categoryIds.size);
  return Object.freeze({
    products,
    size,
    rowOf,
    categories,
    categoryCount: categoryIds.size,
    brands,
    brandCount: brandIds.size,
    groups,
    logPrices,
    addedAt,
    ...(yield* wordColumns(products)),
    rowsIn: (categoryId: number) => members[categoryId] ?? new Uint32Array(0),
    idsHash: yield* hashingTexts(products.map(({ id }) => id)),
  });
}

/** The deepest category of a product; −1 without any. */
export function closestCategory({ categories }: Catalog, row: number): number {
  for (let level = CATEGORY_LEVELS - 1; level > 0; level--) {
    const category = categories[row * CATEGORY_LEVELS + level]!;
    if (category >= 0) return category;
  }
  return categories[row * CATEGORY_LEVELS]!;
}

/** An id goes before other names, and an earlier product's name before a later one's. */
function* rowFinder(products: readonly Product[]): Steps<Catalog["rowOf"]> {
  const rows = new Map<string, number>();
  const addresses = new Map<string, number | undefined>();
  for (const [row, { id }] of products.entries()) {
    yield;
    rows.set(id, row);
  }
  for (const [row, { aliases = [], url }] of products.entries()) {
    yield;
    for (const name of [...aliases, url]) {
      if (name === undefined) continue;
      if (!rows.has(name)) rows.set(name, row);
      // What two products share is the name of neither.
      for (const key of addressKeys(name)) {
        addresses.set(key, !addresses.has(key) || addresses.get(key) === row ? row : undefined);
      }
    }
  }
  return (name) => {
    const row =
      rows.get(name) ?? addresses.get(addressKeys(name).find((key) => addresses.has(key))!);
    if (row !== undefined) return row;
    const within = idsWithin(name).flatMap((id) => rows.get(id) ?? []);
    return within.every((one) => one === within[0]) ? within[0] : undefined;
  };
}

/** The words by which titles are compared: lower case, letters and digits, two characters or more. */
export function wordsOf(title: string): string[] {
  return title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

function* wordColumns(products: readonly Product[]) {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const wordStarts = new Uint32Array(products.length + 1);
  const words: number[] = [];
  for (const [row, product] of products.entries()) {
    yield;
    const own = new Set(wordsOf(`${product.title} ${product.tags?.join(" ") ?? ""}`));
    for (const word of own) {
      const id = denseId(ids, word);
      counts[id] = (counts[id] ?? 0) + 1;
      words.push(id);
    }
    wordStarts[row + 1] = words.length;
  }
  const scale = Math.log(Math.max(2, products.length));
  const wordRarity = Float32Array.from(
    counts,
    (count) => Math.log(products.length / count) / scale,
  );
  return { wordStarts, words: Uint32Array.from(words), wordCount: ids.size, wordRarity };
}

function* rowsByCategory(categories: Int32Array, categoryCount: number): Steps<Uint32Array[]> {
  const members: number[][] = Array.from({ length: categoryCount }, () => []);
  for (const [index, category] of categories.entries()) {
    yield;
    members[category]?.push(Math.floor(index / CATEGORY_LEVELS));
  }
  return members.map((rows) => Uint32Array.from(rows));
}

function denseId(ids: Map<string, number>, key: string): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size);
  return ids.size - 1;
}
