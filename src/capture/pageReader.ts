import { readOrderAttributes, readViewAttributes } from "./attributes.ts";
import { documentOf } from "./documentOf.ts";
import { readJsonLd } from "./jsonLd.ts";
import { find, flatMap, keyOf, map } from "./lists.ts";
import { readMicrodata } from "./microdata.ts";
import { declaredAddresses } from "./pageAddress.ts";
import type { PageEvent } from "./pageEvent.ts";
import { mainProduct, type PageProduct } from "./pageProduct.ts";
import type { Source } from "./source.ts";

export interface PageReader {
  /** Emits the events of each source whose content has changed since the last reading. */
  read(): void;
  /** Notes that another page is shown; on one shown again (`isBack`), everything is emitted again. */
  changePage(isBack: boolean): void;
}

interface PageReaderOptions {
  page: Window;
  sources: readonly Source[];
  emit(source: Source, events: PageEvent[]): void;
  /** The orders that the shop's selectors find. */
  orders(): PageEvent[];
}

/** The products that the page declares, by the source that reads them. */
const READERS: Partial<Record<Source, (page: Document) => PageProduct[]>> = {
  attributes: readViewAttributes,
  "json-ld": readJsonLd,
  microdata: readMicrodata,
};

/** Reads what the page's markup declares. Content that stays in the DOM is not counted again. */
export function createPageReader({ page, sources, emit, orders }: PageReaderOptions): PageReader {
  const reported = new Map<Source, string>();
  /** The addresses that the page declares, and those that an application left from the page before. */
  let declared = "";
  let leftBehind = "";

  const hasLinkTo = (isSame: (address: string) => boolean) => {
    const links = documentOf(page).querySelectorAll<HTMLAnchorElement>("a[href]");
    return find(links, (link) => isSame(String(link.href))) !== undefined;
  };

  function viewByAddress(): PageEvent {
    const addresses = declaredAddresses(documentOf(page));
    declared = keyOf(addresses);
    const current = declared === leftBehind ? [] : addresses;
    return { type: "view", product: [page.location.href, ...current], isGuess: true };
  }

  function eventsOf(source: Source): PageEvent[] {
    if (source === "address") return [viewByAddress()];
    if (source === "selectors") return orders();
    const described = READERS[source]?.(documentOf(page)) ?? [];
    const product = mainProduct(described, page.location, hasLinkTo);
    const views: PageEvent[] = product ? [{ type: "view", product: product.names }] : [];
    return source === "attributes" ? [...views, ...readOrderAttributes(documentOf(page))] : views;
  }

  return {
    read() {
      for (const source of sources) {
        const events = eventsOf(source);
        const text = keyOf(map(events, textOf));
        if (reported.get(source) !== text) emit(source, events);
        reported.set(source, text);
      }
    },
    changePage(isBack) {
      if (isBack) reported.clear();
      else leftBehind = declared;
    },
  };
}

/** An event as one text. `JSON.stringify` would run the `toJSON` that old libraries give every list. */
function textOf(event: PageEvent): string {
  if (event.type === "view") return keyOf([event.type, ...event.product]);
  if (event.type !== "purchase") return event.type;
  const items = flatMap(event.items, ({ product, quantity }) => [...product, quantity]);
  return keyOf([event.orderId, ...items]);
}
