import type { ConsentMode } from "../engine/events/consent.ts";
import { LONG_DWELL_MS } from "../engine/events/foldHistory.ts";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Recommender } from "../engine/recommender.ts";
import type { ConsentReport } from "./consent/consentDecisions.ts";
import type { ConsentReading } from "./consent/consentReading.ts";
import { watchConsent } from "./consent/watchConsent.ts";
import { documentOf } from "./documentOf.ts";
import { watchDwell } from "./dwell.ts";
import { createEventCollector, type EventCollectorReport } from "./eventCollector.ts";
import { find } from "./lists.ts";
import { createPageReader } from "./pageReader.ts";
import type { SilentPage } from "./silentPage.ts";
import type { Source } from "./source.ts";
import { watchPages } from "./watchPages.ts";
import { watchSources } from "./watchSources.ts";

export interface CaptureOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
  /** Meanings of the data layer's own event names: `kauf=purchase, ansicht=view`. */
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
  /** Removes every trace from the page. */
  stop(): void;
}

/** What was found on the page, and on a silent one what would help. */
export interface PageReport extends EventCollectorReport {
  consent: ConsentReport;
  hints: string[];
}

/** Captures what the shopper does on a page that does not know Vitrine. */
export function capturePage(page: Window, options: CaptureOptions): PageCapture {
  const { sources, recommender } = options;
  let stopDwell = () => {};

  async function observe(events: ShopEventInput[]): Promise<void> {
    await recommender.observe(events).catch(options.onError);
  }

  const collector = createEventCollector({
    products: (names) => knownProducts(options, names),
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
    load: () => import("./consent/consentFrameworks.ts"),
    onError: options.onError,
  });

  let silentPage: SilentPage | undefined;
  let isStopped = false;
  const { emit } = collector;
  const reader = createPageReader({
    page,
    sources,
    emit,
    orders: () => silentPage?.orders() ?? [],
  });

  function changePage(isBack: boolean): void {
    reader.changePage(isBack);
    stopDwell();
    collector.changePage(isBack);
    reportNewPage();
  }

  /** Deferred, so that the page is read first. */
  function reportNewPage(): void {
    void Promise.resolve().then(collector.settled).then(options.onNewPage);
  }

  const onConsent = (reading: ConsentReading) => consent.hear("Google consent mode", reading);
  const stops = [
    ...watchSources(page, { ...options, collector, onConsent }),
    watchPages(page, { onChange: reader.read, onNewPage: changePage }),
    consent.stop,
  ];

  /** Loaded apart, because pages that report their events do not need it. */
  async function loadSilentPage(): Promise<void> {
    const { watchSilentPage } = await import("./silentPage.ts");
    if (isStopped) return;
    silentPage = watchSilentPage(documentOf(page), {
      sources,
      selectors: options.selectors ?? "",
      emit,
      productId: collector.productId,
      onError: options.onError,
    });
    reader.read();
  }
  if (find(sources, (source) => source === "forms" || source === "selectors") !== undefined) {
    loadSilentPage().catch(options.onError);
  }

  return {
    productId: collector.productId,
    settled: () => consent.settled().then(collector.settled),
    report() {
      const report = collector.report();
      const isSilent = find(Object.keys(report.events), () => true) === undefined;
      return {
        ...report,
        consent: consent.report(),
        hints: isSilent ? (silentPage?.hints() ?? []) : [],
      };
    },
    stop() {
      isStopped = true;
      stopDwell();
      silentPage?.stop();
      for (const stop of stops) stop();
    },
  };
}

/** The catalog's products of these names; none if the catalog cannot be read. */
async function knownProducts({ recommender, onError }: CaptureOptions, names: string[]) {
  return recommender.products(names).catch((error: Error) => {
    onError(error);
    return [];
  });
}
