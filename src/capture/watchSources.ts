import { watchAttributes } from "./attributes.ts";
import type { EmitConsent } from "./consent.ts";
import { watchDataLayer } from "./dataLayer.ts";
import { documentOf } from "./documentOf.ts";
import type { EventCollector } from "./eventCollector.ts";
import { MEANINGS } from "./ga4Event.ts";
import { find, flatMap } from "./lists.ts";
import type { PageEvent } from "./pageEvent.ts";
import { watchSegment } from "./segment.ts";
import { watchShopify } from "./shopify.ts";
import type { Source } from "./source.ts";

interface SourceOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
  /** Meanings of the data layer's own event names: `kauf=purchase, ansicht=view`. */
  events?: string | undefined;
  collector: Pick<EventCollector, "emit" | "noteUnread">;
  onConsent: EmitConsent;
  onError(error: Error): void;
}

/** Watches the sources that report events as they happen. Returns how to stop each. */
export function watchSources(page: Window, options: SourceOptions): (() => void)[] {
  const { collector, dataLayer, onConsent, onError } = options;
  const emitFor = (source: Source) => (events: PageEvent[], writer?: string) =>
    collector.emit(source, events, writer);
  const watches: Partial<Record<Source, (emit: ReturnType<typeof emitFor>) => () => void>> = {
    "data-layer": (emit) =>
      watchDataLayer(page, dataLayer, {
        emit,
        meanings: meaningsIn(options.events ?? "", onError),
        onUnread: collector.noteUnread,
        onConsent,
      }),
    shopify: (emit) => watchShopify(documentOf(page), emit),
    segment: (emit) => watchSegment(page, emit),
    attributes: (emit) => watchAttributes(documentOf(page), emit),
  };
  return flatMap(options.sources, (source) => {
    const watch = watches[source];
    return watch === undefined ? [] : [watch(emitFor(source))];
  });
}

/** `kauf=purchase, ansicht=view` as a table. */
function meaningsIn(text: string, onError: (error: Error) => void): Map<string, string> {
  const meanings = new Map<string, string>();
  for (const entry of text.split(",")) {
    const [, name, meaning] = /^\s*(.*\S)\s*=\s*(\w+)\s*$/.exec(entry) ?? [];
    if (name !== undefined && find(MEANINGS, (one) => one === meaning) !== undefined) {
      meanings.set(name, meaning!);
    } else if (entry.trim() !== "") {
      onError(new Error(`events has "${entry.trim()}", expected NAME= and one of ${MEANINGS}`));
    }
  }
  return meanings;
}
