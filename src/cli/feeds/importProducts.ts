import { FieldError } from "../../engine/kit/fields.ts";
import type { Product } from "../../engine/shop/catalog.ts";
import { parseCatalog } from "../../engine/shop/parseCatalog.ts";
import { type FeedEntry, LeftOut } from "../../feeds/feedEntry.ts";
import { ownNames } from "../../feeds/ownNames.ts";

export interface Imported {
  products: Product[];
  rejected: { place: string; id: string | undefined; reason: string }[];
  /** Rows that are products but not for sale, by reason: "draft". */
  leftOut: Record<string, number>;
  /** Variants merged into another one of their group. */
  variants: number;
  /** Corrections to rows that were kept, each with its count. */
  notes: string[];
}

interface Accepted {
  product: Product;
  group: string | undefined;
  sharedNames: readonly string[];
  isUnnamed: boolean;
}

/**
 * From a feed's rows to a catalog: each is checked as the browser will check it, variants of a group
 * become one product, and products of the same category are adjacent.
 */
export function importProducts(entries: readonly FeedEntry[]): Imported {
  const rejected: Imported["rejected"] = [];
  const accepted: Accepted[] = [];
  const leftOut = new Map<string, number>();
  const notes = new Map<string, number>();
  const seen = new Set<string>();
  for (const entry of entries) {
    const { place, group, product, sharedNames = [], isUnnamed = false, notes: said = [] } = entry;
    if (product instanceof LeftOut) {
      count(leftOut, product.reason);
      continue;
    }
    const { read, id, reason } = check(product, seen);
    if (read === undefined) {
      rejected.push({ place, id, reason });
      continue;
    }
    for (const note of said) count(notes, note);
    accepted.push({ product: read, group, sharedNames, isUnnamed });
  }
  const products = collapse(accepted);
  return {
    products: byCategory(products),
    rejected,
    leftOut: Object.fromEntries(leftOut),
    variants: accepted.length - products.length,
    notes: [...notes].map(([note, rows]) => `${rows} ${rows === 1 ? "row" : "rows"}: ${note}`),
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function check(product: Record<string, unknown> | FieldError, seen: Set<string>) {
  const { catalog, rejected } = parseCatalog([product]);
  const [read] = catalog.products;
  const id = read?.id ?? rejected[0]?.id;
  if (read !== undefined && seen.has(read.id)) {
    const reason = withoutName(new FieldError("id", read.id, "an id not used before").message);
    return { read: undefined, id, reason };
  }
  if (read !== undefined) seen.add(read.id);
  return { read, id, reason: withoutName(rejected[0]?.reason.message ?? "") };
}

/** Drops the "Vitrine:" prefix, which messages need on a page but not in the command. */
export function withoutName(message: string): string {
  return message.replace(/^Vitrine: /, "");
}

/** The cheapest variant that can be bought is shown for its group; the names of all variants lead to it. */
function collapse(accepted: readonly Accepted[]): Product[] {
  const groups = new Map<string, Accepted[]>();
  for (const one of accepted) {
    const key = keyOf(one);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [one]);
    else members.push(one);
  }
  const isOwn = ownNames(accepted, keyOf);
  return [...groups.values()].map((variants) => joined(variants, isOwn));
}

function keyOf({ product, group }: Accepted): string {
  return group === undefined ? `id ${product.id}` : `group ${group}`;
}

function joined(variants: readonly Accepted[], isOwn: (name: string) => boolean): Product {
  const { product: cheapest } = variants.reduce((left, right) =>
    isBetter(right.product, left.product) ? right : left,
  );
  const named = variants.find(({ isUnnamed }) => !isUnnamed)!.product;
  const isNamed = variants.some(({ product, isUnnamed }) => product === cheapest && !isUnnamed);
  const best = isNamed ? cheapest : { ...cheapest, id: named.id };
  const shared = variants.flatMap(({ sharedNames }) => sharedNames.filter(isOwn));
  const groups = variants.flatMap(({ group }) => group ?? []);
  const names = variants.flatMap(({ product: { id, aliases = [], url }, isUnnamed }) => [
    ...(isUnnamed ? [] : [id]),
    ...aliases,
    ...(url === undefined ? [] : [url]),
  ]);
  const aliases = new Set([...(best.aliases ?? []), ...names, ...groups, ...shared]);
  aliases.delete(best.id);
  if (best.url !== undefined) aliases.delete(best.url);
  return aliases.size === 0 ? best : { ...best, aliases: [...aliases] };
}

function isBetter(left: Product, right: Product): boolean {
  const soldOut = Number(left.stock === 0) - Number(right.stock === 0);
  return soldOut < 0 || (soldOut === 0 && left.priceMinor < right.priceMinor);
}

/** Shoppers then load fewer parts of an item pack. */
function byCategory(products: readonly Product[]): Product[] {
  const keys = new Map(products.map((product) => [product, product.categoryPath.join("\u0000")]));
  return [...products].sort((left, right) => {
    const [one = "", other = ""] = [keys.get(left), keys.get(right)];
    return one < other ? -1 : one > other ? 1 : 0;
  });
}
