import { type RefObject, useLayoutEffect } from "react";

/** Reserves the height of a bar at the bottom, so that it covers neither toasts nor what is scrolled to. */
export function useBottomBar(bar: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const sizes = new ResizeObserver(() => {
      style.setProperty("--bottom-bar", `${bar.current?.offsetHeight ?? 0}px`);
    });
    sizes.observe(bar.current!);
    return () => {
      sizes.disconnect();
      style.removeProperty("--bottom-bar");
    };
  }, [bar]);
}
