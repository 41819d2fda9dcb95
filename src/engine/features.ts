import { CATEGORY_LEVELS } from "./catalog.ts";
import { decayed } from "./history.ts";
import type { Moment } from "./moment.ts";
import { INPUTS } from "./network.ts";

/**
 * The four inputs of (moment, product), each a pure function scaled to [0, 1]. Change a formula and
 * its version in `FEATURE_LAYOUT_HASH` (`networkFile.ts`) must change with it.
 */
export function writeInputs(
  moment: Moment,
  row: number,
  inputs: Float32Array,
  offset: number,
): void {
  inputs[offset] = coVisitation(moment, row);
  inputs[offset + 1] = ownHistory(moment, row);
  inputs[offset + 2] = contentFit(moment, row);
  inputs[offset + 3] = popularity(moment, row);
}

/** Inputs of many products, [rows.length × 4]. */
export function inputsOf(moment: Moment, rows: ArrayLike<number>): Float32Array {
  const inputs = new Float32Array(rows.length * INPUTS);
  for (let index = 0; index < rows.length; index++) {
    writeInputs(moment, rows[index]!, inputs, index * INPUTS);
  }
  return inputs;
}

/** Crowd pull at which the input reaches one half. */
const HALF_PULL = 0.1;

/**
 * How often shoppers of the products in hand also went to this one:
 * x / (x + 0.1) with x = Σ over recent products of weight × similarity.
 */
export function coVisitation(moment: Moment, row: number): number {
  const pull = moment.coVisits.get(row) ?? 0;
  return pull / (pull + HALF_PULL);
}

/**
 * This shopper's own past with the product: a / (a + 2) · (¼ + ¾ / (1 + steps / 4)) · fatigue, with
 * a the decayed sum of event strengths and steps the turns to other products since.
 */
export function ownHistory(moment: Moment, row: number): number {
  const product = moment.history.own.get(row);
  if (product === undefined || product.visits === 0) return 0;
  const affinity = decayed(product, moment.at);
  const steps = moment.history.interactions - product.lastInteraction;
  const recency = 0.25 + 0.75 / (1 + 0.25 * steps);
  return (affinity / (affinity + 2)) * recency * fatigue(product.ignoredImpressions);
}

/** Three showings without a click are free; each further one wears the interest off. */
export function fatigue(ignoredImpressions: number): number {
  return 1 / (1 + 0.15 * Math.max(0, ignoredImpressions - 3));
}

/**
 * Likeness to what is being looked at: category (deepest shared level counts most), brand, title
 * words and price. The only path for a brand-new product.
 */
export function contentFit(moment: Moment, row: number): number {
  if (moment.logPrice === undefined) return 0;
  const category = categoryFit(moment, row);
  const brand = moment.brands.get(moment.catalog.brands[row]!) ?? 0;
  const title = titleFit(moment, row);
  const price = Math.exp(-Math.abs(moment.catalog.logPrices[row]! - moment.logPrice));
  return 0.4 * category + 0.15 * brand + 0.25 * title + 0.2 * category * price;
}

/** Σ over levels of attention share × 2^level, normalised by the product's own depth. */
function categoryFit({ catalog, categories }: Moment, row: number): number {
  let fit = 0;
  let most = 0;
  for (let level = 0; level < CATEGORY_LEVELS; level++) {
    const category = catalog.categories[row * CATEGORY_LEVELS + level]!;
    if (category < 0) break;
    fit += 2 ** level * (categories.get(category) ?? 0);
    most += 2 ** level;
  }
  return most === 0 ? 0 : fit / most;
}

/** Rarity-weighted share of the product's title words that the recent products' titles hold. */
function titleFit({ catalog, words }: Moment, row: number): number {
  let shared = 0;
  let all = 0;
  for (let index = catalog.wordStarts[row]!; index < catalog.wordStarts[row + 1]!; index++) {
    const word = catalog.words[index]!;
    const rarity = catalog.wordRarity[word]!;
    shared += rarity * (words.get(word) ?? 0);
    all += rarity;
  }
  return all === 0 ? 0 : shared / all;
}

/** Recent popularity from the pack, a little higher when the product is discounted. */
export function popularity({ pack, catalog }: Moment, row: number): number {
  const { priceMinor, listPriceMinor } = catalog.products[row]!;
  const discount = listPriceMinor === undefined ? 0 : 1 - priceMinor / listPriceMinor;
  const popular = pack.popularity[row]! / 255;
  return popular + (1 - popular) * 0.1 * discount;
}
