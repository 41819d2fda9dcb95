import { type RefObject, useEffect } from "react";

/**
 * Who deletes a row by keyboard must not be thrown to the top of the page: where what has the focus is
 * taken away, what stands in its row by then, the row after it, the one before, or the nearest heading
 * takes it on.
 */
export function useKeptFocus(container: RefObject<HTMLElement | null>): void {
  useEffect(() => keepFocusIn(container.current!), [container]);
}

/** Returns how to stop. */
function keepFocusIn(container: HTMLElement): () => void {
  let focused: HTMLElement | undefined;
  let near: HTMLElement[] = [];
  const remember = ({ target }: FocusEvent) => {
    focused = target as HTMLElement;
    near = placesNear(focused, container);
  };
  const observer = new MutationObserver(() => {
    if (document.activeElement !== document.body || near.length === 0) return;
    if (focused!.isConnected) return; // The shopper left it themselves.
    const places = near;
    near = [];
    focusOneOf(places, container); // Which is remembered in its turn.
  });
  container.addEventListener("focusin", remember);
  observer.observe(container, { childList: true, subtree: true });
  return () => {
    container.removeEventListener("focusin", remember);
    observer.disconnect();
  };
}

/** Those that may stand in for an element, the best first; none where it is in no row and under no heading. */
export function placesNear(element: HTMLElement, container: HTMLElement): HTMLElement[] {
  const row = element.closest("li, tr");
  const heading = element.closest("section[aria-labelledby]")?.querySelector("h2, h3");
  const places = [row, row?.nextElementSibling, row?.previousElementSibling, heading];
  return places.filter(
    (place) => place instanceof HTMLElement && place !== container && container.contains(place),
  ) as HTMLElement[];
}

/** The first that is still there, else the page's heading. */
export function focusOneOf(
  places: readonly HTMLElement[],
  container: HTMLElement,
  options?: FocusOptions,
): void {
  const place = places.find(({ isConnected }) => isConnected);
  takeFocus(place ?? container.querySelector<HTMLElement>("h1") ?? container, options);
}

/** A card's link, or a row's first button; what is no control takes the focus this once. */
function takeFocus(place: HTMLElement, options?: FocusOptions): void {
  const control = place.querySelector<HTMLElement>("article a[href], button:enabled");
  if (control === null) place.tabIndex = -1;
  (control ?? place).focus(options);
}
