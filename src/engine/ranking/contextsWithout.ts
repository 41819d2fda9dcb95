import type { Source } from "../events/history.ts";
import { CATEGORY_LEVELS, type Catalog } from "../shop/catalog.ts";
import type { ItemPack } from "../shop/itemPack.ts";
import {
  aversionOf,
  type InputContext,
  meanLogPrice,
  type ShopperContext,
  sharesOf,
  type Visit,
  visitsOf,
} from "./shopperContext.ts";

/**
 * Computes the context without a source, limited to the sums that the inputs of one product use. Few
 * products are requested, so only the parts that visits share with them are summed, in the same order as
 * in a complete context, so that both agree bit for bit. The sums are in maps like those of a complete
 * context, which keeps the formulas fast for both.
 */
export function contextsWithout(
  context: ShopperContext,
): (source: Source, row: number) => InputContext {
  const traits = createTraits(context);
  const partial = new Map<number, PartialContext>();
  return (source, row) => {
    let found = partial.get(source.row);
    if (found === undefined) {
      found = contextWithout(context, source);
      partial.set(source.row, found);
      for (const visit of found.visits) traits.add(visit.row);
    }
    fillIn(found, row, traits.sharedWith(row));
    return found.context;
  };
}

/** A context with the sums for the requested products only. */
interface PartialContext {
  context: InputContext;
  /** The visits that it sums; empty if the context is complete. */
  visits: readonly Visit[];
  shares: readonly Visit[];
  sums?: Sums;
}

type Sums = Record<"coVisits" | Trait, Map<number, number>>;

function contextWithout(context: ShopperContext, source: Source): PartialContext {
  const { history, catalog, pack, at } = context;
  const left = history.without(source);
  const aversion =
    left.disliked === history.disliked ? context.aversion : aversionOf(left, context);
  if (left.recent === history.recent)
    return { context: { ...context, history: left, aversion }, visits: [], shares: [] };
  const visits = visitsOf(left, at);
  const shares = sharesOf(visits);
  const sums = {
    coVisits: new Map(),
    categories: new Map(),
    brands: new Map(),
    words: new Map(),
  };
  const { coVisits, ...attention } = sums;
  const logPrice = meanLogPrice(shares, catalog);
  const sources = { at, history: left, catalog, pack };
  return { context: { ...sources, coVisits, attention, aversion, logPrice }, visits, shares, sums };
}

function fillIn({ visits, shares, sums }: PartialContext, row: number, shared: Shared): void {
  if (sums === undefined) return;
  if (shared.similar.length > 0 && !sums.coVisits.has(row)) {
    sums.coVisits.set(row, pull(visits, shared.similar));
  }
  for (const { trait, id, rows } of shared.traits) {
    const known = sums[trait];
    if (!known.has(id)) known.set(id, shareOf(shares, rows));
  }
}

/** A visited product with the crowd's similarity to another, 0 to 1: see `ItemPack.strengths`. */
interface Similar {
  row: number;
  similarity: number;
}

type Trait = "categories" | "brands" | "words";

/** The parts that a product shares with visited ones. */
interface Shared {
  similar: readonly Similar[];
  /** Each part with the visited products that also have it. */
  traits: readonly { trait: Trait; id: number; rows: readonly number[] }[];
}

/** The visited products by category, brand, word and neighbor. */
function createTraits({ catalog, pack }: ShopperContext) {
  const visited: number[] = [];
  const rowsBy: Record<Trait, Map<number, number[]>> = {
    categories: new Map(),
    brands: new Map(),
    words: new Map(),
  };
  let last: { row: number; shared: Shared } | undefined;
  return {
    /** Adds a visited product. */
    add(row: number): void {
      if (visited.includes(row)) return;
      visited.push(row);
      last = undefined;
      eachTrait(catalog, row, (trait, id) => {
        const rows = rowsBy[trait].get(id);
        if (rows) rows.push(row);
        else rowsBy[trait].set(id, [row]);
      });
    },
    sharedWith(row: number): Shared {
      if (last?.row === row) return last.shared;
      const traits: { trait: Trait; id: number; rows: readonly number[] }[] = [];
      eachTrait(catalog, row, (trait, id) => {
        const rows = rowsBy[trait].get(id);
        if (rows) traits.push({ trait, id, rows });
      });
      last = { row, shared: { similar: similarTo(row, visited, pack), traits } };
      return last.shared;
    },
  };
}

function eachTrait(catalog: Catalog, row: number, visit: (trait: Trait, id: number) => void): void {
  for (let level = 0; level < CATEGORY_LEVELS; level++) {
    const category = catalog.categories[row * CATEGORY_LEVELS + level]!;
    if (category >= 0) visit("categories", category);
  }
  if (catalog.brands[row]! >= 0) visit("brands", catalog.brands[row]!);
  for (let index = catalog.wordStarts[row]!; index < catalog.wordStarts[row + 1]!; index++) {
    visit("words", catalog.words[index]!);
  }
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
  for (const visit of visits) {
    for (const { row, similarity } of similar) {
      if (row === visit.row) sum += visit.weight * similarity;
    }
  }
  return sum;
}

function shareOf(shares: readonly Visit[], rows: readonly number[]): number {
  let sum = 0;
  for (const { row, weight } of shares) if (rows.includes(row)) sum += weight;
  return sum;
}
