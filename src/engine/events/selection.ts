import { FieldError, type Fields, integer, list, object, text } from "../kit/fields.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { KeptEvent, ShopEvent } from "./shopEvent.ts";
import { itemsOf } from "./shopEvent.ts";

/** A part of the log that a shopper may delete or mute. */
export type Selection =
  /** The number of one event. */
  | { seq: number }
  | { productId: string }
  /** A category and its subcategories, as a path: `["Kitchen"]`, `["Kitchen", "Coffee"]`. */
  | { category: string[] };

/** Products and categories that the shopper muted; a single muted event carries its own mark. */
export interface Muted {
  products: readonly string[];
  categories: readonly (readonly string[])[];
}

export const NOTHING_MUTED: Muted = { products: [], categories: [] };

/** @throws {FieldError} unless it names exactly one part. */
export function parseSelection(value: unknown): Selection {
  const { seq, productId, category }: Fields = object(value, "selection");
  const named = [seq, productId, category].filter((field) => field !== undefined);
  if (named.length !== 1) {
    throw new FieldError("selection", value, "one of seq, productId and category");
  }
  if (seq !== undefined) return { seq: integer(seq, "seq", { min: 1, max: 2 ** 53 }) };
  if (productId !== undefined) return { productId: text(productId, "productId") };
  return { category: parseCategory(category, "category") };
}

export function parseMuted(value: unknown): Muted {
  const fields = object(value, "muted");
  const max = { min: 0, max: 10_000 };
  return {
    products: list(fields.products, "muted.products", max, (id, field) => text(id, field)),
    categories: list(fields.categories, "muted.categories", max, parseCategory),
  };
}

function parseCategory(value: unknown, field: string): string[] {
  return list(value, field, { min: 1, max: 10 }, (name, at) => text(name, at));
}

/** Whether a product is selected; for categories, only the catalog's products are known. */
export function productsIn(catalog: Catalog, { products, categories }: Muted) {
  const ids = new Set(products);
  return (productId: string): boolean => {
    if (ids.has(productId)) return true;
    if (categories.length === 0) return false;
    const row = catalog.rowOf(productId);
    const path = row === undefined ? [] : catalog.products[row]!.categoryPath;
    return categories.some((category) => category.every((name, level) => name === path[level]));
  };
}

/**
 * The event without some products: the same object if it names none of them, undefined if none is left. A cart
 * without products is still the cart that the shop shows.
 */
export function withoutProducts<Event extends ShopEvent>(
  event: Event,
  isMeant: (productId: string) => boolean,
): Event | undefined {
  const items = itemsOf(event);
  const left = items.filter(({ productId }) => !isMeant(productId));
  if (left.length === items.length) return event;
  if (left.length === 0 && event.type !== "cart") return undefined;
  return event.type === "impression"
    ? { ...event, ...shownWithout(event, isMeant) }
    : { ...event, items: left };
}

/** Placements are parallel to their products and are removed with them. */
function shownWithout(
  { productIds, placements }: ShopEvent & { type: "impression" },
  isMeant: (productId: string) => boolean,
) {
  return {
    productIds: productIds.filter((id) => !isMeant(id)),
    ...(placements && { placements: placements.filter((_, at) => !isMeant(productIds[at]!)) }),
  };
}

/** Whether an event can change a card. A search cannot, so it is not stored either. */
export function isOfUse({ type }: ShopEvent): boolean {
  return type !== "search";
}

/** The part of an event that counts: nothing of a muted event, and no muted products. */
export function countedPart<Event extends KeptEvent>(
  event: Event,
  isMuted: (productId: string) => boolean,
): Event | undefined {
  return event.muted ? undefined : withoutProducts(event, isMuted);
}

/** `muted` with a product or category added or removed. */
export function withMuted(muted: Muted, selection: Selection, isMuted: boolean): Muted {
  const { products, categories } = muted;
  if ("productId" in selection) {
    const others = products.filter((id) => id !== selection.productId);
    return { categories, products: isMuted ? [...others, selection.productId] : others };
  }
  if ("seq" in selection) return muted;
  const key = JSON.stringify(selection.category);
  const others = categories.filter((category) => JSON.stringify(category) !== key);
  return { products, categories: isMuted ? [...others, selection.category] : others };
}
