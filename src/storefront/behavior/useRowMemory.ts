import { useEffect } from "react";
import { keepInEntry, keptInEntry } from "./historyEntry.ts";

/**
 * Stores the scroll position of a row in the entry of the history, and restores it once the row
 * `isFilled` again.
 * @param name identifies the row on its page
 */
export function useRowMemory(
  row: React.RefObject<HTMLElement | null>,
  name: string,
  isFilled: boolean,
): void {
  useEffect(() => {
    const list = row.current;
    if (list === null || !isFilled) return;
    const kept = keptRows()[name];
    if (kept) list.scrollTo({ left: kept, behavior: "instant" });
    const keep = () => {
      keepInEntry({ rows: { ...keptRows(), [name]: Math.round(list.scrollLeft) } });
    };
    list.addEventListener("scrollend", keep);
    return () => list.removeEventListener("scrollend", keep);
  }, [row, name, isFilled]);
}

function keptRows(): Record<string, number> {
  return keptInEntry<{ rows: Record<string, number> }>().rows ?? {};
}
