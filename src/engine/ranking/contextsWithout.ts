import type { Source } from "../events/history.ts";
import { CATEGORY_LEVELS, type Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import {
  type InputContext,
  type ShopperContext,
  sharesOf,
  type Visit,
  visitsOf,
} from "./shopperContext.ts";

/**
 * Hands out the context as if a source had never been. Few products will be asked for: their sums are
 * formed when asked for, over the visits that share something with the product, and in the order in
 * which a whole context sums, so that both agree to the last bit.
 */
export function contextsWithout(context: ShopperContext): (source: Source) => InputContext {
  const { history, catalog, pack, at } = context;
  const shared = sharedTraits(catalog, pack);
  return (source) => {
    const left = history.without(source);
    if (left.recent === history.recent) return { ...context, history: left };
    const visits = visitsOf(left, at);
    const shares = sharesOf(visits);
    for (const { row } of visits) shared.add(row);
    return {
      at,
      history: left,
      catalog,
      pack,
      coVisits: { get: (to) => pull(visits, shared.similarTo(to)) },
      categories: { get: (id) => shareOf(shares, shared.categories.get(id)) },
      brands: { get: (id) => shareOf(shares, shared.brands.get(id)) },
      words: { get: (id) => shareOf(shares, shared.words.get(id)) },
      logPrice: meanLogPrice(shares, catalog),
    };
  };
}

/** A product that the crowd finds similar to another, 0 to 1: see `ItemPack.strengths`. */
interface Similar {
  row: number;
  similarity: number;
}

/** Which of the visited products have a category, a brand, a word or a neighbor. */
interface SharedTraits {
  /** Notes a visited product. */
  add(row: number): void;
  /** The products, by id. */
  readonly categories: ReadonlyMap<number, readonly number[]>;
  readonly brands: ReadonlyMap<number, readonly number[]>;
  readonly words: ReadonlyMap<number, readonly number[]>;
  /** Those that pull towards a product. */
  similarTo(row: number): readonly Similar[];
}

function sharedTraits(catalog: Catalog, pack: ItemPack): SharedTraits {
  const rows: number[] = [];
  const categories = new Map<number, number[]>();
  const brands = new Map<number, number[]>();
  const words = new Map<number, number[]>();
  let similar: { to: number; rows: Similar[] } | undefined;
  return {
    add(row) {
      if (rows.includes(row)) return;
      rows.push(row);
      similar = undefined;
      for (let level = 0; level < CATEGORY_LEVELS; level++) {
        note(categories, catalog.categories[row * CATEGORY_LEVELS + level]!, row);
      }
      note(brands, catalog.brands[row]!, row);
      for (let index = catalog.wordStarts[row]!; index < catalog.wordStarts[row + 1]!; index++) {
        note(words, catalog.words[index]!, row);
      }
    },
    categories,
    brands,
    words,
    similarTo(to) {
      if (similar?.to !== to) similar = { to, rows: similarTo(to, rows, pack) };
      return similar.rows;
    },
  };
}

function note(rowsBy: Map<number, number[]>, id: number, row: number): void {
  if (id < 0) return;
  const rows = rowsBy.get(id);
  if (rows) rows.push(row);
  else rowsBy.set(id, [row]);
}

function similarTo(
  to: number,
  rows: readonly number[],
  { starts, neighbors, strengths }: ItemPack,
): Similar[] {
  const similar: Similar[] = [];
  for (const row of rows) {
    let similarity = 0;
    for (let index = starts[row]!; index < starts[row + 1]!; index++) {
      if (neighbors[index] === to) similarity += (strengths[index]! / 255) ** 2;
    }
    if (similarity > 0) similar.push({ row, similarity });
  }
  return similar;
}

function pull(visits: readonly Visit[], similar: readonly Similar[]): number {
  let sum = 0;
  if (similar.length === 0) return sum;
  for (const visit of visits) {
    for (const { row, similarity } of similar) {
      if (row === visit.row) sum += visit.weight * similarity;
    }
  }
  return sum;
}

function shareOf(shares: readonly Visit[], rows: readonly number[] | undefined): number {
  let sum = 0;
  if (rows === undefined) return sum;
  for (const { row, weight } of shares) if (rows.includes(row)) sum += weight;
  return sum;
}

function meanLogPrice(shares: readonly Visit[], { logPrices }: Catalog): number | undefined {
  if (shares.length === 0) return undefined;
  return shares.reduce((sum, { row, weight }) => sum + weight * logPrices[row]!, 0);
}
