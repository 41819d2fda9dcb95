import { useEffect } from "react";

/** How long a page may take to grow to the height it had. */
const PATIENCE_MS = 3000;

/**
 * Keeps how far each entry of the history was scrolled, and goes back there on back, forward and
 * reload. The browser does this only for pages whose height is there at once; shelves come later.
 */
export function useScrollMemory(): void {
  useEffect(() => {
    history.scrollRestoration = "manual";
    let stopRestoring = restore();

    function keep(): void {
      const state = (history.state ?? {}) as object;
      history.replaceState({ ...state, scrollY: Math.round(scrollY) }, "");
    }

    function goBack(): void {
      stopRestoring();
      stopRestoring = restore();
    }

    addEventListener("scrollend", keep);
    addEventListener("popstate", goBack);
    return () => {
      stopRestoring();
      removeEventListener("scrollend", keep);
      removeEventListener("popstate", goBack);
    };
  }, []);
}

/** Scrolls to the place kept, as soon as the page is high enough; a shopper who scrolls is right. */
function restore(): () => void {
  const { scrollY: wanted = 0 } = (history.state ?? {}) as { scrollY?: number };
  const until = new AbortController();
  const { signal } = until;
  const grown = new ResizeObserver(() => {
    scrollTo({ top: wanted, behavior: "instant" });
    if (Math.abs(scrollY - wanted) <= 1) until.abort();
  });
  signal.addEventListener("abort", () => grown.disconnect());
  setTimeout(() => until.abort(), PATIENCE_MS);
  for (const type of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(type, () => until.abort(), { signal, passive: true });
  }
  grown.observe(document.documentElement);
  return () => until.abort();
}
