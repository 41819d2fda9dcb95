import { exportLog } from "./insight/exportImport.ts";
import { interestsOf } from "./insight/interests.ts";
import { reliabilityOf } from "./insight/reliability.ts";
import { requestsOfThread } from "./insight/requestEntry.ts";
import { reportStorage } from "./insight/storageReport.ts";
import { surrogateModelsOf } from "./insight/surrogateModels.ts";
import { tasteCardOf } from "./insight/tasteCard.ts";
import { whyProduct } from "./insight/why.ts";
import type { Network } from "./network/network.ts";
import { strategyRules } from "./ranking/shelf.ts";
import { parseShelfRequest, type Strategy } from "./ranking/shelfRequest.ts";
import type { ShelfSources } from "./ranking/slatePolicy.ts";
import type { Recommender } from "./recommender.ts";
import type { Catalog } from "./shop/catalog.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/** What a recommender tells of itself when it is asked; loaded only then. */
export type Insights = Pick<
  Recommender,
  | "exportFile"
  | "why"
  | "surrogates"
  | "interests"
  | "storage"
  | "tasteCard"
  | "reliability"
  | "requests"
>;

export interface InsightSources {
  log: ShopperLog;
  catalog: Catalog;
  /** The crowd's network. */
  prior: Network;
  clock: () => number;
  /** What shelves of a strategy are made from now, under the rules of a request. */
  sourcesOf(strategy: Strategy, rules?: unknown): Promise<ShelfSources>;
}

export function createInsights({
  log,
  catalog,
  prior,
  clock,
  sourcesOf,
}: InsightSources): Insights {
  return {
    exportFile: (given = {}) => exportLog(log, { ...given, now: clock() }),
    async why(productId, given = {}) {
      const request = parseShelfRequest({ strategy: "for-you", ...given });
      const events = await log.newest(Number.POSITIVE_INFINITY);
      const at = request.at ?? clock();
      const [sources, strategy] = await Promise.all([
        sourcesOf(request.strategy, given.rules),
        strategyRules(request.strategy),
      ]);
      return whyProduct(productId, { ...request, at }, { ...sources, strategy, events });
    },
    async surrogates(productId) {
      return surrogateModelsOf(productId, { ...(await sourcesOf("for-you")), at: clock() });
    },
    interests: async () => interestsOf(log.history, catalog, clock()),
    storage: () => reportStorage(log),
    async reliability() {
      const events = await log.newest(Number.POSITIVE_INFINITY);
      return reliabilityOf(events, { ...(await sourcesOf("for-you")), prior });
    },
    requests: async () => requestsOfThread(),
    tasteCard: async (given) => tasteCardOf(log.history, catalog, { ...given, at: clock() }),
  };
}
