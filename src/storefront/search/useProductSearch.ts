import { useEffect, useState } from "react";
import { useShop } from "../ShopContext.tsx";
import type { ProductSearch } from "./productSearch.ts";

/** The shop's search, or the error that kept it from loading; undefined until then. Loads once it `isWanted`. */
export function useProductSearch(isWanted = true): ProductSearch | Error | undefined {
  const { shop } = useShop();
  const [search, setSearch] = useState<ProductSearch | Error>();
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    shop.search().then(
      (opened) => isCurrent && setSearch(opened),
      (error: Error) => isCurrent && setSearch(error),
    );
    return () => {
      isCurrent = false;
    };
  }, [shop, isWanted]);
  return search;
}
