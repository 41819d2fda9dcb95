import { type RefObject, useEffect } from "react";
import { focusOneOf, placesNear } from "../behavior/useKeptFocus.ts";
import type { Toasts } from "../state/toasts.ts";

/** Moves the focus to the newest toast and back, like the key that switches between panes. */
export const TOAST_KEY = "F6";

/** Moves the focus into the toasts and out again, and restores it when a focused toast is removed. */
export function useToastFocus(list: RefObject<HTMLElement | null>, toasts: Toasts): void {
  useEffect(() => lendFocusTo(list.current!, toasts), [list, toasts]);
}

/** Returns how to stop. */
function lendFocusTo(list: HTMLElement, toasts: Toasts): () => void {
  const page = document.getElementById("content")!;
  let isLent = false;
  let before: HTMLElement | null = null;
  let near: HTMLElement[] = [];

  function enter({ relatedTarget }: FocusEvent): void {
    if (isLent) return; // From toast to toast, or back from another window.
    isLent = true;
    before = relatedTarget as HTMLElement | null;
    near = before ? placesNear(before, page) : [];
  }

  function giveBack(): void {
    isLent = false;
    // The previous element may be far away; the page does not scroll to it.
    const options = { preventScroll: true };
    if (before?.isConnected) before.focus(options);
    else if (near.length > 0) focusOneOf(near, page, options);
    else page.focus(options);
  }

  /** Not called for a focused toast that was removed, which `changes` handles. */
  function leave({ target }: Event): void {
    if (!list.contains(target as Node)) isLent = false;
  }

  function press(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (altKey || ctrlKey || metaKey || shiftKey) return;
    const note = isLent ? document.activeElement?.closest<HTMLElement>("[data-toast]") : undefined;
    const newest = list.querySelector<HTMLElement>("[data-toast]:last-child :is(a, button)");
    if (key === "Escape" && note) toasts.dismiss(Number(note.dataset.toast));
    else if (key === TOAST_KEY && note) giveBack();
    else if (key === TOAST_KEY && newest) newest.focus();
    else return;
    event.preventDefault();
  }

  const changes = new MutationObserver(() => {
    if (isLent && document.activeElement === document.body) giveBack();
  });
  changes.observe(list, { childList: true, subtree: true });
  list.addEventListener("focusin", enter);
  document.addEventListener("focusin", leave);
  document.addEventListener("pointerdown", leave);
  document.addEventListener("keydown", press);
  return () => {
    changes.disconnect();
    list.removeEventListener("focusin", enter);
    document.removeEventListener("focusin", leave);
    document.removeEventListener("pointerdown", leave);
    document.removeEventListener("keydown", press);
  };
}
