/** What the shop keeps in an entry of the browser's history, beside what others keep there. */
export function keepInEntry(parts: object): void {
  history.replaceState({ ...(history.state as object | null), ...parts }, "");
}

/** @returns what `keepInEntry` left in the entry at hand, as far as it did. */
export function keptInEntry<Parts extends object>(): Partial<Parts> {
  return (history.state ?? {}) as Partial<Parts>;
}
