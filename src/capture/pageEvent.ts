import type { ShopEventInput } from "../engine/events/shopEvent.ts";

/** The names that a page gives a product (id, SKU, variant, address), likeliest first. */
export type Names = readonly string[];

/** What a page says happened, before the catalogue is asked which products it means. */
export type PageEvent =
  | { type: "view"; product: Names }
  | { type: "dwell"; product: Names; dwellMs: number }
  | { type: "impression"; products: Names[] }
  | { type: "search"; query: string }
  | { type: "add_to_cart" | "remove_from_cart"; product: Names; quantity: number }
  | { type: "wishlist"; product: Names; saved: boolean }
  | { type: "purchase"; orderId: string; items: { product: Names; quantity: number }[] };

/** Takes what one source found. */
export type Tell = (events: PageEvent[]) => void;

/** Orders of shops that give no number. */
export const UNNUMBERED_ORDER = "unnumbered";

/** The event with the catalogue's ids; undefined when the catalogue knows none of its products. */
export function toShopEvent(
  event: PageEvent,
  idOf: (names: Names) => string | undefined,
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
export function namesIn(event: PageEvent): Names[] {
  if (event.type === "search") return [];
  if (event.type === "impression") return event.products;
  if (event.type === "purchase") return event.items.map(({ product }) => product);
  return [event.product];
}
