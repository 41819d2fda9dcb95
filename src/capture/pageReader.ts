import { readOrderAttributes, readViewAttributes } from "./attributes.ts";
import { readJsonLd } from "./jsonLd.ts";
import { readMicrodata } from "./microdata.ts";
import type { PageEvent } from "./pageEvent.ts";
import { mainProduct, type PageProduct } from "./pageProduct.ts";
import type { Source } from "./source.ts";

export interface PageReader {
  /** Emits the events of each source whose content has changed since the last reading. */
  read(): void;
  /** Makes the next reading emit everything again. */
  forget(): void;
}

interface PageReaderOptions {
  page: Window;
  sources: readonly Source[];
  emit(source: Source, events: PageEvent[]): void;
}

/** The products that the page declares, by the source that reads them. */
const READERS: Partial<Record<Source, (page: Document) => PageProduct[]>> = {
  attributes: readViewAttributes,
  "json-ld": readJsonLd,
  microdata: readMicrodata,
};

/** Reads what the page's markup declares. Content that stays in the DOM is not counted again. */
export function createPageReader({ page, sources, emit }: PageReaderOptions): PageReader {
  const reported = new Map<Source, string>();

  function eventsOf(source: Source): PageEvent[] {
    const product = mainProduct(READERS[source]?.(page.document) ?? [], page.location);
    const views: PageEvent[] = product ? [{ type: "view", product: product.names }] : [];
    return source === "attributes" ? [...views, ...readOrderAttributes(page.document)] : views;
  }

  return {
    read() {
      for (const source of sources) {
        const events = eventsOf(source);
        const text = JSON.stringify(events);
        if (reported.get(source) !== text) emit(source, events);
        reported.set(source, text);
      }
    },
    forget: () => reported.clear(),
  };
}
