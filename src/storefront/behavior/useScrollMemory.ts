import { useEffect, useRef } from "react";
import { keepInEntry, keptInEntry } from "./historyEntry.ts";

/** How long a page may take to grow to the height it had. */
const PATIENCE_MS = 3000;
const BY_HAND = ["wheel", "touchstart", "keydown", "pointerdown"];

/** How an entry of the history was left, in CSS pixels. */
interface Place {
  scrollY: number;
  /** Of the page's content. */
  height: number;
}

/**
 * Keeps how far each entry of the history was scrolled, and goes back there on back, forward and
 * reload. The browser does this only for pages whose height is there at once. Shelves come later: the
 * element returned, which stands below `content`, takes the room that they will need.
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
    // Else the browser follows what was in view, of a page that is being replaced.
    document.documentElement.style.overflowAnchor = returning === undefined ? "" : "none";
  }

  /** Holds the place while the content grows, until it is as high as it was. */
  function holdPlace({ scrollY, height }: Place): void {
    const missing = height - content.offsetHeight;
    reserve(missing);
    scrollToTop(scrollY);
    if (missing <= 0) giveUp();
  }

  function keepPlace(): void {
    if (returning) return; // The page is not yet what it will be.
    const place: Place = { scrollY: Math.round(scrollY), height: content.offsetHeight };
    keepInEntry({ place });
  }

  history.scrollRestoration = "manual";
  goBack();
  const growth = new ResizeObserver(() => (returning ? holdPlace(returning) : keepPlace()));
  growth.observe(content);
  // Before the router hears of it, which renders the other page at once.
  addEventListener("popstate", goBack, { signal, capture: true });
  addEventListener("scrollend", keepPlace, { signal });
  // A shopper who scrolls is right.
  for (const type of BY_HAND) addEventListener(type, giveUp, { signal, passive: true });
  signal.addEventListener("abort", () => growth.disconnect());
  return () => until.abort();
}

/** An address with a fragment says itself where to go. */
function keptPlace(): Place | undefined {
  const { place } = keptInEntry<{ place: Place }>();
  return place ?? (location.hash === "" ? { scrollY: 0, height: 0 } : undefined);
}

function scrollToTop(top: number): void {
  scrollTo({ top, behavior: "instant" });
}
