import type { PageTexts } from "./insight/exportFile.ts";
import { exportLog } from "./insight/exportImport.ts";
import { type Interests, interestsOf } from "./insight/interests.ts";
import type { Outlook } from "./insight/outlook.ts";
import { type Reliability, reliabilityOf } from "./insight/reliability.ts";
import { type RequestEntry, requestsOfThread } from "./insight/requestEntry.ts";
import { reportStorage, type StorageReport } from "./insight/storageReport.ts";
import {
  type LocalSurrogate,
  surrogateModelsOf,
  type TreeSurrogate,
} from "./insight/surrogateModels.ts";
import { type TasteCard, tasteCardOf } from "./insight/tasteCard.ts";
import { type Why, whyProduct } from "./insight/why.ts";
import type { Network } from "./network/network.ts";
import { strategyRules } from "./ranking/shelf.ts";
import { parseShelfRequest, type ShelfRequest, type Strategy } from "./ranking/shelfRequest.ts";
import type { ShelfSources } from "./ranking/slatePolicy.ts";
import type { Catalog } from "./shop/catalog.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/** A recommender's reports about itself; loaded only when they are requested. */
export interface Insights {
  /**
   * Everything about this shopper in one file: events, networks, choices, and the page's own content; see
   * `exportFile.ts` for the format.
   * @throws {FieldError} for a passphrase of fewer than 8 characters.
   */
  exportFile(options?: ExportOptions): Promise<ArrayBuffer>;
  /**
   * Why a product has its place on a shelf: inputs, the events behind them, its place without them, and
   * the network's activations.
   * @param request of the shelf; default `for-you`, twelve cards, now.
   * @throws {FieldError} for an unknown product or a malformed request.
   */
  why(productId: string, request?: Partial<ShelfRequest>): Promise<Why>;
  /**
   * Simpler models of the network in use, with their fidelity: one near this product, one for all
   * products.
   * @throws {FieldError} for an unknown product.
   */
  surrogates(productId: string): Promise<{ local: LocalSurrogate; tree: TreeSurrogate }>;
  /** The shopper's interests by department, brand and price: shares from 0 to 1, strongest first. */
  interests(): Promise<Interests>;
  /** The data stored here in bytes, its protection, and the browser's capabilities. */
  storage(): Promise<StorageReport>;
  /**
   * The shopper's favorite departments, blurred: see `tasteCard.ts`. Nothing is sent or kept.
   * @throws {FieldError} for an ε outside 0.1 to 10, or favorites outside 1 to 10.
   */
  tasteCard(options: { epsilon: number; favorites: number }): Promise<TasteCard>;
  /** How often the predictions on the shopper's own cards came true; see `reliability.ts`. */
  reliability(): Promise<Reliability>;
  /**
   * What the shopper's past orders suggest about the next ones: the chance of any, how many, and for how
   * much. Computed from the stored orders when asked, and not kept; see `outlook.ts`. For the shopper's
   * own eyes: it crosses neither into a frame nor to `window.vitrine`.
   */
  outlook(): Promise<Outlook>;
  /** Every request of the engine's worker; empty if the engine runs on the page. */
  requests(): Promise<RequestEntry[]>;
}

export interface ExportOptions {
  /** 8 characters or more; if set, the file is encrypted. */
  passphrase?: string;
  /** The page's own data for this shopper, by name; none by default. */
  page?: PageTexts;
}

export interface InsightSources {
  log: ShopperLog;
  catalog: Catalog;
  /** The crowd's network. */
  prior: Network;
  clock: () => number;
  thread: "worker" | "page";
  /** The inputs for shelves of a strategy now, under the rules of a request. */
  sourcesOf(strategy: Strategy, rules?: unknown): Promise<ShelfSources>;
}

export function createInsights(given: InsightSources): Insights {
  const { log, catalog, prior, clock, thread, sourcesOf } = given;
  return {
    exportFile: (options = {}) => exportLog(log, { ...options, now: clock() }),
    why: (productId, request = {}) => why(given, productId, request),
    async surrogates(productId) {
      return surrogateModelsOf(productId, { ...(await sourcesOf("for-you")), at: clock() });
    },
    interests: async () => interestsOf(log.history, catalog, clock()),
    storage: () => reportStorage(log),
    async reliability() {
      const events = await log.newest(Number.POSITIVE_INFINITY);
      return reliabilityOf(events, { ...(await sourcesOf("for-you")), prior });
    },
    async outlook() {
      const events = await log.newest(Number.POSITIVE_INFINITY);
      const { outlookOf } = await import("./insight/outlook.ts");
      return outlookOf(events, { catalog, at: clock() });
    },
    requests: async () => (thread === "page" ? [] : requestsOfThread()),
    tasteCard: async (options) => tasteCardOf(log.history, catalog, { ...options, at: clock() }),
  };
}

async function why(
  { log, clock, sourcesOf }: InsightSources,
  productId: string,
  given: Partial<ShelfRequest>,
): Promise<Why> {
  const request = parseShelfRequest({ strategy: "for-you", ...given });
  const events = await log.newest(Number.POSITIVE_INFINITY);
  const at = request.at ?? clock();
  const [sources, strategy] = await Promise.all([
    sourcesOf(request.strategy, given.rules),
    strategyRules(request.strategy),
  ]);
  return whyProduct(productId, { ...request, at }, { ...sources, strategy, events });
}
