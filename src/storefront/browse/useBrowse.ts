import { useCallback, useMemo } from "react";
import { useSearchParams } from "wouter";
import { type Filters, filtersFrom, NO_FILTERS, withFilters } from "./filters.ts";
import { SORTS, type Sort } from "./sortProducts.ts";

/** How a list of products is narrowed, ordered and how much of it is shown: all in the address. */
export interface Browse {
  filters: Filters;
  sort: Sort;
  shown: number;
  narrow(change: Partial<Filters>): void;
  clear(): void;
  sortBy(sort: Sort): void;
  showMore(): void;
}

/** Cards shown at first, and added at each wish for more. */
export const PAGE_SIZE = 48;

/** `sorts` are the orders the page offers, the first of them being the usual one. */
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
    // Not a step to go back from: it only adds to what is there.
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
