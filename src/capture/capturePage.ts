import type { ConsentMode } from "../engine/events/consent.ts";
import { LONG_DWELL_MS } from "../engine/events/foldHistory.ts";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Recommender } from "../engine/recommender.ts";
import { readOrderAttributes, readViewAttributes, watchAttributes } from "./attributes.ts";
import {
  type ConsentReport,
  type ConsentWatchOptions,
  watchConsent,
} from "./consent/watchConsent.ts";
import { watchDataLayer } from "./dataLayer.ts";
import { watchDwell } from "./dwell.ts";
import { createEventCollector, type EventCollectorReport } from "./eventCollector.ts";
import { readJsonLd } from "./jsonLd.ts";
import { readMicrodata } from "./microdata.ts";
import type { PageEvent } from "./pageEvent.ts";
import { mainProduct, type PageProduct } from "./pageProduct.ts";
import { watchSegment } from "./segment.ts";
import { watchShopify } from "./shopify.ts";
import type { Source } from "./source.ts";
import { watchPages } from "./watchPages.ts";

export interface CaptureOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
  recommender: Pick<Recommender, "observe" | "products" | "setConsent">;
  /** The page's consent mode; if the page has already asked, its banners are ignored. */
  consent: ConsentMode;
  /** Loads the readers of further consent frameworks, where the page has one of them. */
  loadFrameworks: ConsentWatchOptions["loadMore"];
  /** Called for a failure to store; nothing is ever thrown into the page. */
  onError(error: Error): void;
  /** Called when the page's subject has changed (another address or product) and that is stored. */
  onNewPage(): void;
}

/** What was found on the page so far, for setting up a shop. */
export interface CaptureReport extends EventCollectorReport {
  consent: ConsentReport;
}

export interface PageCapture {
  productId(): string | undefined;
  /** Resolves when everything found so far is stored. */
  settled(): Promise<void>;
  report(): CaptureReport;
  /** Removes every trace from the page. */
  stop(): void;
}

/** The products that the page declares, by the source that reads them. */
const READERS: Partial<Record<Source, (page: Document) => PageProduct[]>> = {
  attributes: readViewAttributes,
  "json-ld": readJsonLd,
  microdata: readMicrodata,
};

/** Captures what the shopper does on a page that does not know Vitrine. */
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

  const consent = watchConsent(page, {
    mode: options.consent,
    decide: (answer) => recommender.setConsent(answer).catch(options.onError),
    loadMore: options.loadFrameworks,
    onError: options.onError,
  });

  /** Each source's last reading: content that stays in the DOM is not counted again. */
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

  /** Deferred, so that the page is read first. */
  function reportNewPage(): void {
    void Promise.resolve().then(collector.settled).then(options.onNewPage);
  }

  const starts: Partial<Record<Source, () => () => void>> = {
    "data-layer": () =>
      watchDataLayer(page, options.dataLayer, {
        emit: (events) => collector.emit("data-layer", events),
        onConsent: (reading) => consent.hear("Google consent mode", reading),
      }),
    shopify: () => watchShopify(page.document, (events) => collector.emit("shopify", events)),
    segment: () => watchSegment(page, (events) => collector.emit("segment", events)),
    attributes: () =>
      watchAttributes(page.document, (events) => collector.emit("attributes", events)),
  };
  const stops = sources.flatMap((source) => starts[source]?.() ?? []);
  stops.push(watchPages(page, { onChange: readPage, onNewPage: changePage }), consent.start());

  return {
    productId: collector.productId,
    settled: () => consent.settled().then(collector.settled),
    report: () => ({ ...collector.report(), consent: consent.report() }),
    stop() {
      stopDwell();
      for (const stop of stops) stop();
    },
  };
}
