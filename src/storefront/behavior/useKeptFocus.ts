import { type RefObject, useEffect } from "react";

/**
 * Keyboard users must not lose their place when they delete a row. When the focused element is removed,
 * the focus moves to what replaced it in its row, to the next row, to the previous one, or to the nearest
 * heading.
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
    if (focused!.isConnected) return; // The shopper moved the focus.
    const places = near;
    near = [];
    focusOneOf(places, container); // The new element is remembered in turn.
  });
  container.addEventListener("focusin", remember);
  observer.observe(container, { childList: true, subtree: true });
  return () => {
    container.removeEventListener("focusin", remember);
    observer.disconnect();
  };
}

/** The elements that may replace one, best first; none if it is in no row and under no heading. */
export function placesNear(element: HTMLElement, container: HTMLElement): HTMLElement[] {
  const row = element.closest("li, tr");
  const heading = element.closest("section[aria-labelledby]")?.querySelector("h2, h3");
  const places = [row, row?.nextElementSibling, row?.previousElementSibling, heading];
  return places.filter(
    (place) => place instanceof HTMLElement && place !== container && container.contains(place),
  ) as HTMLElement[];
}

/** The first that still exists, else the page's heading. */
export function focusOneOf(
  places: readonly HTMLElement[],
  container: HTMLElement,
  options?: FocusOptions,
): void {
  const place = places.find(({ isConnected }) => isConnected);
  takeFocus(place ?? container.querySelector<HTMLElement>("h1") ?? container, options);
}

/** Focuses a card's link or a row's first button; an element that is no control becomes focusable once. */
function takeFocus(place: HTMLElement, options?: FocusOptions): void {
  const control = place.querySelector<HTMLElement>("article a[href], button:enabled");
  if (control === null) place.tabIndex = -1;
  (control ?? place).focus(options);
}
