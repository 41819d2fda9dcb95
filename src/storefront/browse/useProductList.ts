import { useMemo } from "react";
import type { Product } from "vitrine";
import { useShop } from "../ShopContext.tsx";
import { reasonText } from "../shelves/reasonText.ts";
import { type Filters, filtered } from "./filters.ts";
import { type Sort, sortProducts } from "./sortProducts.ts";
import { usePersonalOrder } from "./usePersonalOrder.ts";

interface ProductListOptions {
  /** Must be the same array on every render. */
  products: readonly Product[];
  /** The second is used instead of the personal order while nothing is known of the shopper. */
  sorts: readonly [Sort, Sort, ...Sort[]];
  sort: Sort;
  filters: Filters;
  relevance: ReadonlyMap<string, number> | undefined;
}

export interface ProductList {
  /** The products that match the filters, sorted. */
  matching: readonly Product[];
  /** False while the personal order is awaited. */
  isReady: boolean;
  reasonOf(product: Product): string | undefined;
}

/** Filters and sorts products, and gives the reason where the order is personal. */
export function useProductList(options: ProductListOptions): ProductList {
  const { products, sorts, sort, filters, relevance } = options;
  const { shop } = useShop();
  const opinions = usePersonalOrder(products, sort === "for-you");
  const personal = useMemo(
    () => opinions && new Map([...opinions].map(([id, { logOdds }]) => [id, logOdds])),
    [opinions],
  );
  const applied = opinions?.size === 0 ? sorts[1] : sort;
  return {
    matching: sortProducts(filtered(products, filters), applied, { personal, relevance }),
    isReady: opinions !== undefined,
    reasonOf({ id }) {
      const opinion = opinions?.get(id);
      return opinion && reasonText(opinion.reason, shop.catalog);
    },
  };
}
