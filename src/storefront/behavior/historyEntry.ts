/** What the shop stores in an entry of the browser's history, next to what others store there. */
export function keepInEntry(parts: object): void {
  history.replaceState({ ...(history.state as object | null), ...parts }, "");
}

/** @returns what `keepInEntry` has stored in the current entry, if anything */
export function keptInEntry<Parts extends object>(): Partial<Parts> {
  return (history.state ?? {}) as Partial<Parts>;
}
