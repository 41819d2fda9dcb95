/** Events that a shopper causes directly. */
const ACTS = ["pointerdown", "keydown", "wheel", "scroll"] as const;

/** Resolves once nobody has touched `page` for `quietMs`. */
export function leftAlone(page: EventTarget, quietMs: number): Promise<void> {
  return new Promise((resolve) => {
    const until = new AbortController();
    let wait = setTimeout(finish, quietMs);

    function startOver(): void {
      clearTimeout(wait);
      wait = setTimeout(finish, quietMs);
    }

    function finish(): void {
      until.abort();
      resolve();
    }

    const options = { signal: until.signal, passive: true, capture: true };
    for (const act of ACTS) page.addEventListener(act, startOver, options);
  });
}
