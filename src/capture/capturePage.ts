import type { ConsentMode } from "../engine/events/consent.ts";
import { LONG_DWELL_MS } from "../engine/events/foldHistory.ts";
import type { ShopEventInput } from "../engine/events/shopEvent.ts";
import type { Recommender } from "../engine/recommender.ts";
import {
  type ConsentAnswer,
  type ConsentCommand,
  combineConsent,
  consentDecision,
} from "./consent.ts";
import { watchDwell } from "./dwell.ts";
import { createEventCollector, type EventCollectorReport } from "./eventCollector.ts";
import { createPageReader } from "./pageReader.ts";
import { watchShopifyConsent } from "./shopifyConsent.ts";
import type { Source } from "./source.ts";
import { watchTcf } from "./tcfConsent.ts";
import { watchPages } from "./watchPages.ts";
import { watchSources } from "./watchSources.ts";

export interface CaptureOptions {
  sources: readonly Source[];
  /** Name of the data layer's variable. */
  dataLayer: string;
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
  report(): EventCollectorReport;
  /** Removes every trace from the page. */
  stop(): void;
}

/** Captures what the shopper does on a page that does not know Vitrine. */
export function capturePage(page: Window, options: CaptureOptions): PageCapture {
  const { sources, dataLayer, recommender } = options;
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

  function decide(answer: ConsentAnswer, command: ConsentCommand): void {
    const decision = consentDecision(options.consent, { answer, command });
    if (decision) recommender.setConsent(decision).catch(options.onError);
  }

  const { emit } = collector;
  const reader = createPageReader({ page, sources, emit });

  function changePage(isBack: boolean): void {
    if (isBack) reader.forget();
    stopDwell();
    collector.changePage();
    reportNewPage();
  }

  /** Deferred, so that the page is read first. */
  function reportNewPage(): void {
    void Promise.resolve().then(collector.settled).then(options.onNewPage);
  }

  const consentOf = combineConsent(decide);
  const stops = [
    ...watchSources(page, { sources, dataLayer, emit, onConsent: consentOf("data-layer") }),
    watchTcf(page, consentOf("tcf")),
    watchShopifyConsent(page, consentOf("shopify")),
    watchPages(page, { onChange: reader.read, onNewPage: changePage }),
  ];

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

/** The catalog's products of these names; none if the catalog cannot be read. */
async function knownProducts({ recommender, onError }: CaptureOptions, names: string[]) {
  return recommender.products(names).catch((error: Error) => {
    onError(error);
    return [];
  });
}
