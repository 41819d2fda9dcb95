import type { PurchasedItem, ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Product } from "../engine/shop/catalog.ts";
import { flatMap, map } from "./lists.ts";

/** The names that a page gives a product (id, SKU, variant, address), likeliest first. */
export type ProductRefs = readonly string[];

/** A product with its quantity, and its price if the page gives one (in whole units). */
export interface PageItem {
  product: ProductRefs;
  quantity: number;
  price?: number;
  discount?: number;
}

/** An event as the page reports it, before its products are looked up in the catalog. */
export type PageEvent =
  /** `isGuess`: taken from the page's address; counts if nothing else says what the page shows. */
  | { type: "view"; product: ProductRefs; isGuess?: true }
  | { type: "dwell"; product: ProductRefs; dwellMs: number }
  | { type: "impression"; products: ProductRefs[] }
  | { type: "search"; query: string }
  | { type: "add_to_cart" | "remove_from_cart"; product: ProductRefs; quantity: number }
  | { type: "wishlist"; product: ProductRefs; saved: boolean }
  | { type: "purchase"; orderId: string; items: PageItem[]; currency?: string }
  | { type: "refund"; orderId: string; items: PageItem[] }
  | { type: "cart"; items: PageItem[] };

/**
 * Takes what one source found. `writer`: which of the page's programs reported it, as far as its style shows;
 * two of them may report the same click.
 */
export type Emit = (events: PageEvent[], writer?: string) => void;

/** The order id for shops that give no number. */
export const UNNUMBERED_ORDER = "unnumbered";

/** The event with the catalog's ids; undefined if none of its products is in the catalog. */
export function toShopEvent(
  event: PageEvent,
  productOf: (names: ProductRefs) => Product | undefined,
): ShopEventInput | undefined {
  switch (event.type) {
    case "search":
      return event;
    case "impression": {
      const productIds = flatMap(event.products, (names) => {
        const product = productOf(names);
        return product === undefined ? [] : [product.id];
      });
      return productIds.length === 0 ? undefined : { type: "impression", productIds };
    }
    case "purchase":
    case "refund":
    case "cart": {
      const { type, items: named } = event;
      const items = flatMap(named, (item) => purchased(item, event, productOf(item.product)));
      // An empty cart is valid, and a refund without items refunds the whole order.
      const isUnknown = items.length === 0 && (type === "purchase" || named.length > 0);
      if (isUnknown) return undefined;
      if (type === "cart") return { type, items };
      if (type === "refund") return { type, orderId: event.orderId, ...(items[0] && { items }) };
      return { type, orderId: event.orderId, items };
    }
    default: {
      const { type, product, ...others } = event;
      const productId = productOf(product)?.id;
      if (productId === undefined) return undefined;
      return (
        type === "view" ? { type, productId } : { type, ...others, productId }
      ) as ShopEventInput;
    }
  }
}

function purchased(
  { quantity, price, discount }: PageItem,
  event: { type: string; currency?: string },
  product: Product | undefined,
): PurchasedItem[] {
  if (product === undefined) return [];
  const item: PurchasedItem = { productId: product.id, quantity };
  if (event.type !== "purchase" || (event.currency ?? product.currency) !== product.currency) {
    return [item];
  }
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat("en", {
    style: "currency",
    currency: product.currency,
  }).resolvedOptions();
  const minor = (amount: number) => Math.round(amount * 10 ** maximumFractionDigits);
  if (price !== undefined) item.priceMinor = minor(price);
  if (discount) item.discountMinor = minor(discount);
  return [item];
}

/** All products that an event names. */
export function productRefsIn(event: PageEvent): ProductRefs[] {
  if (event.type === "search") return [];
  if (event.type === "impression") return event.products;
  if ("items" in event) return map(event.items, ({ product }) => product);
  return [event.product];
}
