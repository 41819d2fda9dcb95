import { type RefObject, useLayoutEffect } from "react";

/** Keeps free what a bar that sticks to the bottom covers: for notes, and for what is scrolled to. */
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
