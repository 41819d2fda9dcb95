import { watchAttributes } from "./attributes.ts";
import type { ConsentReading } from "./consent/consentReading.ts";
import { watchDataLayer } from "./dataLayer.ts";
import { documentOf } from "./documentOf.ts";
import type { EventCollector } from "./eventCollector.ts";
import { MEANINGS } from "./ga4Event.ts";
import { find, flatMap } from "./lists.ts";
import { lookFor } from "./lookFor.ts";
import type { Emit, PageEvent } from "./pageEvent.ts";
import { fieldOf } from "./pageValue.ts";
import { watchShopify } from "./shopify.ts";
import type { Source } from "./source.ts";

interface SourceOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
  /** Meanings of the data layer's own event names: `kauf=purchase, ansicht=view`. */
  events?: string | undefined;
  collector: Pick<EventCollector, "emit" | "noteUnread" | "wait">;
  /** Called with what Google's consent mode says. */
  onConsent(reading: ConsentReading): void;
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
    segment: (emit) => watchSegment(page, emit, options),
    attributes: (emit) => watchAttributes(documentOf(page), emit),
  };
  return flatMap(options.sources, (source) => {
    const watch = watches[source];
    return watch === undefined ? [] : [watch(emitFor(source))];
  });
}

/** Segment's reader loads on pages with Segment, which a tag manager may add late. */
function watchSegment(page: Window, emit: Emit, { collector, onError }: SourceOptions): () => void {
  let isStopped = false;
  let stop = lookFor(
    () => fieldOf(fieldOf(page, "analytics"), "track"),
    () => collector.wait(load().catch(onError)),
  );
  async function load(): Promise<void> {
    const { watchSegment } = await import("./segment.ts");
    if (!isStopped) stop = watchSegment(page, emit);
  }
  return () => {
    isStopped = true;
    stop();
  };
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
