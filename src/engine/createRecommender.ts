import type { Insights } from "./insights.ts";
import { bytes } from "./kit/fields.ts";
import { observe } from "./observe.ts";
import { openParts, type Parts } from "./openParts.ts";
import { recommend, shelfSources } from "./recommend.ts";
import type { Inspection, Recommender, RecommenderOptions } from "./recommender.ts";
import { statusOf } from "./status.ts";

/**
 * Puts the parts together: log → history → shelf, and log → learner → network.
 * @throws {FieldError} for a malformed option.
 */
export async function createRecommender(options: RecommenderOptions): Promise<Recommender> {
  const parts = await openParts(options);
  const { log, learner, control, catalog, listeners } = parts;
  await learner.restore();
  learner.onNewEvents();
  const { resumed: before } = options;
  const { calls } = control;
  if (before) await parts.resumeVisit({ ...parts, calls, before, status: () => statusOf(parts) });
  return {
    ...control.calls,
    ...insightCalls(parts),
    ...networkCalls(parts),
    observe: (events, isRepeated) => observe(parts, events, isRepeated),
    recommend: (request) => recommend(parts, request),
    products: async (ids) => ids.map((id) => catalog.products[catalog.rowOf(id) ?? -1]),
    subscribe(listener) {
      listeners.add(listener);
      listener(statusOf(parts));
      return () => listeners.delete(listener);
    },
    inspect: (limit = 1000) => inspect(parts, limit),
    train: (trainer) => learner.train(trainer),
    settled: () => learner.settled(),
    async close() {
      await learner.reset();
      listeners.clear();
      log.close();
    },
  };
}

async function inspect(parts: Parts, limit: number): Promise<Inspection> {
  const events = await parts.log.stored(limit);
  const network = await parts.log.readValue("network", bytes);
  return {
    events: events.reverse(),
    networkBytes: network?.byteLength ?? 0,
    status: statusOf(parts),
  };
}

/** The code that reads and writes networks is loaded with the first call. */
function networkCalls({ learner, prior }: Parts): NetworkCalls {
  return {
    async exportNetwork(whose = "shopper") {
      const { networksToBytes } = await import("./network/networkFile.ts");
      return networksToBytes(whose === "crowd" ? [prior] : learner.networks);
    },
    async importNetwork(file) {
      const { networksFromBytes } = await import("./network/networkFile.ts");
      await learner.replace(networksFromBytes(file));
    },
  };
}

type NetworkCalls = Pick<Recommender, "exportNetwork" | "importNetwork">;

/** All insights are loaded together, with the first call. */
function insightCalls(parts: Parts): Insights {
  const insights = async () => {
    const { createInsights } = await import("./insights.ts");
    return createInsights({
      ...parts,
      sourcesOf: (strategy, rules) => shelfSources(parts, strategy, rules),
    });
  };
  return {
    exportFile: async (options) => (await insights()).exportFile(options),
    why: async (productId, request) => (await insights()).why(productId, request),
    surrogates: async (productId) => (await insights()).surrogates(productId),
    interests: async () => (await insights()).interests(),
    storage: async () => (await insights()).storage(),
    tasteCard: async (options) => (await insights()).tasteCard(options),
    reliability: async () => (await insights()).reliability(),
    outlook: async () => (await insights()).outlook(),
    requests: async () => (await insights()).requests(),
  };
}
