import type { Product, ShopEventInput } from "vitrine";
import { type CartLine, maxOf, quantityOf, withQuantity } from "./shopState.ts";

export interface WantedChange {
  products: readonly Product[];
  /** How many more of each; negative to remove some. */
  more: number;
  /** A product that returns gets the place it had in this cart. */
  before?: readonly CartLine[];
}

interface ChangedCart {
  cart: readonly CartLine[];
  /** The products whose quantity is different now. */
  changed: readonly Product[];
  events: ShopEventInput[];
}

/** The cart after a change, as far as the stock allows it. */
export function changedCart(
  cart: readonly CartLine[],
  { products, more, before = cart }: WantedChange,
): ChangedCart {
  let next = cart;
  const events: ShopEventInput[] = [];
  const changed = products.filter((product) => {
    const productId = product.id;
    const had = quantityOf(next, productId);
    const quantity = Math.max(0, Math.min(had + more, maxOf(product)));
    if (quantity === had) return false;
    const type = quantity > had ? "add_to_cart" : "remove_from_cart";
    events.push({ type, productId, quantity: Math.abs(quantity - had) });
    next = withQuantity(next, { productId, quantity }, before);
    return true;
  });
  return { cart: next, changed, events };
}
