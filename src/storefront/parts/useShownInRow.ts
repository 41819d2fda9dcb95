import { useEffect } from "react";
import { useLocation } from "wouter";

/** Brings the link of the page at hand into view, in a row of links that may be too long for its place. */
export function useShownInRow(row: React.RefObject<HTMLElement | null>): void {
  const [path] = useLocation();
  useEffect(() => {
    const current = row.current!.querySelector(`[href="${CSS.escape(path)}"]`);
    if (current) showInRow(current, row.current!);
  }, [row, path]);
}

/** Scrolls the row alone, which `scrollIntoView` would not. */
function showInRow(item: Element, row: Element): void {
  const { left, width } = item.getBoundingClientRect();
  const around = row.getBoundingClientRect();
  row.scrollLeft += left + width / 2 - (around.left + around.width / 2);
}
