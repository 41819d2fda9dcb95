import { watchCartForms } from "./cartForms.ts";
import { hintsFor } from "./hints.ts";
import type { PageEvent } from "./pageEvent.ts";
import { parseSelectors, readOrder, watchSelectors } from "./selectors.ts";
import type { Source } from "./source.ts";

export interface SilentPageOptions {
  sources: readonly Source[];
  /** As in `data-selectors`. */
  selectors: string;
  emit(source: Source, events: PageEvent[]): void;
  productId(): string | undefined;
  onError(error: Error): void;
}

export interface SilentPage {
  /** The order that the page confirms, by the shop's selectors. */
  orders(): PageEvent[];
  hints(): string[];
  stop(): void;
}

/** Detects what a shopper does on a page that does not report it. Loaded separately from the reader. */
export function watchSilentPage(page: Document, options: SilentPageOptions): SilentPage {
  const { sources, productId, onError } = options;
  const emitFrom = (source: Source) => (events: PageEvent[]) => options.emit(source, events);
  const selectors = parseSelectors(options.selectors, page, onError);
  const has = (source: Source) => sources.indexOf(source) >= 0;
  const stopForms = has("forms") && watchCartForms(page, emitFrom("forms"), productId);
  const stopSelectors =
    has("selectors") && watchSelectors(page, selectors, { emit: emitFrom("selectors"), productId });
  return {
    orders: () => (has("selectors") ? readOrder(page, selectors) : []),
    hints: () => hintsFor(page),
    stop() {
      if (stopForms) stopForms();
      if (stopSelectors) stopSelectors();
    },
  };
}
