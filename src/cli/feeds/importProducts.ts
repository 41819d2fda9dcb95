import { FieldError } from "../../engine/kit/fields.ts";
import type { Product } from "../../engine/shop/catalog.ts";
import { parseCatalog } from "../../engine/shop/parseCatalog.ts";
import type { FeedEntry } from "../../feeds/feedEntry.ts";

export interface Imported {
  products: Product[];
  rejected: { place: string; id: string | undefined; reason: string }[];
  /** Variants merged into another variant of their group. */
  variants: number;
}

/**
 * From a feed's rows to a catalog: each is checked as the browser will check it, variants of a group
 * become one product, and products of a category are adjacent.
 */
export function importProducts(entries: readonly FeedEntry[]): Imported {
  const rejected: Imported["rejected"] = [];
  const accepted: { product: Product; group: string | undefined }[] = [];
  const seen = new Set<string>();
  for (const { place, group, product } of entries) {
    const { read, id, reason } = check(product, seen);
    if (read === undefined) rejected.push({ place, id, reason });
    else accepted.push({ product: read, group });
  }
  const products = collapse(accepted);
  return { products: byCategory(products), rejected, variants: accepted.length - products.length };
}

function check(product: FeedEntry["product"], seen: Set<string>) {
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

/** The cheapest available variant represents its group; the ids of all variants become its aliases. */
function collapse(accepted: readonly { product: Product; group: string | undefined }[]): Product[] {
  const groups = new Map<string, Product[]>();
  for (const { product, group } of accepted) {
    const key = group === undefined ? `id ${product.id}` : `group ${group}`;
    groups.set(key, [...(groups.get(key) ?? []), product]);
  }
  return [...groups.values()].map((variants) => {
    const best = variants.reduce((left, right) => (isBetter(right, left) ? right : left));
    const others = variants.filter((variant) => variant !== best);
    const aliases = others.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
    if (aliases.length === 0) return best;
    return { ...best, aliases: [...new Set([...(best.aliases ?? []), ...aliases])] };
  });
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
