import { type RefObject, useEffect } from "react";

/**
 * Who deletes a row by keyboard must not be thrown to the top of the page: where what has the focus is
 * taken away, the row after it, the one before, or the nearest heading takes it on.
 */
export function useKeptFocus(container: RefObject<HTMLElement | null>): void {
  useEffect(() => keepFocusIn(container.current!), [container]);
}

/** Returns how to stop. */
function keepFocusIn(container: HTMLElement): () => void {
  let near: HTMLElement[] = [];
  const remember = ({ target }: FocusEvent) => {
    near = target === container ? [] : placesNear(target as HTMLElement, container);
  };
  const observer = new MutationObserver(() => {
    if (document.activeElement !== document.body || near.length === 0) return;
    if (near[0]!.isConnected) return; // The shopper left it themselves.
    takeFocus(near.find(({ isConnected }) => isConnected) ?? container);
    near = [];
  });
  container.addEventListener("focusin", remember);
  observer.observe(container, { childList: true, subtree: true });
  return () => {
    container.removeEventListener("focusin", remember);
    observer.disconnect();
  };
}

/** The element itself, then those that may stand in for it, the best first. */
function placesNear(element: HTMLElement, container: HTMLElement): HTMLElement[] {
  const row = element.closest("li, tr");
  const heading = element.closest("section")?.querySelector("h2, h3");
  const places = [element, row?.nextElementSibling, row?.previousElementSibling, heading];
  return places.filter(
    (place) => place instanceof HTMLElement && container.contains(place),
  ) as HTMLElement[];
}

/** A row's first button; what is no control takes the focus this once. */
function takeFocus(place: HTMLElement): void {
  const control = place.querySelector<HTMLElement>("button");
  if (control === null) place.tabIndex = -1;
  (control ?? place).focus();
}
