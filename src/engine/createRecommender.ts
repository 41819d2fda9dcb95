import type { Control } from "./control.ts";
import { readExperimentOption } from "./events/experimentOption.ts";
import type { Insights } from "./insights.ts";
import { bytes } from "./kit/fields.ts";
import { hashWords } from "./kit/hash.ts";
import type { Message } from "./kit/message.ts";
import { runSliced, type Steps } from "./kit/scheduler.ts";
import { rowsByPopularity } from "./ranking/candidates.ts";
import type { ShelfRules } from "./ranking/rank.ts";
import type { RuleBook } from "./ranking/ruleBook.ts";
import { type Shelf, shelfSteps, strategyRules } from "./ranking/shelf.ts";
import { parseShelfRequest, type ShelfRequest, type Strategy } from "./ranking/shelfRequest.ts";
import type { ShelfSources } from "./ranking/slatePolicy.ts";
import type { Recommender, RecommenderOptions, Status } from "./recommender.ts";
import { emptyItemPack } from "./shop/itemPack.ts";
import type { PackShards } from "./shop/packShards.ts";
import { priorOf } from "./shop/prior.ts";

const MAX_WARNINGS = 20;

/**
 * Puts the parts together: log → history → shelf, and log → learner → network.
 * @throws {FieldError} for a malformed option.
 */
export async function createRecommender(options: RecommenderOptions): Promise<Recommender> {
  const { catalog, clock = Date.now, databaseName = "vitrine", seed = 1 } = options;
  const { thread = "page", trainer: preference = "auto", webgl } = options;
  const pack = options.pack ?? emptyItemPack(catalog.size);
  const popularRows = rowsByPopularity(pack);
  const warnings = [...(options.warnings ?? [])];
  const listeners = new Set<(status: Status) => void>();
  let ruleBook = options.rules && (await openRuleBook(options.rules));
  warnings.push(...(ruleBook?.warnings ?? []));
  const experimentShare = readExperimentOption(options, (warning) => warnings.push(warning));
  let shelvesMade = 0;
  let control: Control | undefined;

  const {
    createControl,
    createLearner,
    drawChooser: chooseSlatePolicy,
    openShopperLog,
    parseShopEvent,
  } = await loadLazyParts();
  const log = await openShopperLog({
    catalog,
    databaseName,
    consent: options.consent,
    isGuest: options.guest,
    globalPrivacyControl: options.globalPrivacyControl,
    clock,
    // Before there is a control, the learner is about to read the log itself.
    onChange: (change) => control?.follow(change),
    onWarning,
  });
  const shards = await openShards();
  const prior = await priorOf(pack);
  const learner = createLearner({
    catalog,
    pack,
    popularRows,
    log,
    prior,
    clock,
    seed,
    preference,
    thread,
    webgl,
    lockName: `vitrine:${databaseName}:training`,
    shards,
    onChange: emit,
    onWarning,
  });
  control = createControl({ log, learner, clock, onChange: emit });
  await learner.restore();
  learner.onNewEvents();

  function onWarning(warning: Message): void {
    warnings.push(warning);
    if (warnings.length > MAX_WARNINGS) warnings.shift();
    emit();
  }

  /** Most shops have no rules, and load nothing of what reads them. */
  async function openRuleBook(rules: unknown): Promise<RuleBook> {
    const { createRuleBook } = await import("./ranking/ruleBook.ts");
    return createRuleBook(rules, catalog);
  }

  async function rulesOf(strategy: Strategy, own: unknown): Promise<ShelfRules | undefined> {
    if (own !== undefined) ruleBook ??= await openRuleBook([]);
    return ruleBook?.rulesOf(strategy, own);
  }

  async function sourcesOf(strategy: Strategy, own?: unknown): Promise<ShelfSources> {
    const shopRules = await rulesOf(strategy, own);
    const { history } = log;
    const { networks } = learner;
    return { catalog, pack, popularRows, history, networks, shopRules, chooseSlatePolicy };
  }

  /** Makes a shelf in slices; anew if events came in between, since cards and reasons rest on one past. */
  async function ofOneHistory(begin: () => Promise<Steps<Shelf>>): Promise<Shelf> {
    for (;;) {
      const { history, eventCount } = log;
      const shelf = await runSliced(await begin());
      if (log.history === history && log.eventCount === eventCount) return shelf;
    }
  }

  async function insights(): Promise<Insights> {
    const { createInsights } = await import("./insights.ts");
    return createInsights({ log, catalog, prior, clock, sourcesOf });
  }

  async function openShards(): Promise<PackShards | undefined> {
    if (pack.shards === undefined || options.loadShard === undefined) return undefined;
    const { createPackShards } = await import("./shop/packShards.ts");
    return createPackShards({ pack, catalog, load: options.loadShard, onWarning });
  }

  /** The products whose neighbors a shelf starts from. */
  function rowsAtHand({ productId = "" }: ShelfRequest): number[] {
    const row = catalog.rowOf(productId);
    const recent = log.history.recent.map((visit) => visit.row);
    return row === undefined ? recent : [row, ...recent];
  }

  function statusNow(): Status {
    return {
      thread,
      store: log.kind,
      recording: log.recording,
      consent: log.consent,
      offersConsent: log.offersConsent,
      network: learner.kind,
      events: log.eventCount,
      interactions: log.history.interactions,
      experiment: log.history.experiment.statusAt(clock()),
      trainer: learner.choice,
      training: learner.progress,
      lastTraining: learner.lastTraining,
      relearning: control?.relearning,
      isEncrypted: log.isEncrypted,
      retentionDays: log.retentionDays,
      hidden: Array.from(log.history.hidden, (row) => catalog.products[row]!.id),
      muted: log.muted,
      rejectedProducts: options.rejectedProducts ?? [],
      warnings: [...warnings],
    };
  }

  function emit(): void {
    for (const listener of listeners) listener(statusNow());
  }

  return {
    ...control.calls,
    async observe(events) {
      const list = Array.isArray(events) ? events : [events];
      await log.append(list.map((event) => parseShopEvent(event, clock())));
      learner.onNewEvents();
      emit();
    },
    async recommend(request) {
      const parsed = parseShelfRequest(request);
      await shards?.need(rowsAtHand(parsed));
      const strategy = await strategyRules(parsed.strategy);
      const at = parsed.at ?? clock();
      const chance = { seed: hashWords([seed, at / 2 ** 32, at, shelvesMade++]), experimentShare };
      return ofOneHistory(async () => {
        const sources = await sourcesOf(parsed.strategy, request.rules);
        return shelfSteps({ ...sources, ...chance }, { ...parsed, at }, strategy);
      });
    },
    products: async (ids) => ids.map((id) => catalog.products[catalog.rowOf(id) ?? -1]),
    subscribe(listener) {
      listeners.add(listener);
      listener(statusNow());
      return () => listeners.delete(listener);
    },
    async inspect(limit = 1000) {
      const events = await log.stored(limit);
      const network = await log.readValue("network", bytes);
      return {
        events: events.reverse(),
        networkBytes: network?.byteLength ?? 0,
        status: statusNow(),
      };
    },
    train: (trainer) => learner.train(trainer),
    settled: () => learner.settled(),
    async exportNetwork(whose = "shopper") {
      const { networksToBytes } = await import("./network/networkFile.ts");
      return networksToBytes(whose === "crowd" ? [prior] : learner.networks);
    },
    async importNetwork(bytes) {
      const { networksFromBytes } = await import("./network/networkFile.ts");
      await learner.replace(networksFromBytes(bytes));
    },
    exportFile: async (given) => (await insights()).exportFile(given),
    why: async (productId, request) => (await insights()).why(productId, request),
    surrogates: async (productId) => (await insights()).surrogates(productId),
    interests: async () => (await insights()).interests(),
    storage: async () => (await insights()).storage(),
    tasteCard: async (given) => (await insights()).tasteCard(given),
    reliability: async () => (await insights()).reliability(),
    requests: async () => (thread === "page" ? [] : (await insights()).requests()),
    async close() {
      await learner.reset();
      listeners.clear();
      log.close();
    },
  };
}

/** Call it while the catalog is being fetched, and it will be there. */
export function loadLazyParts() {
  return import("./lazyParts.ts");
}
