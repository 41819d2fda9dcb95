import { rowsByPopularity } from "./candidates.ts";
import type { Catalog, Product, RejectedRow } from "./catalog.ts";
import type { Standing } from "./evaluation.ts";
import type { EventStore, StoredEvent } from "./eventStore.ts";
import { number } from "./fields.ts";
import { hashWords } from "./hash.ts";
import type { Insights } from "./insights.ts";
import type { Interests } from "./interests.ts";
import { emptyItemPack, type ItemPack } from "./itemPack.ts";
import { NETWORK_SIZE, type Network } from "./network.ts";
import type { PackShards, PackShardsOptions } from "./packShards.ts";
import type { ShelfRules } from "./rank.ts";
import type { Consent, ConsentMode, Decision, PrivacyChoices, Recording } from "./recording.ts";
import type { RuleBook } from "./ruleBook.ts";
import type { Rule } from "./rules.ts";
import type { Muted, Selection } from "./selection.ts";
import { makeShelf, type Shelf, type ShelfSources, strategyRules } from "./shelf.ts";
import { parseShelfRequest, type ShelfRequest, type Strategy } from "./shelfRequest.ts";
import type { ShopEventInput } from "./shopEvent.ts";
import type { LogChange } from "./shopperLog.ts";
import type { StorageReport } from "./storageReport.ts";
import type { LocalSurrogate, TreeSurrogate } from "./surrogates.ts";
import type { TasteCard } from "./tasteCard.ts";
import type { TrainerChoice, TrainerPreference, WebglAccess } from "./trainer/chooseTrainer.ts";
import type { TrainingReport } from "./trainer/learnFrom.ts";
import type { EpochReport } from "./trainer/training.ts";
import type { Why } from "./why.ts";

/** The recommender, the same to a page, a worker's client or a test. */
export interface Recommender {
  /**
   * Stores what the shopper did and takes it into account at once. Resolves when it is stored.
   * @throws {FieldError} naming the field of the first malformed event; nothing of the call is stored.
   */
  observe(events: ShopEventInput | ShopEventInput[]): Promise<void>;
  /** @throws {FieldError} for a malformed request. */
  recommend(request: ShelfRequest): Promise<Shelf>;
  /** The catalogue's products of these ids, aliases or addresses; undefined where it has none. */
  products(ids: string[]): Promise<(Product | undefined)[]>;
  /** Calls back with the status now and whenever it changes. Returns how to stop. */
  subscribe(listener: (status: Status) => void): () => void;
  /** What is stored about this shopper, with the newest `limit` events (default 1,000), newest first. */
  inspect(limit?: number): Promise<Inspection>;
  /** Trains now, due or not. Resolves when the network is in use and saved. */
  train(trainer?: TrainerPreference): Promise<TrainingReport | undefined>;
  /** Resolves when no training is due or running any more; a due one starts without its pause. */
  settled(): Promise<void>;
  /** The networks in use, in the format of `networksToBytes`. */
  exportNetwork(): Promise<ArrayBuffer>;
  /** Puts networks in place of those in use. @throws when the bytes are no whole networks. */
  importNetwork(bytes: ArrayBuffer): Promise<void>;
  /** Erases everything stored and learned about this shopper, in every tab; the choices below stay. */
  erase(): Promise<void>;
  /**
   * Deletes one event, or everything about a product or a category, in every tab. An event about
   * several products keeps the others. The network that learned from it is out of use at once, and
   * one that never saw it is trained; see `Status.relearning`.
   * @returns how many events were deleted or changed.
   * @throws {FieldError} for a malformed selection; {Error} when the store fails: nothing is deleted.
   */
  forget(selection: Selection): Promise<{ events: number }>;
  /**
   * Everything about this shopper in one file: events, networks, choices; see `exportFile.ts` for its
   * format. With a passphrase of 8 characters or more it is encrypted.
   */
  exportFile(options?: { passphrase?: string }): Promise<ArrayBuffer>;
  /**
   * Takes a file over: `merge` adds its events to those there are, `replace` puts them in their place.
   * Resolves with how many events were added.
   * @throws when the passphrase is wrong or the file is damaged or malformed: nothing is changed then.
   */
  importFile(bytes: ArrayBuffer, options: ImportOptions): Promise<{ events: number }>;
  /**
   * Why a product is where it is on a shelf (default `for-you`): inputs, the events behind them, what
   * would be without, and the network's inside. @throws {FieldError} for an unknown product.
   */
  why(productId: string, request?: Partial<ShelfRequest>): Promise<Why>;
  /** Simpler models of the network in use, with their fidelity: near one product, and for all. */
  surrogates(productId: string): Promise<{ local: LocalSurrogate; tree: TreeSurrogate }>;
  /** What the past amounts to, by department, brand and price. */
  interests(): Promise<Interests>;
  /** What is stored here, how safe it is, and what this browser can do. */
  storage(): Promise<StorageReport>;
  /**
   * The shopper's favourite departments, blurred: see `tasteCard.ts`. Nothing is sent or kept.
   * @throws {FieldError} for an ε outside 0.1 to 10, or favourites outside 1 to 10.
   */
  tasteCard(options: { epsilon: number; favourites: number }): Promise<TasteCard>;
  /** Lets an event, a product or a category count no more, without deleting it; in every tab. */
  mute(selection: Selection): Promise<void>;
  unmute(selection: Selection): Promise<void>;
  /** Deletes events older than so many days (7 to 400), now and from now on. @throws {FieldError} */
  setRetention(days: number): Promise<void>;
  /** Takes nothing in any more, in any tab, until `resume`; kept for later visits. */
  pause(): Promise<void>;
  /** Records again, also where Global Privacy Control had it paused; kept for later visits. */
  resume(): Promise<void>;
  /**
   * Sets the shopper's past aside and begins one that lives in memory only, with nothing stored
   * anywhere. It ends with `endGuestVisit`, or with the page.
   */
  startGuestVisit(): Promise<void>;
  /** Drops what the guest did, and takes the shopper's own past up again. */
  endGuestVisit(): Promise<void>;
  /**
   * Tells what the shopper answered. `granted` stores what memory held back; `refused` drops it, and
   * erases what was stored before. Kept for later visits once something may be stored.
   * @throws {FieldError} for any other answer.
   */
  setConsent(decision: Decision): Promise<void>;
  close(): Promise<void>;
}

export interface Status {
  /** Where the engine runs. */
  thread: "worker" | "page";
  store: EventStore["kind"];
  /** Whether what the shopper does is taken in, where it goes, and why it is not stored. */
  recording: Recording;
  consent: Consent;
  /** Whose taste the network in use has learned: the crowd's, or this shopper's too. */
  network: "prior" | "personal";
  /** Events stored on this device. */
  events: number;
  /** How often the shopper turned to a product, as far as the events in memory go back. */
  turns: number;
  /** How the network fares with this shopper, beside a plain list of popular and recent products. */
  evaluation: Standing;
  /** The trainer in use and why; undefined until the first training chose one. */
  trainer: TrainerChoice | undefined;
  /** Progress of the training going on. */
  training: EpochReport | undefined;
  lastTraining: TrainingReport | undefined;
  /** After deleting or muting something: whether a network that never saw it is trained. */
  relearning: Relearning | undefined;
  /** Whether what is stored of events and network is encrypted. */
  isEncrypted: boolean;
  /** Days after which an event is deleted. */
  retentionDays: number;
  /** Products and categories that do not count; a muted event carries `muted` itself. */
  muted: Muted;
  /** Catalogue rows left out, and why. */
  rejectedProducts: RejectedRow[];
  /** What did not work and what stands in for it, in plain sentences, oldest first. */
  notices: string[];
}

export interface ImportOptions {
  mode: "merge" | "replace";
  passphrase?: string;
}

export interface Relearning {
  /** Milliseconds since 1970; from here on the old network is out of use. */
  since: number;
  /** When the new network was ready, or it turned out that there is nothing to learn any more. */
  doneAt?: number;
}

export interface Inspection {
  events: StoredEvent[];
  /** Bytes of the stored network's file; 0 while nothing was learned. */
  networkBytes: number;
  status: Status;
}

export interface RecommenderOptions {
  catalog: Catalog;
  /** Absent: no crowd knowledge. */
  pack?: ItemPack | undefined;
  /** Loads a shard of a pack that has shards. */
  loadShard?: PackShardsOptions["load"];
  /** The shop's wishes for all shelves. */
  rules?: Rule[] | undefined;
  /**
   * Share of "for you" shelves, 0 to 0.5, on which network and baseline take turns; default 0.1. With 0
   * nothing is compared, and the network is always in use.
   */
  comparedShare?: number | undefined;
  rejectedProducts?: RejectedRow[];
  /** What already went wrong before the recommender was made. */
  notices?: string[];
  databaseName?: string;
  /**
   * `required`: until `setConsent("granted")` events live in memory only. `granted`: the page has
   * asked. `auto` (default): stored unless the shopper refused.
   */
  consent?: ConsentMode;
  /** Begins as a guest visit. */
  guest?: boolean;
  /** `navigator.globalPrivacyControl` of the page: starts paused until `resume()`. */
  globalPrivacyControl?: boolean;
  trainer?: TrainerPreference;
  /** How WebGL is reached; only the worker thread uses it. */
  webgl?: WebglAccess;
  thread?: Status["thread"];
  clock?: () => number;
  seed?: number;
}

const MOST_NOTICES = 20;
const HALF = { least: 0, most: 0.5 };

/**
 * Puts the parts together: log → history → shelf, and log → learner → network.
 * @throws {FieldError} for a malformed option.
 */
export async function createRecommender(options: RecommenderOptions): Promise<Recommender> {
  const { catalog, clock = Date.now, databaseName = "vitrine", seed = 1 } = options;
  const { thread = "page", trainer: preference = "auto", webgl } = options;
  const pack = options.pack ?? emptyItemPack(catalog.size);
  const popularRows = rowsByPopularity(pack);
  const notices = [...(options.notices ?? [])];
  const listeners = new Set<(status: Status) => void>();
  let ruleBook = options.rules && (await openRuleBook(options.rules));
  notices.push(...(ruleBook?.notices ?? []));
  let relearning: Relearning | undefined;
  const comparedShare = number(options.comparedShare ?? 0.1, "comparedShare", HALF);
  let shelvesMade = 0;
  let isOpen = false;

  const { openShopperLog, createLearner, parseShopEvent } = await loadPast();
  const log = await openShopperLog({
    catalog,
    databaseName,
    consent: options.consent,
    isGuest: options.guest,
    globalPrivacyControl: options.globalPrivacyControl,
    clock,
    onChange: followOtherTab,
    onNotice,
  });
  const shards = await openShards();
  const learner = createLearner({
    catalog,
    pack,
    popularRows,
    log,
    prior: await priorOf(pack),
    clock,
    seed,
    preference,
    thread,
    webgl,
    lockName: `vitrine:${databaseName}:training`,
    shards,
    onChange: tell,
    onNotice,
  });
  isOpen = true;
  await learner.restore();
  learner.noticeEvents();

  function followOtherTab(change: LogChange): void {
    if (!isOpen) return; // The learner is about to read the log itself.
    if (change === "network") void learner.restore();
    if (change === "forgotten") void startOver();
    if (change === "events") learner.noticeEvents();
    if (change === "moved") void restart();
    tell();
  }

  /** What was learned is void; it is learned again when it is due. */
  async function startOver(): Promise<void> {
    await learner.reset();
    learner.noticeEvents();
  }

  /**
   * Takes something out of the log. The network that learned from it is out of use before, and one
   * that never saw it is trained at once; `status.relearning` tells when that is done.
   */
  async function forgetting(take: () => Promise<number>): Promise<{ events: number }> {
    await learner.reset();
    let events = 0;
    try {
      events = await take();
    } finally {
      if (events > 0) void relearn();
      else await restart();
    }
    return { events };
  }

  async function relearn(): Promise<void> {
    const current: Relearning = { since: clock() };
    relearning = current;
    await learner.reset(); // A training that began before the log had changed must not count.
    if (relearning !== current) return; // Erased, or changed once more, meanwhile.
    await learner.relearn();
    if (relearning !== current) return;
    relearning = { ...current, doneAt: clock() };
    tell();
  }

  /** The log may have moved to another past: the network learned from it goes with it. */
  async function restart(): Promise<void> {
    await learner.reset();
    await learner.restore();
    learner.noticeEvents();
    tell();
  }

  async function moving(move: () => Promise<void>): Promise<void> {
    await learner.reset();
    await move().finally(restart);
  }

  async function setMuted(selection: Selection, isMuted: boolean): Promise<void> {
    await forgetting(async () => {
      await log.mute(selection, isMuted);
      return 1;
    });
  }

  async function choose(choices: PrivacyChoices): Promise<void> {
    await log.choose(choices);
    tell();
  }

  function onNotice(notice: string): void {
    notices.push(notice);
    if (notices.length > MOST_NOTICES) notices.shift();
    tell();
  }

  /** Most shops have no rules, and load nothing of what reads them. */
  async function openRuleBook(rules: unknown): Promise<RuleBook> {
    const { createRuleBook } = await import("./ruleBook.ts");
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
    return { catalog, pack, popularRows, history, networks, shopRules };
  }

  async function insights(): Promise<Insights> {
    const { createInsights } = await import("./insights.ts");
    return createInsights({ log, catalog, clock, sourcesOf });
  }

  async function openShards(): Promise<PackShards | undefined> {
    if (pack.shards === undefined || options.loadShard === undefined) return undefined;
    const { createPackShards } = await import("./packShards.ts");
    return createPackShards({ pack, catalog, load: options.loadShard, onNotice });
  }

  /** The products whose neighbours a shelf starts from. */
  function rowsInHand({ productId = "" }: ShelfRequest): number[] {
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
      network: learner.kind,
      events: log.eventCount,
      turns: log.history.interactions,
      evaluation: log.history.evaluation.standingAt(clock()),
      trainer: learner.choice,
      training: learner.progress,
      lastTraining: learner.lastTraining,
      relearning,
      isEncrypted: log.isEncrypted,
      retentionDays: log.retentionDays,
      muted: log.muted,
      rejectedProducts: options.rejectedProducts ?? [],
      notices: [...notices],
    };
  }

  function tell(): void {
    for (const listener of listeners) listener(statusNow());
  }

  return {
    async observe(events) {
      const list = Array.isArray(events) ? events : [events];
      await log.append(list.map((event) => parseShopEvent(event, clock())));
      learner.noticeEvents();
      tell();
    },
    async recommend(request) {
      const parsed = parseShelfRequest(request);
      await shards?.need(rowsInHand(parsed));
      const [sources, strategy] = await Promise.all([
        sourcesOf(parsed.strategy, request.rules),
        strategyRules(parsed.strategy),
      ]);
      const at = parsed.at ?? clock();
      const chance = { seed: hashWords([seed, at / 2 ** 32, at, shelvesMade++]), comparedShare };
      return makeShelf({ ...sources, ...chance }, { ...parsed, at }, strategy);
    },
    products: async (ids) => ids.map((id) => catalog.products[catalog.rowOf(id) ?? -1]),
    subscribe(listener) {
      listeners.add(listener);
      listener(statusNow());
      return () => listeners.delete(listener);
    },
    async inspect(limit = 1000) {
      const events = await log.stored(limit);
      const bytes = await log.readValue("network");
      return {
        events: events.reverse(),
        networkBytes: bytes?.byteLength ?? 0,
        status: statusNow(),
      };
    },
    train: (trainer) => learner.train(trainer),
    settled: () => learner.settled(),
    async exportNetwork() {
      const { networksToBytes } = await import("./networkFile.ts");
      return networksToBytes(learner.networks);
    },
    async importNetwork(bytes) {
      const { networksFromBytes } = await import("./networkFile.ts");
      await learner.replace(networksFromBytes(bytes));
    },
    async erase() {
      relearning = undefined; // Before anything is awaited: one that waits must not begin.
      await learner.reset();
      await log.erase();
      tell();
    },
    forget: (selection) => forgetting(() => log.forget(selection)),
    mute: (selection) => setMuted(selection, true),
    unmute: (selection) => setMuted(selection, false),
    setRetention: (retentionDays) => choose({ retentionDays }),
    exportFile: async (given) => (await insights()).exportFile(given),
    async importFile(bytes, given) {
      const { importLog, readImport } = await import("./portLog.ts");
      const content = await readImport(bytes, { ...given, now: clock() });
      let events = 0;
      await moving(async () => {
        events = await importLog(log, content, given.mode);
      });
      log.announceNetwork();
      return { events };
    },
    why: async (productId, request) => (await insights()).why(productId, request),
    surrogates: async (productId) => (await insights()).surrogates(productId),
    interests: async () => (await insights()).interests(),
    storage: async () => (await insights()).storage(),
    tasteCard: async (given) => (await insights()).tasteCard(given),
    pause: () => choose({ paused: true }),
    resume: () => choose({ paused: false }),
    startGuestVisit: () => moving(() => log.setGuest(true)),
    endGuestVisit: () => moving(() => log.setGuest(false)),
    setConsent: (decision) => moving(() => log.decideConsent(decision)),
    async close() {
      await learner.reset();
      listeners.clear();
      log.close();
    },
  };
}

/**
 * What keeps the past and learns from it. Neither it nor the catalogue has to wait for the other: call
 * this while that is being fetched, and it will be there.
 */
export async function loadPast() {
  const [log, learner, event] = await Promise.all([
    import("./shopperLog.ts"),
    import("./learner.ts"),
    import("./shopEvent.ts"),
  ]);
  return { ...log, ...learner, ...event };
}

/** The pack's own prior where its builder trained one, else the one shipped with the engine. */
async function priorOf(pack: ItemPack): Promise<Network> {
  const weights =
    pack.prior ?? Float32Array.from((await import("./priorWeights.ts")).PRIOR_WEIGHTS);
  if (weights.length !== NETWORK_SIZE) {
    throw new Error(`Recommender: prior has ${weights.length} weights, expected ${NETWORK_SIZE}`);
  }
  return { weights, activation: "relu" };
}
