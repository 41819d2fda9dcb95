import { CATEGORY_LEVELS } from "../shop/catalog.ts";
import { firstTimeOnly } from "../shop/firstTimeOnly.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import type { ShopperContext } from "./shopperContext.ts";

/** How many of the most popular products are always candidates. */
const POPULAR_CANDIDATES = 200;
/** The most products taken from one category, so that a huge department stays affordable. */
const CATEGORY_CANDIDATES = 1500;

/**
 * The products worth scoring now: those with a non-zero input (the crowd's neighbors of the recent
 * products, the shopper's own, the same categories) and the most popular. Distinct rows, in no order.
 */
export function candidatesOf(context: ShopperContext, popularRows: Uint32Array): Uint32Array {
  const { history } = context;
  const popular = popularRows.subarray(0, POPULAR_CANDIDATES);
  return new Uint32Array(distinct(context, [...similar(context), history.own.keys(), popular]));
}

/** The crowd's neighbors of the recent products, and products of the same categories. */
export function similarProducts(context: ShopperContext): number[] {
  return distinct(context, similar(context));
}

function similar(context: ShopperContext): Iterable<number>[] {
  const { recent } = context.history;
  return [context.coVisits.keys(), ...recent.map(({ row }) => categoryAround(context, row))];
}

/** All rows, each once, in the order in which they first come. */
function distinct({ catalog }: ShopperContext, lists: readonly Iterable<number>[]): number[] {
  const isNew = firstTimeOnly(catalog.size);
  const rows: number[] = [];
  for (const list of lists) for (const row of list) if (isNew(row)) rows.push(row);
  return rows;
}

/** Rows by falling popularity; ties in catalog order. */
export function rowsByPopularity({ popularity }: ItemPack): Uint32Array {
  // A counting sort: a byte has few values, and the order of a large catalog is needed quickly.
  const places = new Uint32Array(257);
  for (const value of popularity) places[256 - value]!++;
  for (let place = 1; place < places.length; place++) places[place]! += places[place - 1]!;
  const rows = new Uint32Array(popularity.length);
  popularity.forEach((value, row) => {
    rows[places[255 - value]!++] = row;
  });
  return rows;
}

/** The smallest category around a product that offers some choice. */
function categoryAround({ catalog }: ShopperContext, row: number): Uint32Array {
  for (let level = CATEGORY_LEVELS - 1; level >= 0; level--) {
    const category = catalog.categories[row * CATEGORY_LEVELS + level]!;
    if (category < 0) continue;
    const rows = catalog.rowsIn(category);
    if (rows.length >= 12 || level === 0) return rows.subarray(0, CATEGORY_CANDIDATES);
  }
  return new Uint32Array(0);
}
