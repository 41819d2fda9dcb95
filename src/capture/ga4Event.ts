import { distinct, find, flatMap, map } from "./lists.ts";
import { type PageEvent, type PageItem, type ProductRefs, UNNUMBERED_ORDER } from "./pageEvent.ts";
import { amountOf, attempt, entriesOf, fieldOf, quantityOf, textIn, textOf } from "./pageValue.ts";

/** Vitrine's own lists are marked in their id (`ga4Payload.ts`): they do not show interest. */
const OWN_LIST = /^vitrine_/;

/** Possible meanings of an event, as named in `data-events`. */
export const MEANINGS = [
  "view",
  "impression",
  "add_to_cart",
  "remove_from_cart",
  "wishlist",
  "purchase",
  "refund",
  "cart",
  "search",
  "none",
] as const;
export type Meaning = (typeof MEANINGS)[number];

/** By words in the name: plug-ins add their own to those of GA4 and Universal Analytics. */
const WORDS: [RegExp, Meaning | ""][] = [
  [/promo/, ""],
  [/view_?item_?list|impression|view_category/, "impression"],
  [/search/, "search"],
  [/view_?(item|product|content)|product_?(detail|view)|detail_view/, "view"],
  [/(add|remove)\w*wish_?list/, "wishlist"],
  [/add\w*cart|cart_add|product_added/, "add_to_cart"],
  [/remove\w*cart|cart_remove|product_removed/, "remove_from_cart"],
  [/view_?cart|cart_view/, "cart"],
  [/refund/, "refund"],
  [/purchase|order_?(placed|complete)|transaction/, "purchase"],
  [/checkout|payment|shipping|select|click/, ""],
];

/** Where Universal Analytics puts the products of an event, and the meaning of each place. */
const OLD_BODIES: [field: string, meaning: Meaning][] = [
  ["detail", "view"],
  ["add", "add_to_cart"],
  ["remove", "remove_from_cart"],
  ["purchase", "purchase"],
  ["refund", "refund"],
  ["impressions", "impression"],
];

export interface Ga4Reading {
  events: PageEvent[];
  /** The event's name, if it has products and an unknown meaning. */
  unread?: string;
}

/**
 * The meaning of a data layer event. `params` are its parameters (gtag), or the pushed object, whose
 * values may be in `ecommerce` or beside it. Everything is copied at once, since pages clear or reuse their
 * objects. `meanings`: the meanings of the shop's own event names.
 * Source: developers.google.com/analytics/devguides/collection/ga4/reference/events, and before it
 * developers.google.com/analytics/devguides/collection/ua/gtm/enhanced-ecommerce.
 */
export function readGa4Event(
  name: unknown,
  params: unknown,
  meanings: ReadonlyMap<string, string> = new Map(),
): Ga4Reading {
  const written = textOf(name) ?? "";
  const bodies = [fieldOf(params, "ecommerce"), params];
  const old = flatMap(OLD_BODIES, ([field, meaning]) => {
    const body = fieldOf(bodies[0], field);
    return typeof body === "object" && body !== null
      ? [{ meaning, bodies: [body, ...bodies] }]
      : [];
  });
  const meaning = meanings.get(written) ?? meaningOf(written);
  const own = find(old, (body) => body.meaning === meaning);
  if (meaning) {
    const events = eventsOf(meaning as Meaning, own?.bodies ?? bodies, written);
    if (events.length > 0 || meaning === "search") return { events };
  }
  const events = flatMap(old, (body) => eventsOf(body.meaning, body.bodies, ""));
  const isUnread = written !== "" && meaning === undefined && events.length === 0;
  return isUnread && itemsIn(bodies).length > 0 ? { events, unread: written } : { events };
}

/** Empty for known events that show no interest. */
function meaningOf(name: string): Meaning | "" | undefined {
  const words = name
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .replace(/[^a-z]+/gi, "_")
    .toLowerCase();
  return find(WORDS, ([pattern]) => pattern.test(words))?.[1];
}

function eventsOf(type: Meaning, bodies: unknown[], name: string): PageEvent[] {
  const items = itemsIn(bodies);
  const products = map(items, ({ product }) => product);
  const orderId = () =>
    textIn(bodies, ORDER_FIELDS) ??
    textIn(
      map(bodies, (body) => fieldOf(body, "actionField")),
      ["id"],
    );
  switch (type) {
    case "view":
      return map(products, (product) => ({ type, product }));
    case "impression": {
      const isOwn = OWN_LIST.test(textIn(bodies, ["item_list_id"]) ?? "");
      return isOwn || items.length === 0 ? [] : [{ type, products }];
    }
    case "add_to_cart":
    case "remove_from_cart":
      return map(items, ({ product, quantity }) => ({ type, product, quantity }));
    case "wishlist":
      return map(products, (product) => ({ type, product, saved: !/remove/i.test(name) }));
    case "purchase": {
      const currency = textIn(bodies, ["currency", "currencyCode", "transactionCurrency"]);
      const order = { type, orderId: orderId() ?? UNNUMBERED_ORDER, items };
      return items.length === 0 ? [] : [{ ...order, ...(currency !== undefined && { currency }) }];
    }
    case "refund": {
      const order = orderId();
      return order === undefined ? [] : [{ type, orderId: order, items }];
    }
    case "cart":
      return isListed(bodies) ? [{ type, items }] : [];
    case "search": {
      const query = textIn(bodies, ["search_term", "searchTerm", "search_string", "query"]);
      return query === undefined ? [] : [{ type, query }];
    }
    default:
      return [];
  }
}

const ORDER_FIELDS = ["transaction_id", "transactionId", "order_id", "orderId", "orderGroup"];
const ITEM_FIELDS = ["items", "products", "impressions", "transactionProducts", "product"];

/** The first of the bodies' lists that names products. */
function itemsIn(bodies: readonly unknown[]): PageItem[] {
  for (const body of bodies) {
    for (const field of ITEM_FIELDS) {
      const items = flatMap(listOf(fieldOf(body, field)), itemOf);
      if (items.length > 0) return items;
    }
    // Impressions of Universal Analytics are the list itself.
    if (attempt(() => Array.isArray(body))) return flatMap(listOf(body), itemOf);
  }
  return [];
}

/** Whether there is a list at all: an empty one means an empty cart. */
function isListed(bodies: readonly unknown[]): boolean {
  return (
    find(bodies, (body) => typeof fieldOf(fieldOf(body, "items"), "length") === "number") !==
      undefined || itemsIn(bodies).length > 0
  );
}

/** A list, an object that holds one under keys of its own, or a single item. */
function listOf(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (typeof fieldOf(value, "length") === "number") return entriesOf(value);
  if (refsOf(value).length > 0) return [value];
  return map(attempt(() => Object.keys(value)) ?? [], (key) => fieldOf(value, key));
}

function itemOf(item: unknown): PageItem[] {
  const product = refsOf(item);
  if (product.length === 0) return [];
  const [price, discount] = map(["price", "discount"], (field) => amountOf(fieldOf(item, field)));
  return [
    {
      product,
      quantity: quantityOf(fieldOf(item, "quantity")),
      ...(price !== undefined && { price }),
      ...(discount !== undefined && { discount }),
    },
  ];
}

/** Identifiers only: `item_variant` is text for people, and a size of 42 is not product 42. */
const ID_FIELDS = [
  "item_id",
  "id",
  "product_id",
  "productId",
  "variant_id",
  "variantId",
  "variation_id",
  "item_sku",
  "sku",
  "skuId",
  "gtin",
  "ean",
  "mpn",
  "item_group_id",
  "group_id",
  "parent_id",
];

/** WooCommerce's plugins send a number, a SKU or "#" and a number for the same product. */
function refsOf(item: unknown): ProductRefs {
  return distinct(
    flatMap(ID_FIELDS, (field) => {
      const name = textOf(fieldOf(item, field));
      return [name, name?.replace(/^#/, "")];
    }),
  );
}
