import { useEffect, useRef } from "react";
import { useLocation } from "wouter";

/**
 * On a link followed: to the top, with the focus on the new content. Not on the first page, nor on
 * back and forward, where `useScrollMemory` restores the place.
 */
export function useFocusOnNavigation(content: React.RefObject<HTMLElement | null>): void {
  const [location] = useLocation();
  const last = useRef({ location, isByHistory: false });
  useEffect(() => {
    const note = () => {
      last.current.isByHistory = window.location.pathname !== last.current.location;
    };
    // Before the router hears of it, which renders the other page at once.
    addEventListener("popstate", note, { capture: true });
    return () => removeEventListener("popstate", note, { capture: true });
  }, []);
  useEffect(() => {
    if (last.current.location === location) return;
    const { isByHistory } = last.current;
    last.current = { location, isByHistory: false };
    if (!isByHistory) scrollTo({ top: 0, behavior: "instant" });
    content.current?.focus({ preventScroll: true });
  }, [location, content]);
}
