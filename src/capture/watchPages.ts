/** So long after a change the page is read again; more changes may come until then. */
const CALM_MS = 150;

/**
 * Calls `onChange` when the page's content is there and whenever it has changed, and `onNewPage` before
 * that when the address has: an application that shows another page without loading one counts as much
 * as a page that was loaded. Patches nothing of the page's. Returns how to stop.
 */
export function watchPages(
  page: Window,
  { onChange, onNewPage }: { onChange(): void; onNewPage(isBack: boolean): void },
): () => void {
  const { document } = page;
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

  /** Brought back as it was left: the shopper looks at it once more. */
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
