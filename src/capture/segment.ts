import { distinct, flatMap, map } from "./lists.ts";
import { lookFor } from "./lookFor.ts";
import { type Emit, type PageEvent, type ProductRefs, UNNUMBERED_ORDER } from "./pageEvent.ts";
import { attempt, entriesOf, fieldOf, quantityOf, textOf } from "./pageValue.ts";

type Reader = (properties: unknown) => PageEvent[];

/** Segment's e-commerce events (segment.com/docs/connections/spec/ecommerce/v2), by name. */
const READERS: Record<string, Reader> = {
  "Product Viewed": (properties) => one(properties, (product) => ({ type: "view", product })),
  "Product Added": (properties) => one(properties, cartChange("add_to_cart", properties)),
  "Product Removed": (properties) => one(properties, cartChange("remove_from_cart", properties)),
  "Product Added to Wishlist": (properties) =>
    one(properties, (product) => ({ type: "wishlist", product, saved: true })),
  "Product Removed from Wishlist": (properties) =>
    one(properties, (product) => ({ type: "wishlist", product, saved: false })),
  "Product List Viewed": (properties) => {
    const products = map(itemsIn(properties), ({ product }) => product);
    return products.length === 0 ? [] : [{ type: "impression", products }];
  },
  "Order Completed": (properties) => {
    const orderId = textOf(fieldOf(properties, "order_id")) ?? UNNUMBERED_ORDER;
    const items = itemsIn(properties);
    return items.length === 0 ? [] : [{ type: "purchase", orderId, items }];
  },
  "Products Searched": (properties) => {
    const query = textOf(fieldOf(properties, "query"));
    return query === undefined ? [] : [{ type: "search", query }];
  },
};

/** Reads a `track` call. */
export function readTrack(name: unknown, properties: unknown): PageEvent[] {
  return typeof name === "string" && Object.hasOwn(READERS, name) ? READERS[name]!(properties) : [];
}

/**
 * Follows `analytics.track`: calls queued by the snippet, then new calls through the listeners of
 * analytics.js, which a tag manager may load late. Returns a function that stops.
 */
export function watchSegment(page: object, emit: Emit): () => void {
  let isStopped = false;
  let analytics: unknown;
  const listener = (name: unknown, properties: unknown) => {
    if (!isStopped) emit(readTrack(name, properties));
  };

  function follow(found: unknown): void {
    analytics = found;
    for (const entry of entriesOf(analytics)) {
      const [method, name, properties] = entriesOf(entry);
      if (method === "track") emit(readTrack(name, properties));
    }
    callOf("on");
  }

  function callOf(method: "on" | "off"): void {
    const call = fieldOf(analytics, method);
    if (typeof call === "function") {
      attempt(() => Reflect.apply(call, analytics, ["track", listener]));
    }
  }

  const stopLooking = lookFor(() => {
    const found = fieldOf(page, "analytics");
    return typeof fieldOf(found, "track") === "function" ? found : undefined;
  }, follow);
  return () => {
    isStopped = true;
    stopLooking();
    callOf("off");
  };
}

/** `variant` is a text for people ("42"), no id. */
const ID_FIELDS = ["product_id", "sku", "variant_id", "url"];

function namesOf(properties: unknown): ProductRefs {
  return distinct(map(ID_FIELDS, (field) => textOf(fieldOf(properties, field))));
}

function one(properties: unknown, make: (product: ProductRefs) => PageEvent): PageEvent[] {
  const product = namesOf(properties);
  return product.length === 0 ? [] : [make(product)];
}

function cartChange(type: "add_to_cart" | "remove_from_cart", properties: unknown) {
  const quantity = quantityOf(fieldOf(properties, "quantity"));
  return (product: ProductRefs): PageEvent => ({ type, product, quantity });
}

function itemsIn(properties: unknown): { product: ProductRefs; quantity: number }[] {
  return flatMap(entriesOf(fieldOf(properties, "products")), (item) => {
    const product = namesOf(item);
    const quantity = quantityOf(fieldOf(item, "quantity"));
    return product.length === 0 ? [] : [{ product, quantity }];
  });
}
