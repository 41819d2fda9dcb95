import { useEffect, useRef } from "react";
import { useLocation } from "wouter";

/**
 * On a link followed: to the top, with the focus on the new content. Not on the first page, nor on
 * back and forward, where `useScrollMemory` restores the place.
 */
export function useFocusOnNavigation(): React.RefObject<HTMLElement | null> {
  const main = useRef<HTMLElement>(null);
  const [location] = useLocation();
  const last = useRef({ location, isByHistory: false });
  useEffect(() => {
    const note = () => {
      last.current.isByHistory = true;
    };
    addEventListener("popstate", note);
    return () => removeEventListener("popstate", note);
  }, []);
  useEffect(() => {
    if (last.current.location === location) return;
    const { isByHistory } = last.current;
    last.current = { location, isByHistory: false };
    if (!isByHistory) scrollTo({ top: 0, behavior: "instant" });
    main.current?.focus({ preventScroll: true });
  }, [location]);
  return main;
}
