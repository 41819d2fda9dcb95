import { useEffect, useRef } from "react";
import { useLocation, useSearchParams } from "wouter";
import { decoded } from "../shop/addresses.ts";

/**
 * After a link or another search, scrolls to the top and focuses the new content. Does nothing on the
 * first page and on back and forward, where `useScrollMemory` restores the position.
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
    // Runs before the router, which renders the other page immediately.
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

/** The part of an address that identifies a page; filters and orders do not. */
function pageOf(path: string, params: URLSearchParams): string {
  return `${path}?${params.get("q") ?? ""}`;
}
