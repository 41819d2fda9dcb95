import { useDeferredValue, useEffect } from "react";

let isOpening = true;

/**
 * Whether to render what lies below the fold. Not in the first paint of a visit, which comes sooner
 * without; it follows at once, in slices. Pages gone to later are there as a whole.
 */
export function useBelowTheFold(): boolean {
  useEffect(() => {
    isOpening = false;
  }, []);
  return useDeferredValue(true, !isOpening);
}
