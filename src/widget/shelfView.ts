import type { Texts } from "../shelf/texts.ts";
import { createSkeleton } from "./card.ts";
import { element } from "./element.ts";
import { createRowScroll } from "./rowScroll.ts";
import { optionSheet, shelfSheet } from "./sheet.ts";
import type { ShelfOptions } from "./shelfOptions.ts";

/** The shadow tree of a shelf: a heading, a list of cards, and the fallback content. */
export interface ShelfView {
  /** Applies the options that concern its looks. */
  dress(options: ShelfOptions, heading: string, texts: Texts): void;
  showSkeletons(options: ShelfOptions, texts: Texts): void;
  showItems(items: readonly Node[]): void;
  /** Shows no cards; their space stays empty if `keepsPlace`. */
  showNone(keepsPlace: boolean): void;
  /** Stops its observers. */
  stop(): void;
}

export function createShelfView(root: ShadowRoot): ShelfView {
  const tree = createTree();
  const { section, title, header, previous, next, list, status, fallback } = tree;
  root.append(section, fallback);
  const scroll = createRowScroll(list, tree);

  function show(items: readonly Node[], { isBusy }: { isBusy: boolean }): void {
    section.className = "shelf";
    section.setAttribute("aria-busy", String(isBusy));
    fallback.hidden = true;
    list.replaceChildren(...items);
    scroll.remeasure();
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
        skeletons.push(element("li", { part: "item" }, [createSkeleton(parts)]));
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
    stop: scroll.stop,
  };
}

function createTree() {
  const title = element("h2", { part: "heading", id: "heading" });
  const previous = element("button", { part: "previous", type: "button" }, ["‹"]);
  const next = element("button", { part: "next", type: "button" }, ["›"]);
  const nav = element("div", { part: "nav", class: "nav" }, [previous, next]);
  const headingSlot = element("slot", { name: "heading" }, [title]);
  const header = element("div", { part: "header", class: "header" }, [headingSlot, nav]);
  const list = element("ul", { part: "list", class: "row" });
  const status = element("p", { class: "unseen", role: "status" });
  const footer = element("slot", { name: "footer" });
  const section = element(
    "section",
    { part: "shelf", class: "shelf", "aria-labelledby": "heading" },
    [header, status, list, footer],
  );
  const fallback = element("slot");
  return { section, title, header, nav, previous, next, list, status, fallback };
}
