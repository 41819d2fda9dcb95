import type { Texts } from "../shelf/texts.ts";
import { createSkeleton } from "./card.ts";
import { element } from "./element.ts";
import { optionSheet, shelfSheet } from "./sheet.ts";
import type { ShelfOptions } from "./shelfOptions.ts";

/** The shadow tree of a shelf: a heading, a list of cards, and the fallback content. */
export interface ShelfView {
  /** Takes over options that say how it looks. */
  dress(options: ShelfOptions, heading: string, texts: Texts): void;
  showSkeletons(options: ShelfOptions, texts: Texts): void;
  showItems(items: readonly Node[]): void;
  /** Shows no cards; the place they had stays empty if `keepsPlace`. */
  showNone(keepsPlace: boolean): void;
  /** Ends what it watches. */
  stop(): void;
}

/** How far one press of a button scrolls, in widths of the row. */
const SCROLL_SHARE = 0.9;

export function createShelfView(root: ShadowRoot): ShelfView {
  const title = element("h2", "heading", { id: "heading" });
  const previous = element("button", "previous", { type: "button" }, ["‹"]);
  const next = element("button", "next", { type: "button" }, ["›"]);
  const nav = element("div", "nav", { class: "nav" }, [previous, next]);
  const headingSlot = element("slot", undefined, { name: "heading" }, [title]);
  const header = element("div", "header", { class: "header" }, [headingSlot, nav]);
  const list = element("ul", "list", { class: "row" });
  const status = element("p", undefined, { class: "unseen", role: "status" });
  const footer = element("slot", undefined, { name: "footer" });
  const section = element("section", "shelf", { class: "shelf", "aria-labelledby": "heading" }, [
    header,
    status,
    list,
    footer,
  ]);
  const fallback = element("slot", undefined);
  root.append(section, fallback);

  const watch = new ResizeObserver(measure);
  list.addEventListener("scroll", measure, { passive: true });
  previous.addEventListener("click", () => scroll(-1));
  next.addEventListener("click", () => scroll(1));

  function measure(): void {
    const from = Math.abs(list.scrollLeft); // Negative where text runs from right to left.
    previous.disabled = from <= 1;
    next.disabled = from + list.clientWidth >= list.scrollWidth - 1;
    nav.hidden = list.scrollWidth <= list.clientWidth + 1;
  }

  function scroll(direction: 1 | -1): void {
    const sign = getComputedStyle(list).direction === "rtl" ? -direction : direction;
    list.scrollBy({ left: sign * list.clientWidth * SCROLL_SHARE });
  }

  function show(items: readonly Node[], { isBusy }: { isBusy: boolean }): void {
    section.className = "shelf";
    section.setAttribute("aria-busy", String(isBusy));
    fallback.hidden = true;
    list.replaceChildren(...items);
    // Measured with the next frame's layout, even if the size is as before, not by a layout of its own.
    watch.unobserve(list);
    watch.observe(list);
  }

  return {
    dress(options, heading, texts) {
      const { columns, phoneColumns, imageRatio, imageFit, layout } = options;
      const properties = {
        columns,
        "phone-columns": phoneColumns,
        ratio: imageRatio,
        fit: imageFit,
      };
      root.adoptedStyleSheets = [shelfSheet(), optionSheet(properties)];
      list.className = layout;
      title.textContent = heading;
      header.hidden = heading === "" && layout === "grid";
      previous.setAttribute("aria-label", `${texts.previous}: ${heading}`);
      next.setAttribute("aria-label", `${texts.next}: ${heading}`);
    },
    showSkeletons({ limit, show: parts }, texts) {
      // No `Array.from`, which old libraries replace.
      const skeletons: HTMLElement[] = [];
      while (skeletons.length < limit) {
        skeletons.push(element("li", "item", {}, [createSkeleton(parts)]));
      }
      show(skeletons, { isBusy: true });
      status.textContent = texts.loading;
    },
    showItems(items) {
      show(items, { isBusy: false });
      status.textContent = "";
    },
    showNone(keepsPlace) {
      section.classList.add(keepsPlace ? "blank" : "gone");
      section.setAttribute("aria-busy", "false");
      fallback.hidden = false;
    },
    stop() {
      watch.disconnect();
    },
  };
}
