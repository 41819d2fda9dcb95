import { useEffect, useRef } from "react";
import { useLocation, useSearchParams } from "wouter";
import { decoded } from "../shop/addresses.ts";

/**
 * On a link followed and on another search: to the top, with the focus on the new content. Not on the
 * first page, nor on back and forward, where `useScrollMemory` restores the place.
 */
export function useFocusOnNavigation(content: React.RefObject<HTMLElement | null>): void {
  const [path] = useLocation();
  const [params] = useSearchParams();
  const page = pageOf(path, params);
  const last = useRef({ page, isByHistory: false });
  useEffect(() => {
    const note = () => {
      const { pathname, search } = window.location;
      const next = pageOf(decoded(pathname, decodeURI), new URLSearchParams(search));
      last.current.isByHistory = next !== last.current.page;
    };
    // Before the router hears of it, which renders the other page at once.
    addEventListener("popstate", note, { capture: true });
    return () => removeEventListener("popstate", note, { capture: true });
  }, []);
  useEffect(() => {
    if (last.current.page === page) return;
    const { isByHistory } = last.current;
    last.current = { page, isByHistory: false };
    if (!isByHistory) scrollTo({ top: 0, behavior: "instant" });
    content.current?.focus({ preventScroll: true });
  }, [page, content]);
}

/** What of an address makes a page; filters and orders do not. */
function pageOf(path: string, params: URLSearchParams): string {
  return `${path}?${params.get("q") ?? ""}`;
}
