import { useEffect, useState } from "react";

/** Whether a row is scrolled to an end, and how to scroll it by about its width. */
export function useScrollButtons(row: React.RefObject<HTMLUListElement | null>, content: unknown) {
  const [ends, setEnds] = useState({ atStart: true, atEnd: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other content has another width
  useEffect(() => {
    const list = row.current;
    if (list === null) return;
    const measure = () => {
      const { scrollLeft, clientWidth, scrollWidth } = list;
      const from = Math.abs(scrollLeft); // Negative where text runs from right to left.
      const next = { atStart: from <= 1, atEnd: from + clientWidth >= scrollWidth - 1 };
      setEnds((now) => (now.atStart === next.atStart && now.atEnd === next.atEnd ? now : next));
    };
    // It reports after layout; reading the width here would force a layout for every shelf.
    const sizes = new ResizeObserver(measure);
    sizes.observe(list);
    list.addEventListener("scroll", measure, { passive: true });
    return () => {
      sizes.disconnect();
      list.removeEventListener("scroll", measure);
    };
  }, [row, content]);

  function scroll(direction: 1 | -1): void {
    const list = row.current;
    if (list === null) return;
    const sign = getComputedStyle(list).direction === "rtl" ? -direction : direction;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    list.scrollBy({ left: sign * list.clientWidth * 0.85, behavior: calm ? "instant" : "smooth" });
  }

  return { ...ends, scroll };
}
