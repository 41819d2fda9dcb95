import { decayed } from "../events/history.ts";
import { INPUTS } from "../network/network.ts";
import { CATEGORY_LEVELS, closestCategory } from "../shop/catalog.ts";
import type { InputContext, Traits } from "./shopperContext.ts";

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
 * This shopper's own history with the product: 1 − (1 − lately) · (1 − habit). lately = a /
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
  return 1 - (1 - lately) * (1 - regularly);
}

/** The log-odds of `contentFit` while nothing that the shopper likes is known. */
const UNKNOWN_FIT = -0.85;

/**
 * Similarity to the recent products, the only signal for a brand-new product: a logistic function of the
 * attention shares of the product's department, aisle, category and brand, the match of its title words,
 * and the closeness of its price (alone, and within the category), minus the logarithm of the category's
 * size, because each of a few similar products is likelier to be visited, and minus the same similarity
 * to the disliked products. In (0, 1); without recent products .3, less that similarity. The weights were
 * fitted on real sessions (bench/ABLATION.md).
 */
export function contentFit(context: InputContext, row: number): number {
  const { aversion } = context;
  const against = aversion === undefined ? 0 : alike(context, aversion, row);
  return 1 / (1 + Math.exp(against - fitOf(context, row)));
}

function fitOf(context: InputContext, row: number): number {
  const { catalog, attention, logPrice } = context;
  if (logPrice === undefined) return UNKNOWN_FIT;
  const leaf = closestCategory(catalog, row);
  const price = Math.exp(-2 * Math.abs(catalog.logPrices[row]! - logPrice));
  const kin = leaf < 0 ? catalog.size : catalog.rowsIn(leaf).length;
  return (
    alike(context, attention, row) +
    0.6 * price +
    1.1 * weightOf(attention.categories, leaf) * price -
    0.33 * Math.log(kin) -
    1
  );
}

/** What the product has in common with others: their department, aisle, category, brand and title words. */
function alike({ catalog }: InputContext, traits: Traits, row: number): number {
  const { categories, brands } = traits;
  const from = row * CATEGORY_LEVELS;
  return (
    1.1 * weightOf(categories, catalog.categories[from]!) +
    0.2 * weightOf(categories, catalog.categories[from + 1]!) +
    0.9 * weightOf(categories, closestCategory(catalog, row)) +
    0.7 * weightOf(brands, catalog.brands[row]!) +
    4 * titleFit(catalog, traits, row)
  );
}

/** @param id −1: the product has no such trait. */
function weightOf(weights: ReadonlyMap<number, number>, id: number): number {
  return weights.get(id) ?? 0;
}

/** Rarity-weighted share of the product's title words that also occur in the others' titles. */
function titleFit(catalog: InputContext["catalog"], { words }: Traits, row: number): number {
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
