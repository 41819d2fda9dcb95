import type { Control, Relearning } from "./control.ts";
import type { Consent, ConsentMode, Recording } from "./events/consent.ts";
import type { ExperimentStatus } from "./events/experiment.ts";
import type { Muted } from "./events/selection.ts";
import type { StoredEvent } from "./events/shopEvent.ts";
import type { Insights } from "./insights.ts";
import type { Message } from "./kit/message.ts";
import type { TrainerChoice, TrainerPreference, WebglAccess } from "./learning/chooseTrainer.ts";
import type { TrainingReport } from "./learning/learnFrom.ts";
import type { EpochReport } from "./learning/training.ts";
import type { Observe } from "./observe.ts";
import type { Rule } from "./ranking/rules.ts";
import type { Shelves } from "./recommend.ts";
import type { Catalog, Product } from "./shop/catalog.ts";
import type { ItemPack } from "./shop/itemPack.ts";
import type { PackShardsOptions } from "./shop/packShards.ts";
import type { RejectedRow } from "./shop/parseCatalog.ts";
import type { EventStore } from "./store/eventStore.ts";

/**
 * The recommender, the same for a page, a worker's client or a test. Times are milliseconds since 1970.
 * Every method may also reject with the browser's own error if the store fails during the call; failures
 * are listed in `Status.warnings`.
 */
export interface Recommender extends Observe, Shelves, Control, Insights {
  /** The catalog's products for these ids, aliases or addresses, in this order; undefined for unknown ones. */
  products(ids: string[]): Promise<(Product | undefined)[]>;
  /** Calls back with the status now and whenever it changes. Returns a function that unsubscribes. */
  subscribe(listener: (status: Status) => void): () => void;
  /** The data stored about this shopper, with the newest `limit` events (default 1,000), newest first. */
  inspect(limit?: number): Promise<Inspection>;
  /**
   * Trains now, whether due or not, after any training in progress. Resolves when the network is in use
   * and saved, or with undefined if another tab is training, nothing can be learned, or it was stopped.
   * @param trainer default: `RecommenderOptions.trainer`.
   */
  train(trainer?: TrainerPreference): Promise<TrainingReport | undefined>;
  /** Resolves when no training is due or running; a due one starts without its pause. */
  settled(): Promise<void>;
  /** The networks in use (default), or the crowd's initial one, in the format of `networksToBytes`. */
  exportNetwork(whose?: "shopper" | "crowd"): Promise<ArrayBuffer>;
  /**
   * Replaces the networks in use, and saves the new ones.
   * @param bytes in the format of `networksToBytes`.
   * @throws {VitrineError} if the bytes are damaged or incomplete; nothing is changed then.
   */
  importNetwork(bytes: ArrayBuffer): Promise<void>;
  /** Ends training, listeners and the connection to the store; stored data stays. */
  close(): Promise<void>;
}

export interface Status {
  /** Where the engine runs. */
  thread: "worker" | "page";
  store: EventStore["kind"];
  /** Whether the shopper's actions are recorded, where they go, and why they are not stored. */
  recording: Recording;
  consent: Consent;
  /** Whether this is a guest visit. */
  isGuest: boolean;
  /**
   * Consent to marketing offers. Until the shopper answers, it is refused if recommendations are refused
   * or the browser sends Global Privacy Control, otherwise awaited.
   */
  offersConsent: Consent;
  /** Whose taste the network in use has learned: the crowd's, or this shopper's too. */
  network: "prior" | "personal";
  /** Events stored on this device. */
  events: number;
  /** The number of interactions with products among the events in memory. */
  interactions: number;
  /** How the network compares with a plain list of popular and recent products for this shopper. */
  experiment: ExperimentStatus;
  /** The trainer in use and why; undefined until the first training chose one. */
  trainer: TrainerChoice | undefined;
  /** Progress of the training in progress. */
  training: EpochReport | undefined;
  lastTraining: TrainingReport | undefined;
  /** After deleting or muting something: the state of training a network without it. */
  relearning: Relearning | undefined;
  /** Whether the stored events and network are encrypted. */
  isEncrypted: boolean;
  /** Days after which an event is deleted. */
  retentionDays: number;
  /** Products that the shopper has hidden. */
  hidden: string[];
  /** Muted products and categories; a muted event carries `muted` itself. */
  muted: Muted;
  /** Skipped catalog rows, and the reasons. */
  rejectedProducts: RejectedRow[];
  /** Failures and what is used instead, oldest first. */
  warnings: Message[];
}

export interface Inspection {
  events: StoredEvent[];
  /** Size of the stored network in bytes; 0 while nothing has been learned. */
  networkBytes: number;
  status: Status;
}

export interface RecommenderOptions {
  catalog: Catalog;
  /** Absent: no crowd knowledge. */
  pack?: ItemPack | undefined;
  /** Loads a shard of a pack that has shards. */
  loadShard?: PackShardsOptions["load"];
  /** The shop's rules for all shelves. */
  rules?: Rule[] | undefined;
  /**
   * Share of "for you" shelves, 0 to 0.5, on which network and baseline take turns; default 0.1. With 0
   * there is no experiment, and the network is always in use.
   */
  experiment?: number | undefined;
  /** @deprecated The name of `experiment` in version 0.1; accepted until the next version, with a warning. */
  comparedShare?: number | undefined;
  rejectedProducts?: RejectedRow[];
  /** Failures before the recommender was created. */
  warnings?: Message[];
  /** Name of the IndexedDB database; default "vitrine". */
  databaseName?: string;
  /**
   * `required`: events stay in memory until `setConsent("granted")`. `granted`: the page has asked.
   * `asking`: like `required`, and data of earlier visits is not used before this page's answer. `auto`
   * (default): events are stored unless the shopper refused.
   */
  consent?: ConsentMode;
  /** Starts as a guest visit. */
  guest?: boolean;
  /** The last status of an engine that failed: this one goes on with its visit; see `resumeVisit.ts`. */
  resumed?: Status;
  /** `navigator.globalPrivacyControl` of the page: starts paused until `resume()`. */
  globalPrivacyControl?: boolean;
  /** Default `auto`: the faster one on this device. */
  trainer?: TrainerPreference;
  /** Gives access to WebGL; only the worker thread uses it. */
  webgl?: WebglAccess;
  /** Where it runs; default "page". */
  thread?: Status["thread"];
  /** Milliseconds since 1970; default `Date.now`. */
  clock?: () => number;
  /** Seed for all randomness; default 1. */
  seed?: number;
}
