import { decayed } from "../events/history.ts";
import { INPUTS } from "../network/network.ts";
import { CATEGORY_LEVELS, closestCategory } from "../shop/catalog.ts";
import type { InputContext } from "./shopperContext.ts";

/**
 * The four inputs of (context, product), each a pure function scaled to [0, 1]; [rows.length × 4] for
 * many products. If you change a formula, also change its version in `FEATURE_LAYOUT_HASH`
 * (`networkFile.ts`).
 */
export function inputsOf(context: InputContext, rows: ArrayLike<number>): Float32Array {
  const inputs = new Float32Array(rows.length * INPUTS);
  for (let index = 0; index < rows.length; index++) {
    writeInputs(context, rows[index]!, inputs, index * INPUTS);
  }
  return inputs;
}

/** `inputsOf` a single product. @param inputs receives 4 values from `offset`. */
export function writeInputs(
  context: InputContext,
  row: number,
  inputs: Float32Array,
  offset: number,
): void {
  inputs[offset] = coVisitation(context, row);
  inputs[offset + 1] = ownHistory(context, row);
  inputs[offset + 2] = contentFit(context, row);
  inputs[offset + 3] = popularity(context, row);
}

/** Crowd pull at which the input reaches one half. */
const HALF_PULL = 0.15;

/**
 * How often shoppers of the recent products also visited this one: x / (x + 0.15) with x = Σ over recent
 * products of weight × similarity.
 */
export function coVisitation(context: InputContext, row: number): number {
  const pull = context.coVisits.get(row) ?? 0;
  return pull / (pull + HALF_PULL);
}

/** Affinity at which half of `lately` is reached: half a view. */
const HALF_AFFINITY = 0.5;

/**
 * This shopper's own history with the product: (1 − (1 − lately) · (1 − habit)) · fatigue. lately = a /
 * (a + ½) · (¼ + ¾ / (1 + steps / 4)), with a the decayed sum of event strengths and steps the
 * interactions with other products since. habit = h / (h + n + 1), with h and n the sums of 0.9^age over
 * the orders that held the product and over all orders, the age counted in orders: so a product bought
 * every second month is recognized as well as one bought every second day.
 */
export function ownHistory({ history, at }: InputContext, row: number): number {
  const past = history.pastWith(row);
  if (past === undefined) return 0;
  const { product, interactionsSince, habit } = past;
  const affinity = decayed(product, at);
  const recency = 0.25 + 0.75 / (1 + 0.25 * interactionsSince);
  const lately = (affinity / (affinity + HALF_AFFINITY)) * recency;
  const regularly = habit.own / (habit.own + habit.all + 1);
  return (1 - (1 - lately) * (1 - regularly)) * fatigue(product.ignoredImpressions);
}

/** Three impressions without a click are free; each further one reduces the interest. */
export function fatigue(ignoredImpressions: number): number {
  return 1 / (1 + 0.15 * Math.max(0, ignoredImpressions - 3));
}

/**
 * Similarity to the recent products, the only signal for a brand-new product: a logistic function of the
 * attention shares of the product's department, aisle, category and brand, the match of its title words,
 * and the closeness of its price (alone, and within the category), minus the logarithm of the category's
 * size, because each of a few similar products is likelier to be visited. In (0, 1); 0 without recent
 * products. The weights were fitted on real sessions (bench/ABLATION.md).
 */
export function contentFit(context: InputContext, row: number): number {
  if (context.logPrice === undefined) return 0;
  const { catalog } = context;
  const department = recencyShare(context, row, 0);
  const aisle = recencyShare(context, row, 1);
  const leaf = closestCategory(catalog, row);
  const category = leaf < 0 ? 0 : (context.categories.get(leaf) ?? 0);
  const brand = context.brands.get(catalog.brands[row]!) ?? 0;
  const price = Math.exp(-2 * Math.abs(catalog.logPrices[row]! - context.logPrice));
  const alike = leaf < 0 ? catalog.size : catalog.rowsIn(leaf).length;
  const evidence =
    1.1 * department +
    0.2 * aisle +
    0.9 * category +
    0.7 * brand +
    4 * titleFit(context, row) +
    0.6 * price +
    1.1 * category * price -
    0.33 * Math.log(alike) -
    1;
  return 1 / (1 + Math.exp(-evidence));
}

/** The attention share of the product's category at a level (0: its department). */
function recencyShare({ catalog, categories }: InputContext, row: number, level: number): number {
  const category = catalog.categories[row * CATEGORY_LEVELS + level]!;
  return category < 0 ? 0 : (categories.get(category) ?? 0);
}

/** Rarity-weighted share of the product's title words that also occur in the recent products' titles. */
function titleFit({ catalog, words }: InputContext, row: number): number {
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
export function popularity({ pack, catalog }: InputContext, row: number): number {
  const { priceMinor, listPriceMinor } = catalog.products[row]!;
  const discount = listPriceMinor === undefined ? 0 : 1 - priceMinor / listPriceMinor;
  const popular = pack.popularity[row]! / 255;
  return popular + (1 - popular) * 0.1 * discount;
}
