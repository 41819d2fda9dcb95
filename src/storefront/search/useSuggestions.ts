import { useMemo } from "react";
import { useProductOf, useShop } from "../ShopContext.tsx";
import { type Suggestion, suggestionsFor } from "./suggestions.ts";
import { useProductSearch } from "./useProductSearch.ts";

const NONE: Suggestion[] = [];

interface SuggestionOptions {
  /** Whether the box has ever had the focus: until then nothing is loaded. */
  isUsed: boolean;
  isOpen: boolean;
}

/** Suggestions for a text; none while the list is closed or the search is not loaded. */
export function useSuggestions(text: string, { isUsed, isOpen }: SuggestionOptions): Suggestion[] {
  const { shop } = useShop();
  const productOf = useProductOf();
  const search = useProductSearch(isUsed);
  return useMemo(() => {
    if (!isOpen || search === undefined || search instanceof Error) return NONE;
    return suggestionsFor(text, { search, productOf, departments: shop.departments });
  }, [text, isOpen, search, productOf, shop]);
}
