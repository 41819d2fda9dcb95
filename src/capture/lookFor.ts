const LOOK_MS = 1000;
const MAX_LOOKS = 15;

/**
 * Calls `then` once `find` finds something: now, or while other scripts of the page are still loading.
 * Returns a function that stops looking.
 */
export function lookFor<Found>(
  find: () => Found | undefined,
  then: (found: Found) => void,
): () => void {
  let looks = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  function look(): void {
    const found = find();
    if (found !== undefined) then(found);
    else if (++looks < MAX_LOOKS) timer = setTimeout(look, LOOK_MS);
  }
  look();
  return () => clearTimeout(timer);
}
