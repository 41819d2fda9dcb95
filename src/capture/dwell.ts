import { documentOf } from "./documentOf.ts";

/**
 * Calls back once the page has been visible for `afterMs` in total. A tab left open in the background
 * does not show interest, so hidden time does not count. Returns a function that stops.
 */
export function watchDwell(
  afterMs: number,
  onDwell: (dwellMs: number) => void,
  page = documentOf(window),
): () => void {
  let seenMs = 0;
  let visibleSince = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function follow(): void {
    clearTimeout(timer);
    if (visibleSince > 0) seenMs += performance.now() - visibleSince;
    visibleSince = page.visibilityState === "visible" ? performance.now() : 0;
    if (visibleSince > 0) timer = setTimeout(finish, afterMs - seenMs);
  }

  function finish(): void {
    stop();
    onDwell(afterMs);
  }

  function stop(): void {
    clearTimeout(timer);
    page.removeEventListener("visibilitychange", follow);
  }

  page.addEventListener("visibilitychange", follow);
  follow();
  return stop;
}
