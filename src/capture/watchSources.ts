import { watchAttributes } from "./attributes.ts";
import type { EmitConsent } from "./consent.ts";
import { watchDataLayer } from "./dataLayer.ts";
import type { PageEvent } from "./pageEvent.ts";
import { watchSegment } from "./segment.ts";
import { watchShopify } from "./shopify.ts";
import type { Source } from "./source.ts";

interface SourceOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
  emit(source: Source, events: PageEvent[]): void;
  onConsent: EmitConsent;
}

/** Watches the sources that report events as they happen. Returns how to stop each. */
export function watchSources(page: Window, options: SourceOptions): (() => void)[] {
  const emitFor = (source: Source) => (events: PageEvent[]) => options.emit(source, events);
  const watches: Partial<Record<Source, (emit: (events: PageEvent[]) => void) => () => void>> = {
    "data-layer": (emit) =>
      watchDataLayer(page, options.dataLayer, { emit, onConsent: options.onConsent }),
    shopify: (emit) => watchShopify(page.document, emit),
    segment: (emit) => watchSegment(page, emit),
    attributes: (emit) => watchAttributes(page.document, emit),
  };
  return options.sources.flatMap((source) => watches[source]?.(emitFor(source)) ?? []);
}
