import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Filters } from "./filters.ts";

/** Sets which element gets the focus once the list has changed; the results if it finds none. */
export type FocusAfter = (find?: () => HTMLElement | null | undefined) => void;

/**
 * Keyboard users must not lose their place when the button they pressed is removed by the change that it
 * makes. The list changes a moment after the press; a focus that was moved meanwhile stays.
 */
export function useFocusAfter(
  { filters, shown }: { filters: Filters; shown: number },
  results: RefObject<HTMLElement | null>,
): FocusAfter {
  const awaited = useRef<{ find: Parameters<FocusAfter>[0]; from: Element | null }>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change that is awaited
  useLayoutEffect(() => {
    if (awaited.current === undefined) return;
    const { find, from } = awaited.current;
    awaited.current = undefined;
    const focused = document.activeElement;
    if (focused !== document.body && focused !== from) return;
    (find?.() ?? results.current)?.focus();
  }, [filters, shown, results]);
  return (find) => {
    awaited.current = { find, from: document.activeElement };
  };
}
