import type { Product } from "../engine/shop/catalog.ts";
import { majorUnits } from "./numberFormat.ts";

/** An item with the field names of GA4's e-commerce events. */
export interface Ga4Item {
  item_id: string;
  item_name: string;
  index: number;
  price: number;
  item_list_id: string;
  item_list_name: string;
  item_brand?: string;
  discount?: number;
  [category: `item_category${string}`]: string;
}

/** The argument of `dataLayer.push` or `gtag("event", …)` for a list or a chosen card of it. */
export interface Ga4Payload {
  event: "view_item_list" | "select_item";
  ecommerce: {
    item_list_id: string;
    item_list_name: string;
    currency?: string;
    items: Ga4Item[];
  };
}

/** Marks our own lists, which must not be captured as the shopper's interest. */
export const LIST_PREFIX = "vitrine_";

export interface ShownList {
  strategy: string;
  heading: string;
  /** All cards of the list, in order. */
  products: readonly Product[];
}

/** The payload for `products`, which are on `list`. */
export function ga4Payload(
  event: Ga4Payload["event"],
  list: ShownList,
  products: readonly Product[],
): Ga4Payload {
  const names = { item_list_id: LIST_PREFIX + list.strategy, item_list_name: list.heading };
  const currency = products[0]?.currency;
  const items = products.map((product) => ({ ...itemOf(product, list), ...names }));
  return { event, ecommerce: { ...names, ...(currency && { currency }), items } };
}

function itemOf(product: Product, { products }: ShownList) {
  const { id, title, brand, priceMinor, listPriceMinor, currency, categoryPath } = product;
  const categories = categoryPath
    .slice(0, 5)
    .map((name, level) => [`item_category${level === 0 ? "" : level + 1}`, name]);
  return {
    item_id: id,
    item_name: title,
    index: products.indexOf(product),
    price: majorUnits(priceMinor, currency),
    ...(brand !== undefined && { item_brand: brand }),
    ...(listPriceMinor !== undefined && {
      discount: majorUnits(listPriceMinor - priceMinor, currency),
    }),
    ...Object.fromEntries(categories),
  };
}
