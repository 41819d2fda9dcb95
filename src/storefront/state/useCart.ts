import type { Product } from "vitrine";
import { useProductOf, useShopState } from "../ShopContext.tsx";

export interface Cart {
  /** Without products that are no longer in the catalog. */
  lines: { product: Product; quantity: number }[];
  totalMinor: number;
  /** The amount saved against list prices. */
  savedMinor: number;
  currency: string;
}

export function useCart(): Cart {
  const cart = useShopState((shop) => shop.cart);
  const productOf = useProductOf();
  const lines = cart.flatMap(({ productId, quantity }) => {
    const product = productOf(productId);
    return product ? [{ product, quantity }] : [];
  });
  const sum = (priceOf: (product: Product) => number) =>
    lines.reduce((total, { product, quantity }) => total + quantity * priceOf(product), 0);
  const totalMinor = sum(({ priceMinor }) => priceMinor);
  const listMinor = sum(({ priceMinor, listPriceMinor }) => listPriceMinor ?? priceMinor);
  const currency = lines[0]?.product.currency ?? "EUR";
  return { lines, totalMinor, savedMinor: listMinor - totalMinor, currency };
}
