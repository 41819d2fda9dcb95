import { documentOf } from "./documentOf.ts";

/** Delay from a change until the page is read again; more changes may follow. */
const CALM_MS = 150;

/**
 * Calls `onChange` when the page's content is ready and whenever it changes, and before that `onNewPage`
 * when the address changes: client-side navigation counts like a page load. Patches none of the page's
 * code. Returns a function that stops.
 */
export function watchPages(
  page: Window,
  { onChange, onNewPage }: { onChange(): void; onNewPage(isBack: boolean): void },
): () => void {
  const document = documentOf(page);
  let address = page.location.href;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function read(): void {
    timer = undefined;
    if (page.location.href !== address) {
      address = page.location.href;
      onNewPage(false);
    }
    onChange();
  }

  function readSoon(): void {
    timer ??= setTimeout(read, CALM_MS);
  }

  const observer = new MutationObserver(readSoon);
  function start(): void {
    read();
    observer.observe(document.documentElement, { childList: true, subtree: true });
  }

  /** Restored from the back/forward cache: the shopper views it again. */
  function onShow({ persisted }: PageTransitionEvent): void {
    if (!persisted) return;
    onNewPage(true);
    onChange();
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start, { once: true });
  } else start();
  page.addEventListener("popstate", readSoon);
  page.addEventListener("pageshow", onShow);
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener("DOMContentLoaded", start);
    page.removeEventListener("popstate", readSoon);
    page.removeEventListener("pageshow", onShow);
  };
}
