import type { ShopEvent } from "vitrine";
import { orderOf } from "../state/orderOf.ts";
import { quantityOf, withQuantity } from "../state/shopState.ts";
import type { DemoState } from "./demoState.ts";

/** Changes cart, wishlist and orders as the shop's own pages would. */
export function applyToShop(
  { visitor: { shopState }, catalog }: DemoState,
  event: ShopEvent,
): void {
  const { cart, wishlist, orders } = shopState.get();
  if (event.type === "add_to_cart") {
    const { productId } = event;
    const quantity = quantityOf(cart, productId) + event.quantity;
    shopState.set({ cart: withQuantity(cart, { productId, quantity }) });
  }
  if (event.type === "wishlist") shopState.set({ wishlist: [event.productId, ...wishlist] });
  if (event.type === "purchase") {
    const { orderId: id, at, items } = event;
    const lines = items.map(({ productId, quantity }) => ({ productId, quantity }));
    shopState.set({ cart: [], orders: [orderOf(catalog, { id, at, lines }), ...orders] });
  }
}
