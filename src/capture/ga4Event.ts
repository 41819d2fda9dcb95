import { type PageEvent, type ProductRefs, UNNUMBERED_ORDER } from "./pageEvent.ts";
import { entriesOf, fieldOf, quantityOf, textOf } from "./pageValue.ts";

/** Our own lists say so in their id (`ga4Payload.ts`): what we show is no sign of interest. */
const OWN_LIST = /^vitrine_/;

interface Item {
  product: ProductRefs;
  quantity: number;
}

/** GA4's recommended e-commerce events, by name. */
const READERS: Record<string, (items: Item[], params: unknown) => PageEvent[]> = {
  view_item: (items) => items.map(({ product }) => ({ type: "view", product })),
  view_item_list: (items, params) => {
    const isOwn = OWN_LIST.test(textOf(fieldOf(params, "item_list_id")) ?? "");
    if (isOwn || items.length === 0) return [];
    return [{ type: "impression", products: items.map(({ product }) => product) }];
  },
  add_to_cart: (items) => items.map((item) => ({ type: "add_to_cart", ...item })),
  remove_from_cart: (items) => items.map((item) => ({ type: "remove_from_cart", ...item })),
  add_to_wishlist: (items) =>
    items.map(({ product }) => ({ type: "wishlist", product, saved: true })),
  purchase: (items, params) => {
    const orderId = textOf(fieldOf(params, "transaction_id")) ?? UNNUMBERED_ORDER;
    return items.length === 0 ? [] : [{ type: "purchase", orderId, items }];
  },
  search: searchIn,
  view_search_results: searchIn,
};

function searchIn(_items: Item[], params: unknown): PageEvent[] {
  const query = textOf(fieldOf(params, "search_term"));
  return query === undefined ? [] : [{ type: "search", query }];
}

/**
 * What a GA4 event says. `params` are its parameters (gtag) or its `ecommerce` object (Tag Manager).
 * Everything is copied at once, since pages clear or reuse their objects.
 * Source: developers.google.com/analytics/devguides/collection/ga4/reference/events.
 */
export function readGa4Event(name: unknown, params: unknown): PageEvent[] {
  if (typeof name !== "string" || !Object.hasOwn(READERS, name)) return [];
  const items = entriesOf(fieldOf(params, "items")).flatMap((item) => {
    const product = namesOf(item);
    return product.length === 0
      ? []
      : [{ product, quantity: quantityOf(fieldOf(item, "quantity")) }];
  });
  return READERS[name]!(items, params);
}

const ID_FIELDS = ["item_id", "id", "item_variant", "item_sku", "sku", "item_group_id"];

/** WooCommerce's plugins send a number, a SKU or "#" and a number for the same product. */
function namesOf(item: unknown): ProductRefs {
  const names = ID_FIELDS.map((field) => textOf(fieldOf(item, field))).filter(
    (name) => name !== undefined,
  );
  return [...new Set(names.flatMap((name) => [name, name.replace(/^#/, "")]))];
}
