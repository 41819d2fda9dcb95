import { type RefObject, useLayoutEffect, useRef } from "react";
import type { Filters } from "./filters.ts";

/** Says what takes on the focus once the list has changed; the results do where it finds nothing. */
export type FocusAfter = (find?: () => HTMLElement | null | undefined) => void;

/**
 * Who acts by keyboard must not be thrown to the top of the page when what they pressed goes with the
 * change it makes. The list changes a moment after the press; who moved the focus meanwhile keeps it.
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
