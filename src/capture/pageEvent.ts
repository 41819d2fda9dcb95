import type { ShopEventInput } from "../engine/events/shopEvent.ts";

/** The names that a page gives a product (id, SKU, variant, address), likeliest first. */
export type ProductRefs = readonly string[];

/** An event as a page reports it, before its products are looked up in the catalog. */
export type PageEvent =
  | { type: "view"; product: ProductRefs }
  | { type: "dwell"; product: ProductRefs; dwellMs: number }
  | { type: "impression"; products: ProductRefs[] }
  | { type: "search"; query: string }
  | { type: "add_to_cart" | "remove_from_cart"; product: ProductRefs; quantity: number }
  | { type: "wishlist"; product: ProductRefs; saved: boolean }
  | { type: "purchase"; orderId: string; items: { product: ProductRefs; quantity: number }[] };

/** Receives the findings of one source. */
export type Emit = (events: PageEvent[]) => void;

/** The order id for shops that give no number. */
export const UNNUMBERED_ORDER = "unnumbered";

/** The event with the catalog's ids; undefined when the catalog knows none of its products. */
export function toShopEvent(
  event: PageEvent,
  idOf: (names: ProductRefs) => string | undefined,
): ShopEventInput | undefined {
  switch (event.type) {
    case "search":
      return event;
    case "impression": {
      const productIds = event.products.map(idOf).filter((id) => id !== undefined);
      return productIds.length === 0 ? undefined : { type: "impression", productIds };
    }
    case "purchase": {
      const items = event.items.flatMap(({ product, quantity }) => {
        const productId = idOf(product);
        return productId === undefined ? [] : [{ productId, quantity }];
      });
      return items.length === 0 ? undefined : { type: "purchase", orderId: event.orderId, items };
    }
    default: {
      const { product, ...others } = event;
      const productId = idOf(product);
      return productId === undefined ? undefined : { ...others, productId };
    }
  }
}

/** All products that an event names. */
export function productRefsIn(event: PageEvent): ProductRefs[] {
  if (event.type === "search") return [];
  if (event.type === "impression") return event.products;
  if (event.type === "purchase") return event.items.map(({ product }) => product);
  return [event.product];
}
