import type { Consent, ConsentAnswer, ConsentMode, Decision, Recording } from "./events/consent.ts";
import type { ExperimentStatus } from "./events/experiment.ts";
import type { Muted, Selection } from "./events/selection.ts";
import type { ShopEventInput, StoredEvent } from "./events/shopEvent.ts";
import type { PageTexts } from "./insight/exportFile.ts";
import type { Interests } from "./insight/interests.ts";
import type { Reliability } from "./insight/reliability.ts";
import type { RequestEntry } from "./insight/requestEntry.ts";
import type { StorageReport } from "./insight/storageReport.ts";
import type { LocalSurrogate, TreeSurrogate } from "./insight/surrogateModels.ts";
import type { TasteCard } from "./insight/tasteCard.ts";
import type { Why } from "./insight/why.ts";
import type { Message } from "./kit/message.ts";
import type { TrainerChoice, TrainerPreference, WebglAccess } from "./learning/chooseTrainer.ts";
import type { TrainingReport } from "./learning/learnFrom.ts";
import type { EpochReport } from "./learning/training.ts";
import type { Rule } from "./ranking/rules.ts";
import type { Shelf } from "./ranking/shelf.ts";
import type { ShelfRequest } from "./ranking/shelfRequest.ts";
import type { Catalog, Product } from "./shop/catalog.ts";
import type { ItemPack } from "./shop/itemPack.ts";
import type { PackShardsOptions } from "./shop/packShards.ts";
import type { RejectedRow } from "./shop/parseCatalog.ts";
import type { EventStore } from "./store/eventStore.ts";

/** The recommender, the same to a page, a worker's client or a test. */
export interface Recommender {
  /**
   * Stores what the shopper did and takes it into account at once. Resolves when it is stored.
   * @throws {FieldError} naming the field of the first malformed event; nothing of the call is stored.
   */
  observe(events: ShopEventInput | ShopEventInput[]): Promise<void>;
  /** @throws {FieldError} for a malformed request. */
  recommend(request: ShelfRequest): Promise<Shelf>;
  /** The catalog's products of these ids, aliases or addresses; undefined where it has none. */
  products(ids: string[]): Promise<(Product | undefined)[]>;
  /** Calls back with the status now and whenever it changes. Returns how to stop. */
  subscribe(listener: (status: Status) => void): () => void;
  /** What is stored about this shopper, with the newest `limit` events (default 1,000), newest first. */
  inspect(limit?: number): Promise<Inspection>;
  /** Trains now, due or not. Resolves when the network is in use and saved. */
  train(trainer?: TrainerPreference): Promise<TrainingReport | undefined>;
  /** Resolves when no training is due or running any more; a due one starts without its pause. */
  settled(): Promise<void>;
  /** The networks in use (default), or the crowd's that all start from, in the format of `networksToBytes`. */
  exportNetwork(whose?: "shopper" | "crowd"): Promise<ArrayBuffer>;
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
   * Everything about this shopper in one file: events, networks, choices, and what the page adds of its
   * own; see `exportFile.ts` for its format. With a passphrase of 8 characters or more it is encrypted.
   */
  exportFile(options?: ExportOptions): Promise<ArrayBuffer>;
  /**
   * Takes a file over: `merge` adds its events to those there are, `replace` puts them in their place.
   * Resolves with how many events were added, and what the page had put into the file.
   * @throws when the passphrase is wrong or the file is damaged or malformed: nothing is changed then.
   */
  importFile(bytes: ArrayBuffer, options: ImportOptions): Promise<Imported>;
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
   * The shopper's favorite departments, blurred: see `tasteCard.ts`. Nothing is sent or kept.
   * @throws {FieldError} for an ε outside 0.1 to 10, or favorites outside 1 to 10.
   */
  tasteCard(options: { epsilon: number; favorites: number }): Promise<TasteCard>;
  /** Whether the chances on the shopper's own cards held; see `reliability.ts`. */
  reliability(): Promise<Reliability>;
  /** Every request of the worker that the engine runs in; none where it runs on the page. */
  requests(): Promise<RequestEntry[]>;
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
   * Takes the shopper's answer when asked for consent. `"granted"` and `"refused"` are about
   * recommendations, and leave the answer about offers as it is; `{ recommendations?, offers? }` is about
   * each purpose it names. Recommendations granted stores what memory held back; refused drops it, and
   * erases what was stored before. Offers are marketing; see `Status.offersConsent`. Answers are kept for
   * later visits once something may be stored. In a guest visit nothing changes.
   * @throws {FieldError} for any other answer, and for one that names no purpose.
   */
  setConsent(answer: Decision | ConsentAnswer): Promise<void>;
  close(): Promise<void>;
}

export interface Status {
  /** Where the engine runs. */
  thread: "worker" | "page";
  store: EventStore["kind"];
  /** Whether what the shopper does is taken in, where it goes, and why it is not stored. */
  recording: Recording;
  /** To storing the past and recommending by it. */
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

export interface ExportOptions {
  passphrase?: string;
  page?: PageTexts;
}

export interface Imported {
  events: number;
  page: PageTexts;
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
   * no shelf is shared, and the network is always in use.
   */
  experiment?: number | undefined;
  /** @deprecated The name of `experiment` in version 0.1; read until the next version, with a warning. */
  comparedShare?: number | undefined;
  rejectedProducts?: RejectedRow[];
  /** What already went wrong before the recommender was made. */
  warnings?: Message[];
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
