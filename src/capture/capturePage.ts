import type { ConsentMode } from "../engine/events/consent.ts";
import { LONG_DWELL_MS } from "../engine/events/foldHistory.ts";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Recommender } from "../engine/recommender.ts";
import { readOrderAttributes, readViewAttributes, watchAttributes } from "./attributes.ts";
import { type ConsentAnswer, type ConsentCommand, combineConsent } from "./consent.ts";
import { watchDataLayer } from "./dataLayer.ts";
import { watchDwell } from "./dwell.ts";
import { createEventCollector, type EventCollectorReport } from "./eventCollector.ts";
import { readJsonLd } from "./jsonLd.ts";
import { readMicrodata } from "./microdata.ts";
import type { PageEvent } from "./pageEvent.ts";
import { mainProduct, type PageProduct } from "./pageProduct.ts";
import { watchSegment } from "./segment.ts";
import { watchShopify } from "./shopify.ts";
import { watchShopifyConsent } from "./shopifyConsent.ts";
import type { Source } from "./source.ts";
import { watchTcf } from "./tcfConsent.ts";
import { watchPages } from "./watchPages.ts";

export interface CaptureOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
  recommender: Pick<Recommender, "observe" | "products" | "setConsent">;
  /** How the page stands towards storing; where it has asked, its banners are not heard. */
  consent: ConsentMode;
  /** Called for a failure to store; nothing is ever thrown into the page. */
  onError(error: Error): void;
  /** The page is about something else now (another address, another product), and that is stored. */
  onNewPage(): void;
}

export interface PageCapture {
  productId(): string | undefined;
  /** Resolves when all that was found so far is stored. */
  settled(): Promise<void>;
  report(): EventCollectorReport;
  /** Leaves the page as if nobody had ever looked. */
  stop(): void;
}

/** What the page itself says it shows, by the source that reads it. */
const READERS: Partial<Record<Source, (page: Document) => PageProduct[]>> = {
  attributes: readViewAttributes,
  "json-ld": readJsonLd,
  microdata: readMicrodata,
};

/** Finds out what the shopper does on a page that knows nothing of Vitrine. */
export function capturePage(page: Window, options: CaptureOptions): PageCapture {
  const { sources, recommender } = options;
  let stopDwell = () => {};

  async function observe(events: ShopEventInput[]): Promise<void> {
    await recommender.observe(events).catch(options.onError);
  }

  const collector = createEventCollector({
    products: (names) =>
      recommender.products(names).catch((error: Error) => {
        options.onError(error);
        return [];
      }),
    observe,
    onView(productId) {
      stopDwell();
      stopDwell = watchDwell(LONG_DWELL_MS, (dwellMs) => {
        void observe([{ type: "dwell", productId, dwellMs }]);
      });
      reportNewPage();
    },
    clock: () => Date.now(),
  });

  /** An answer counts always, and so does a stance, unless consent is awaited as it says. */
  function decide(answer: ConsentAnswer, command: ConsentCommand): void {
    const { consent } = options;
    const isAwaited = consent === "required" && command === "default" && answer === "denied";
    if (consent === "granted" || isAwaited) return;
    recommender.setConsent(answer === "granted" ? "granted" : "refused").catch(options.onError);
  }

  /** What each source read last: content that stays in a page's tree is not shown once more. */
  const reported = new Map<Source, string>();

  function readPage(): void {
    for (const source of sources) {
      const product = mainProduct(READERS[source]?.(page.document) ?? [], page.location);
      const events: PageEvent[] = product ? [{ type: "view", product: product.names }] : [];
      if (source === "attributes") events.push(...readOrderAttributes(page.document));
      const text = JSON.stringify(events);
      if (reported.get(source) !== text) collector.emit(source, events);
      reported.set(source, text);
    }
  }

  function changePage(isBack: boolean): void {
    if (isBack) reported.clear();
    stopDwell();
    collector.changePage();
    reportNewPage();
  }

  /** Not at once: the page is read first. */
  function reportNewPage(): void {
    void Promise.resolve().then(collector.settled).then(options.onNewPage);
  }

  const consentOf = combineConsent(decide);
  const starts: Partial<Record<Source, () => () => void>> = {
    "data-layer": () =>
      watchDataLayer(page, options.dataLayer, {
        emit: (events) => collector.emit("data-layer", events),
        onConsent: consentOf("data-layer"),
      }),
    shopify: () => watchShopify(page.document, (events) => collector.emit("shopify", events)),
    segment: () => watchSegment(page, (events) => collector.emit("segment", events)),
    attributes: () =>
      watchAttributes(page.document, (events) => collector.emit("attributes", events)),
  };
  const stops = sources.flatMap((source) => starts[source]?.() ?? []);
  stops.push(watchTcf(page, consentOf("tcf")), watchShopifyConsent(page, consentOf("shopify")));
  stops.push(watchPages(page, { onChange: readPage, onNewPage: changePage }));

  return {
    productId: collector.productId,
    settled: collector.settled,
    report: collector.report,
    stop() {
      stopDwell();
      for (const stop of stops) stop();
    },
  };
}
