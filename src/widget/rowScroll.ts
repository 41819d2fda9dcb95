export interface ScrollControls {
  /** Contains both buttons; hidden while everything is in view. */
  nav: HTMLElement;
  previous: HTMLButtonElement;
  next: HTMLButtonElement;
}

export interface RowScroll {
  /** Updates the buttons after the next layout, even if the row's size is as before. */
  remeasure(): void;
  stop(): void;
}

/** How far one press of a button scrolls, in widths of the row. */
const SCROLL_SHARE = 0.9;

/** Scrolls a row by buttons, and disables each at its end of the row. */
export function createRowScroll(row: HTMLElement, controls: ScrollControls): RowScroll {
  const { nav, previous, next } = controls;
  const sizes = new ResizeObserver(measure);
  row.addEventListener("scroll", measure);
  previous.addEventListener("click", () => scroll(-1));
  next.addEventListener("click", () => scroll(1));

  function measure(): void {
    const from = Math.abs(row.scrollLeft); // Negative where text runs from right to left.
    previous.disabled = from <= 1;
    next.disabled = from + row.clientWidth >= row.scrollWidth - 1;
    nav.hidden = row.scrollWidth <= row.clientWidth + 1;
  }

  function scroll(direction: 1 | -1): void {
    const sign = getComputedStyle(row).direction === "rtl" ? -direction : direction;
    row.scrollBy({ left: sign * row.clientWidth * SCROLL_SHARE });
  }

  return {
    // Observing anew reports with the next frame's layout; measuring here would force a layout.
    remeasure() {
      sizes.unobserve(row);
      sizes.observe(row);
    },
    stop: () => sizes.disconnect(),
  };
}
