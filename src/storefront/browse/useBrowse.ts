import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { type Filters, filtersFrom, NO_FILTERS, withFilters } from "./filters.ts";
import { SORTS, type Sort } from "./sortProducts.ts";

/** The filters, the order and the length of a list of products, which are part of the address. */
export interface Browse {
  filters: Filters;
  sort: Sort;
  shown: number;
  narrow(change: Partial<Filters>): void;
  clear(): void;
  sortBy(sort: Sort): void;
  showMore(): void;
}

/** Cards shown at first, and added by each press of "more". */
export const PAGE_SIZE = 48;

/** @param sorts the orders that the page offers, the default first */
export function useBrowse(sorts: readonly Sort[], currency: string): Browse {
  const [params, setParams] = useSearchParams();
  const filters = useMemo(() => filtersFrom(params, currency), [params, currency]);
  const shown = Math.max(PAGE_SIZE, Number(params.get("shown")) || 0);

  const setFilters = useCallback(
    (next: (filters: Filters) => Filters) =>
      setParams((now) => {
        const changed = withFilters(now, next(filtersFrom(now, currency)), currency);
        changed.delete("shown");
        return changed;
      }),
    [setParams, currency],
  );

  return {
    filters,
    sort: readSort(params, sorts),
    shown,
    narrow: (change) => setFilters((now) => ({ ...now, ...change })),
    clear: () => setFilters(() => NO_FILTERS),
    sortBy: (sort) => setParams((now) => withParam(now, "sort", sort === sorts[0] ? "" : sort)),
    // Not an entry of its own in the history: it only adds to the list.
    showMore: () =>
      setParams((now) => withParam(now, "shown", `${shown + PAGE_SIZE}`), { replace: true }),
  };
}

function readSort(params: URLSearchParams, sorts: readonly Sort[]): Sort {
  const asked = SORTS.find((sort) => sort === params.get("sort"));
  return asked !== undefined && sorts.includes(asked) ? asked : sorts[0]!;
}

function withParam(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value === "") next.delete(name);
  else next.set(name, value);
  return next;
}
