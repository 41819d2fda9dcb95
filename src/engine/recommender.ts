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
 * The recommender, the same to a page, a worker's client or a test. Times are milliseconds since 1970.
 * Every method may also reject with the browser's own error when the store fails in the middle of it;
 * what has failed is in `Status.warnings`.
 */
export interface Recommender extends Observe, Shelves, Control, Insights {
  /** The catalog's products of these ids, aliases or addresses, in this order; undefined where it has none. */
  products(ids: string[]): Promise<(Product | undefined)[]>;
  /** Calls back with the status now and whenever it changes. Returns a function that ends this. */
  subscribe(listener: (status: Status) => void): () => void;
  /** What is stored about this shopper, with the newest `limit` events (default 1,000), newest first. */
  inspect(limit?: number): Promise<Inspection>;
  /**
   * Trains now, due or not, after the training going on if there is one. Resolves when the network is in
   * use and saved; with undefined when another tab is training, nothing can be learned, or it was stopped.
   * @param trainer default: `RecommenderOptions.trainer`.
   */
  train(trainer?: TrainerPreference): Promise<TrainingReport | undefined>;
  /** Resolves when no training is due or running any more; a due one starts without its pause. */
  settled(): Promise<void>;
  /** The networks in use (default), or the crowd's that all start from, in the format of `networksToBytes`. */
  exportNetwork(whose?: "shopper" | "crowd"): Promise<ArrayBuffer>;
  /**
   * Puts networks in place of those in use, and saves them.
   * @param bytes in the format of `networksToBytes`.
   * @throws {VitrineError} when the bytes are damaged or incomplete: nothing is changed then.
   */
  importNetwork(bytes: ArrayBuffer): Promise<void>;
  /** Ends training, listeners and the connection to the store; what is stored stays. */
  close(): Promise<void>;
}

export interface Status {
  /** Where the engine runs. */
  thread: "worker" | "page";
  store: EventStore["kind"];
  /** Whether what the shopper does is taken in, where it goes, and why it is not stored. */
  recording: Recording;
  consent: Consent;
  /**
   * To marketing offers. While the shopper has not answered: refused where recommendations are refused
   * or the browser sends Global Privacy Control, else awaited.
   */
  offersConsent: Consent;
  /** Whose taste the network in use has learned: the crowd's, or this shopper's too. */
  network: "prior" | "personal";
  /** Events stored on this device. */
  events: number;
  /** How often the shopper turned to a product, as far as the events in memory go back. */
  interactions: number;
  /** How the network fares with this shopper, beside a plain list of popular and recent products. */
  experiment: ExperimentStatus;
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
  /** Products the shopper waved away as not for them, and has not let in again. */
  hidden: string[];
  /** Products and categories that do not count; a muted event carries `muted` itself. */
  muted: Muted;
  /** Catalog rows left out, and why. */
  rejectedProducts: RejectedRow[];
  /** What did not work and what stands in for it, oldest first. */
  warnings: Message[];
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
   * no shelf is shared, and the network is always in use.
   */
  experiment?: number | undefined;
  /** @deprecated The name of `experiment` in version 0.1; read until the next version, with a warning. */
  comparedShare?: number | undefined;
  rejectedProducts?: RejectedRow[];
  /** What already went wrong before the recommender was made. */
  warnings?: Message[];
  /** Of the IndexedDB database; default "vitrine". */
  databaseName?: string;
  /**
   * `required`: until `setConsent("granted")` events live in memory only. `granted`: the page has
   * asked. `asking`: as `required`, and what was stored after an earlier yes is not used before this
   * page's answer. `auto` (default): stored unless the shopper refused.
   */
  consent?: ConsentMode;
  /** Begins as a guest visit. */
  guest?: boolean;
  /** `navigator.globalPrivacyControl` of the page: starts paused until `resume()`. */
  globalPrivacyControl?: boolean;
  /** Default `auto`: the faster one on this device. */
  trainer?: TrainerPreference;
  /** How WebGL is reached; only the worker thread uses it. */
  webgl?: WebglAccess;
  /** Where it runs; default "page". */
  thread?: Status["thread"];
  /** Milliseconds since 1970; default `Date.now`. */
  clock?: () => number;
  /** For all chance; default 1. */
  seed?: number;
}
