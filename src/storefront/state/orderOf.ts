import type { Catalog } from "vitrine";
import { productIn } from "../shop/shop.ts";
import type { Order } from "./shopState.ts";

/** An order at current prices; products no longer in the catalog cost nothing. */
export function orderOf(
  catalog: Catalog,
  { id, at, lines }: Pick<Order, "id" | "at" | "lines">,
): Order {
  const products = lines.map(({ productId }) => productIn(catalog, productId));
  const totalMinor = lines.reduce(
    (total, { quantity }, index) => total + quantity * (products[index]?.priceMinor ?? 0),
    0,
  );
  return { id, at, lines, totalMinor, currency: products[0]?.currency ?? "EUR" };
}
