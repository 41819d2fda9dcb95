import { useEffect } from "react";
import { useLocation } from "wouter";

/** Scrolls the link of the current page into view, in a row of links that may be too long. */
export function useShownInRow(row: React.RefObject<HTMLElement | null>): void {
  const [path] = useLocation();
  useEffect(() => {
    const current = row.current!.querySelector(`[href="${CSS.escape(path)}"]`);
    if (current) showInRow(current, row.current!);
  }, [row, path]);
}

/** Scrolls only the row; `scrollIntoView` would also scroll the page. */
function showInRow(item: Element, row: Element): void {
  const { left, width } = item.getBoundingClientRect();
  const around = row.getBoundingClientRect();
  row.scrollLeft += left + width / 2 - (around.left + around.width / 2);
}
