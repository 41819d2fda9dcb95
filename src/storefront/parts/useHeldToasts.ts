import { type RefObject, useEffect } from "react";
import type { Toasts } from "../state/toasts.ts";

/** Keeps all toasts while the pointer or the focus is on one. */
export function useHeldToasts(list: RefObject<HTMLElement | null>, toasts: Toasts): void {
  useEffect(() => {
    const notes = list.current!;
    let isPointedAt = false;
    const weigh = () => {
      if (isPointedAt || notes.contains(document.activeElement)) toasts.hold();
      else toasts.release();
    };
    const point = ({ type }: PointerEvent) => {
      isPointedAt = type === "pointerenter";
      weigh();
    };
    // An element removed from under the pointer fires no leave event.
    const stop = toasts.subscribe(() => {
      if (toasts.get().length === 0) isPointedAt = false;
    });
    const changes = new MutationObserver(weigh);
    notes.addEventListener("pointerenter", point);
    notes.addEventListener("pointerleave", point);
    document.addEventListener("focusin", weigh);
    document.addEventListener("focusout", weigh);
    changes.observe(notes, { childList: true });
    return () => {
      stop();
      notes.removeEventListener("pointerenter", point);
      notes.removeEventListener("pointerleave", point);
      document.removeEventListener("focusin", weigh);
      document.removeEventListener("focusout", weigh);
      changes.disconnect();
    };
  }, [list, toasts]);
}
