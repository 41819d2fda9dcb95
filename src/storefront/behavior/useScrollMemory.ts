import { useEffect, useRef } from "react";
import { keepInEntry, keptInEntry } from "./historyEntry.ts";

/** How long a page may take to reach its previous height. */
const PATIENCE_MS = 3000;
const BY_HAND = ["wheel", "touchstart", "keydown", "pointerdown"];

/** The state in which an entry of the history was left, in CSS pixels. */
interface Place {
  scrollY: number;
  /** The height of the page's content. */
  height: number;
}

/**
 * Keeps the scroll position of each entry of the history, and restores it on back, forward and reload.
 * The browser does this only for pages that have their full height immediately. Shelves come later, so
 * the returned element, which is below `content`, reserves the space that they will need.
 */
export function useScrollMemory(
  content: React.RefObject<HTMLElement | null>,
): React.RefObject<HTMLDivElement | null> {
  const spacer = useRef<HTMLDivElement>(null);
  useEffect(() => rememberScroll(content.current!, spacer.current!), [content]);
  return spacer;
}

/** Returns how to stop. */
function rememberScroll(content: HTMLElement, spacer: HTMLElement): () => void {
  const until = new AbortController();
  const { signal } = until;
  let returning: Place | undefined;
  let patience: ReturnType<typeof setTimeout>;

  function goBack(): void {
    clearTimeout(patience);
    returning = keptPlace();
    reserve(returning?.height ?? 0);
    if (returning) scrollToTop(returning.scrollY);
    patience = setTimeout(giveUp, PATIENCE_MS);
  }

  function giveUp(): void {
    returning = undefined;
    reserve(0);
  }

  function reserve(height: number): void {
    spacer.style.blockSize = `${Math.max(0, height)}px`;
    // Otherwise the browser would keep the replaced page's content in view.
    document.documentElement.style.overflowAnchor = returning === undefined ? "" : "none";
  }

  /** Restores the position while the content grows, until it has its previous height. */
  function holdPlace({ scrollY, height }: Place): void {
    const missing = height - content.offsetHeight;
    reserve(missing);
    scrollToTop(scrollY);
    if (missing <= 0) giveUp();
  }

  function keepPlace(): void {
    if (returning) return; // The page has not reached its height yet.
    const place: Place = { scrollY: Math.round(scrollY), height: content.offsetHeight };
    keepInEntry({ place });
  }

  history.scrollRestoration = "manual";
  goBack();
  const growth = new ResizeObserver(() => (returning ? holdPlace(returning) : keepPlace()));
  growth.observe(content);
  // Runs before the router, which renders the other page immediately.
  addEventListener("popstate", goBack, { signal, capture: true });
  addEventListener("scrollend", keepPlace, { signal });
  // The shopper's own scrolling has priority.
  for (const type of BY_HAND) addEventListener(type, giveUp, { signal, passive: true });
  signal.addEventListener("abort", () => growth.disconnect());
  return () => until.abort();
}

/** An address with a fragment has its own scroll target. */
function keptPlace(): Place | undefined {
  const { place } = keptInEntry<{ place: Place }>();
  return place ?? (location.hash === "" ? { scrollY: 0, height: 0 } : undefined);
}

function scrollToTop(top: number): void {
  scrollTo({ top, behavior: "instant" });
}
