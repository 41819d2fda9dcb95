import { useDeferredValue, useEffect } from "react";

let isOpening = true;

/**
 * Whether to render what is below the fold. It is left out of the first paint of a visit, which is faster
 * without it, and follows in slices. Later pages render completely.
 */
export function useBelowTheFold(): boolean {
  useEffect(() => {
    isOpening = false;
  }, []);
  return useDeferredValue(true, !isOpening);
}
