import type { ConsentMode } from "../engine/events/consent.ts";
import { LONG_DWELL_MS } from "../engine/events/foldHistory.ts";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Recommender } from "../engine/recommender.ts";
import { readOrderAttributes, readViewAttributes, watchAttributes } from "./attributes.ts";
import { type ConsentAnswer, type ConsentCommand, combineConsent } from "./consent.ts";
import { watchDataLayer } from "./dataLayer.ts";
import { watchDwell } from "./dwell.ts";
import { createEventCollector, type EventCollectorReport } from "./eventCollector.ts";
import { MEANINGS } from "./ga4Event.ts";
import { readJsonLd } from "./jsonLd.ts";
import { find, flatMap, keyOf, map } from "./lists.ts";
import { readMicrodata } from "./microdata.ts";
import { declaredAddresses } from "./pageAddress.ts";
import type { PageEvent } from "./pageEvent.ts";
import { mainProduct, type PageProduct } from "./pageProduct.ts";
import { watchSegment } from "./segment.ts";
import { watchShopify } from "./shopify.ts";
import { watchShopifyConsent } from "./shopifyConsent.ts";
import type { SilentPage } from "./silentPage.ts";
import type { Source } from "./source.ts";
import { watchTcf } from "./tcfConsent.ts";
import { watchPages } from "./watchPages.ts";

export interface CaptureOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
  /** What the data layer's own event names mean: `kauf=purchase, ansicht=view`. */
  events?: string | undefined;
  /** Parts of the page by CSS selector: `cart=.buy; quantity=#qty`. */
  selectors?: string | undefined;
  recommender: Pick<Recommender, "observe" | "products" | "setConsent">;
  /** The page's consent mode; if the page has already asked, its banners are ignored. */
  consent: ConsentMode;
  /** Called for a failure to store; nothing is ever thrown into the page. */
  onError(error: Error): void;
  /** Called when the page's subject has changed (another address or product) and that is stored. */
  onNewPage(): void;
}

export interface PageCapture {
  productId(): string | undefined;
  /** Resolves when everything found so far is stored. */
  settled(): Promise<void>;
  report(): PageReport;
  /** Leaves the page as if nobody had ever looked. */
  stop(): void;
}

/** What was found on the page, and on a silent one what would help. */
export interface PageReport extends EventCollectorReport {
  hints: string[];
}

/** What the page itself says it shows, by the source that reads it. */
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

  /** An answer always counts; a default counts unless it only repeats that consent is awaited. */
  function decide(answer: ConsentAnswer, command: ConsentCommand): void {
    const { consent } = options;
    const isAwaited = consent === "required" && command === "default" && answer === "denied";
    if (consent === "granted" || isAwaited) return;
    recommender.setConsent(answer === "granted" ? "granted" : "refused").catch(options.onError);
  }

  let silentPage: SilentPage | undefined;
  let isStopped = false;
  const hasLinkTo = (isSame: (address: string) => boolean) =>
    find(page.document.querySelectorAll<HTMLAnchorElement>("a[href]"), (link) =>
      isSame(String(link.href)),
    ) !== undefined;
  /** What the last page declared: an application may leave that behind on its next one. */
  let declared = "";
  let leftBehind = "";

  function addressEvent(): PageEvent[] {
    const addresses = declaredAddresses(page.document);
    declared = keyOf(addresses);
    const current = declared === leftBehind ? [] : addresses;
    return [{ type: "view", product: [page.location.href, ...current], isGuess: true }];
  }

  /** What each source read last: content that stays in a page's tree is not shown once more. */
  const reported = new Map<Source, string>();

  function readPage(): void {
    for (const source of sources) {
      const described = READERS[source]?.(page.document) ?? [];
      const product = mainProduct(described, page.location, hasLinkTo);
      const events: PageEvent[] = [
        ...(product ? [{ type: "view" as const, product: product.names }] : []),
        ...(source === "attributes" ? readOrderAttributes(page.document) : []),
        ...((source === "selectors" && silentPage?.orders()) || []),
        ...(source === "address" ? addressEvent() : []),
      ];
      const text = keyOf(map(events, textOf));
      if (reported.get(source) !== text) collector.emit(source, events);
      reported.set(source, text);
    }
  }

  function changePage(isBack: boolean): void {
    if (isBack) reported.clear();
    else leftBehind = declared;
    stopDwell();
    collector.changePage(isBack);
    reportNewPage();
  }

  /** Deferred, so that the page is read first. */
  function reportNewPage(): void {
    void Promise.resolve().then(collector.settled).then(options.onNewPage);
  }

  const consentOf = combineConsent(decide);
  const starts: Partial<Record<Source, () => () => void>> = {
    "data-layer": () =>
      watchDataLayer(page, options.dataLayer, {
        emit: (events, writer) => collector.emit("data-layer", events, writer),
        meanings: meaningsIn(options.events ?? "", options.onError),
        onUnread: collector.noteUnread,
        onConsent: consentOf("data-layer"),
      }),
    shopify: () => watchShopify(page.document, (events) => collector.emit("shopify", events)),
    segment: () => watchSegment(page, (events) => collector.emit("segment", events)),
    attributes: () =>
      watchAttributes(page.document, (events) => collector.emit("attributes", events)),
  };
  const stops = [
    ...flatMap(sources, (source) => {
      const start = starts[source];
      return start === undefined ? [] : [start()];
    }),
    watchTcf(page, consentOf("tcf")),
    watchShopifyConsent(page, consentOf("shopify")),
    watchPages(page, { onChange: readPage, onNewPage: changePage }),
  ];

  /** Apart, since pages that report their events do not need it. */
  async function loadSilentPage(): Promise<void> {
    const { watchSilentPage } = await import("./silentPage.ts");
    if (isStopped) return;
    silentPage = watchSilentPage(page.document, {
      sources,
      selectors: options.selectors ?? "",
      emit: collector.emit,
      productId: collector.productId,
      onError: options.onError,
    });
    readPage();
  }
  if (find(sources, (source) => source === "forms" || source === "selectors") !== undefined) {
    loadSilentPage().catch(options.onError);
  }

  return {
    productId: collector.productId,
    settled: collector.settled,
    report() {
      const report = collector.report();
      const isSilent = find(Object.keys(report.events), () => true) === undefined;
      return { ...report, hints: isSilent ? (silentPage?.hints() ?? []) : [] };
    },
    stop() {
      isStopped = true;
      stopDwell();
      silentPage?.stop();
      for (const stop of stops) stop();
    },
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

/** An event in one text. `JSON.stringify` would run the `toJSON` that old libraries give every list. */
function textOf(event: PageEvent): string {
  if (event.type === "view") return keyOf([event.type, ...event.product]);
  return event.type === "purchase"
    ? keyOf([
        event.orderId,
        ...flatMap(event.items, ({ product, quantity }) => [...product, quantity]),
      ])
    : event.type;
}
