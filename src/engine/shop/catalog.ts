import { hashTexts } from "../kit/hash.ts";

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
  /** Units in stock; 0 is sold out. Absent means unknown, which counts as available. */
  stock?: number;
  tags?: string[];
  /** Mean stars (1 to 5) and the number of ratings. */
  rating?: { value: number; count: number };
  description?: string;
  image?: { src: string; alt: string };
  url?: string;
  /** ISO date on which it joined the catalog. */
  addedAt?: string;
  /** People buy it again when it is used up (coffee, diapers). */
  rebuyable?: boolean;
  /** Ids of products that complete this one (the blades of a razor), the best first. */
  companions?: string[];
  /** Products of one group are variants (sizes, colors) of one thing; a shelf shows one of them. */
  groupId?: string;
}

/** Category levels kept per product; deeper levels are ignored by the recommender. */
export const CATEGORY_LEVELS = 4;

/**
 * The catalog as columns: the facts of product `row` are at index `row` of each. It is built once, then
 * only read. Ids of categories, brands and words are dense integers from 0.
 */
export interface Catalog {
  readonly products: readonly Product[];
  readonly size: number;
  /** Row of a product by its id, one of its aliases or its `url`, or undefined; see `withOtherNames`. */
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
  /** When a product joined the catalog, milliseconds since 1970; −∞ if unknown. */
  readonly addedAt: Float64Array;
  /** Words of title and tags; those of `row` are `words[wordStarts[row] … wordStarts[row + 1]]`. */
  readonly wordStarts: Uint32Array;
  readonly words: Uint32Array;
  readonly wordCount: number;
  /** How rare a word is: ln(products / products with it), scaled to at most 1. */
  readonly wordRarity: Float32Array;
  /** Rows of each category id, most specific use: see `rowsIn`. */
  rowsIn(categoryId: number): Uint32Array;
  /** FNV-1a hash of the ids in order; an item pack stores the hash of the catalog it was made for. */
  readonly idsHash: number;
}

/** How long a product counts as new after it joined the catalog. */
export const NEW_MS = 30 * 86_400_000;

/** A product ordered within this time is treated as if it were still in the cart. */
export const JUST_BOUGHT_MS = 86_400_000;

/** Whether a purchased product may be recommended again. */
export function isWantedAgain({ rebuyable }: Product, boughtAt: number, at: number): boolean {
  return rebuyable !== false && at - boughtAt >= JUST_BOUGHT_MS;
}

/** Builds the columns. The products must have distinct ids. */
export function createCatalog(products: readonly Product[]): Catalog {
  const builder = createCatalogBuilder();
  for (const product of products) builder.add(product);
  return builder.finish();
}

/** Builds a catalog product by product, so that the caller can pause in between. */
export interface CatalogBuilder {
  /** Adds a product, whose id must be unique. */
  add(product: Product): void;
  finish(): Catalog;
}

export function createCatalogBuilder(): CatalogBuilder {
  const products: Product[] = [];
  const names = createNames();
  const categories = createCategories();
  const words = createWords();
  const brandIds = new Map<string, number>();
  const groupIds = new Map<string, number>();
  const brands: number[] = [];
  const groups: number[] = [];
  const logPrices: number[] = [];
  const addedAt: number[] = [];
  let idsHash: number | undefined;
  return {
    add(product) {
      const { id, brand, groupId } = product;
      const row = products.push(product) - 1;
      names.add(product, row);
      categories.add(product, row);
      words.add(product);
      brands.push(brand === undefined ? -1 : denseId(brandIds, brand.toLowerCase()));
      groups.push(groupId === undefined ? -1 : denseId(groupIds, groupId));
      logPrices.push(Math.log1p(product.priceMinor / 100));
      addedAt.push(product.addedAt ? Date.parse(product.addedAt) : Number.NEGATIVE_INFINITY);
      idsHash = hashTexts([id], idsHash);
    },
    finish: () =>
      Object.freeze({
        products,
        size: products.length,
        rowOf: names.rowOf,
        ...categories.finish(),
        brands: new Int32Array(brands),
        brandCount: brandIds.size,
        groups: new Int32Array(groups),
        logPrices: new Float32Array(logPrices),
        addedAt: new Float64Array(addedAt),
        ...words.finish(products.length),
        idsHash: idsHash ?? hashTexts([]),
      }),
  };
}

/** The deepest category of a product; −1 if it has none. */
export function closestCategory({ categories }: Catalog, row: number): number {
  for (let level = CATEGORY_LEVELS - 1; level > 0; level--) {
    const category = categories[row * CATEGORY_LEVELS + level]!;
    if (category >= 0) return category;
  }
  return categories[row * CATEGORY_LEVELS]!;
}

/** Ids win over other names, and names of earlier products win over those of later ones. */
function createNames() {
  const byId = new Map<string, number>();
  const byName = new Map<string, number>();
  return {
    add({ id, aliases = [], url }: Product, row: number): void {
      byId.set(id, row);
      for (const name of [...aliases, url]) {
        if (name !== undefined && !byName.has(name)) byName.set(name, row);
      }
    },
    rowOf: (name: string) => byId.get(name) ?? byName.get(name),
  };
}

/** `CATEGORY_LEVELS` ids per row, and the rows of each id. */
function createCategories() {
  const ids = new Map<string, number>();
  const categories: number[] = [];
  const members: number[][] = [];
  return {
    add({ categoryPath }: Product, row: number): void {
      for (let level = 0; level < CATEGORY_LEVELS; level++) {
        const isNamed = level < categoryPath.length;
        const key = categoryPath.slice(0, level + 1).join("\u0000");
        const id = isNamed ? denseId(ids, key) : -1;
        if (id === members.length) members.push([]);
        members[id]?.push(row);
        categories.push(id);
      }
    },
    finish() {
      const rows = members.map((own) => new Uint32Array(own));
      return {
        categories: new Int32Array(categories),
        categoryCount: ids.size,
        rowsIn: (categoryId: number) => rows[categoryId] ?? new Uint32Array(0),
      };
    },
  };
}

/** The words for comparing titles: lower case, letters and digits, two characters or more. */
export function wordsOf(title: string): string[] {
  return title.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

function createWords() {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const words: number[] = [];
  const wordStarts = [0];
  return {
    add({ title, tags = [] }: Product): void {
      for (const word of new Set(wordsOf(`${title} ${tags.join(" ")}`))) {
        const id = denseId(ids, word);
        counts[id] = (counts[id] ?? 0) + 1;
        words.push(id);
      }
      wordStarts.push(words.length);
    },
    finish(size: number) {
      const scale = Math.log(Math.max(2, size));
      const rarity = counts.map((count) => Math.log(size / count) / scale);
      return {
        wordStarts: new Uint32Array(wordStarts),
        words: new Uint32Array(words),
        wordCount: ids.size,
        wordRarity: new Float32Array(rarity),
      };
    },
  };
}

function denseId(ids: Map<string, number>, key: string): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size);
  return ids.size - 1;
}
