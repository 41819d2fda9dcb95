import {
  type Consent,
  type ConsentAnswer,
  type Decision,
  type PrivacyChoices,
  parseConsentAnswer,
  parseConsentMode,
  parsePrivacyChoices,
  type Recording,
  withoutConsent,
} from "../events/consent.ts";
import type { ShopperHistory } from "../events/history.ts";
import { type Muted, parseSelection, type Selection } from "../events/selection.ts";
import type { ShopEvent, StoredEvent } from "../events/shopEvent.ts";
import { messageOf } from "../kit/message.ts";
import { answerConsent, eraseLog, followTabs, setGuest, startLog } from "./consentEffects.ts";
import { consentIn, offersConsentIn, openingState } from "./consentMachine.ts";
import { forget, mute } from "./editLog.ts";
import type { Compose, EventStore, StoredValues, ValueName } from "./eventStore.ts";
import { createFoldedHistory } from "./foldedHistory.ts";
import { createJobQueue, type JobQueue } from "./jobQueue.ts";
import {
  announce,
  expireDaily,
  type LogChange,
  type LogState,
  mayStore,
  noteForgotten,
  recordingNow,
  retentionDaysOf,
  type ShopperLogOptions,
  saveChoices,
} from "./logState.ts";
import { createResilientStore, type Parse } from "./resilientStore.ts";
import { openTabs } from "./tabs.ts";

/**
 * The shopper's events, stored and folded: keeps the history in sync with the store, with other tabs and
 * with the shopper's choices, and survives a failing store (events then live in memory, and a warning
 * reports it). Changes to the log run one after another.
 */
export interface ShopperLog {
  readonly history: ShopperHistory;
  readonly kind: EventStore["kind"];
  readonly eventCount: number;
  readonly recording: Recording;
  readonly choices: PrivacyChoices;
  readonly isGuest: boolean;
  /** Days after which an event is deleted. */
  readonly retentionDays: number;
  /** Consent to recommendations. */
  readonly consent: Consent;
  /** Consent to offers. Without an answer it is refused if recommendations are, or by the browser's signal. */
  readonly offersConsent: Consent;
  readonly muted: Muted;
  /** Whether the stored data is encrypted. */
  readonly isEncrypted: boolean;
  /**
   * Stores events, if they are recorded, and folds them in, together with any that other tabs stored in
   * the meantime. An order that is already stored is not stored again.
   * @param isRepeated whether some of the events may be stored already.
   */
  append(events: readonly ShopEvent[], isRepeated?: boolean): Promise<void>;
  /** The newest stored events, oldest first, without muted ones. */
  newest(limit: number): Promise<StoredEvent[]>;
  /** The newest stored events as they are, oldest first. */
  stored(limit: number): Promise<StoredEvent[]>;
  /** The stored value, parsed; undefined if there is none, or, with a warning, if `parse` refuses it. */
  readValue<Value>(key: ValueName, parse: Parse<Value>): Promise<Value | undefined>;
  /** @param signal once it is aborted, nothing is written any more. */
  writeValue<Key extends ValueName>(
    key: Key,
    value: StoredValues[Key],
    signal?: AbortSignal,
  ): Promise<void>;
  /** Notifies other tabs that a new network is stored. */
  announceNetwork(): void;
  /**
   * Erases everything, here and in the memory of other tabs.
   * @throws when the store fails: nothing is erased then. The same applies to the next three methods.
   */
  erase(): Promise<void>;
  /**
   * Deletes the selection, and what was learned from it. Resolves with the number of changed events.
   * @throws {FieldError} for a malformed selection, as `mute` does; so do `choose` and `decideConsent`.
   */
  forget(selection: Selection): Promise<number>;
  /** Mutes the selection, or includes it again; what was learned from it is erased. */
  mute(selection: Selection, isMuted: boolean): Promise<void>;
  /** Replaces all events and values with the result of `compose`, in one transaction. */
  replace(compose: Compose): Promise<void>;
  /** Changes the shopper's choices other than consent, here and in other tabs; choices not given stay. */
  choose(change: PrivacyChoices): Promise<void>;
  /**
   * A single decision is about recommendations. If granted, the events held in memory are stored; if
   * refused, they are erased along with everything stored.
   */
  decideConsent(answer: Decision | ConsentAnswer): Promise<void>;
  /** Starts a guest visit, empty and in memory; or ends it and returns to the stored history. */
  setGuest(isGuest: boolean): Promise<void>;
  close(): void;
}

export async function openShopperLog(options: ShopperLogOptions): Promise<ShopperLog> {
  const { catalog, databaseName, consent = "auto", isGuest = false, onWarning } = options;
  const mode = parseConsentMode(consent);
  const enqueue = createJobQueue();
  const follow = (change: LogChange) =>
    void enqueue(() => followTabs(log, change)).catch((error) => onWarning(messageOf(error)));
  const store = createResilientStore({
    databaseName,
    mayStore: () => mayStore(log),
    nextSeq: () => log.history.lastSeq + 1,
    onForgotten: () => follow("forgotten"),
    onReopened: () => follow("moved"),
    clock: options.clock,
    onWarning,
  });
  const log: LogState = {
    options,
    store,
    history: createFoldedHistory(catalog, store),
    tabs: openTabs(databaseName, follow),
    choices: {},
    consent: openingState(mode, options.globalPrivacyControl ?? false),
    isGuest,
    aside: undefined,
    expiredAt: Number.NEGATIVE_INFINITY,
  };
  await enqueue(() => startLog(log));
  return shopperLogOf(log, enqueue);
}

function shopperLogOf(log: LogState, enqueue: JobQueue): ShopperLog {
  const { store, history } = log;
  const raw = (key: ValueName) => store.run((open) => open.readValue(key));
  return {
    get history() {
      return history.history;
    },
    get kind() {
      return store.current?.kind ?? "indexeddb";
    },
    get eventCount() {
      return history.eventCount;
    },
    get recording() {
      return recordingNow(log);
    },
    get choices() {
      return log.choices;
    },
    get isGuest() {
      return log.isGuest;
    },
    get retentionDays() {
      return retentionDaysOf(log);
    },
    get consent() {
      return consentIn(log.consent);
    },
    get offersConsent() {
      return offersConsentOf(log);
    },
    get muted() {
      return history.muted;
    },
    get isEncrypted() {
      return store.current?.isEncrypted ?? false;
    },
    append: (events, isRepeated) =>
      enqueue(async () => append(log, isRepeated ? await notStored(log, events) : events)),
    newest: (limit) => enqueue(async () => history.counted(await readNewest(log, limit))),
    stored: (limit) => enqueue(() => readNewest(log, limit)),
    // Parsed outside of the queue, since the parser may have to be loaded.
    readValue: async (key, parse) => store.parsed(key, await enqueue(() => raw(key)), parse),
    writeValue: (key, value, signal) =>
      enqueue(() =>
        store.run(async (open) => {
          if (!signal?.aborted) await open.writeValue(key, value);
        }),
      ),
    announceNetwork: () => announce(log, "network"),
    erase: () => enqueue(() => eraseLog(log)),
    forget: (selection) => enqueue(async () => forget(log, parseSelection(selection))),
    mute: (selection, on) => enqueue(async () => mute(log, parseSelection(selection), on)),
    replace: (compose) => enqueue(() => replace(log, compose)),
    choose: (change) => enqueue(async () => choose(log, change)),
    decideConsent: (answer) => enqueue(async () => answerConsent(log, parseConsentAnswer(answer))),
    setGuest: (isGuest) => enqueue(() => setGuest(log, isGuest)),
    close() {
      log.tabs.close();
      store.switchTo(undefined);
    },
  };
}

async function append(log: LogState, events: readonly ShopEvent[]): Promise<void> {
  if (recordingNow(log).to === "nowhere") return;
  await expireDaily(log);
  const fresh = await log.history.fresh(events);
  if (fresh.length === 0) return;
  await log.store.run((open) => open.append(fresh));
  await log.history.catchUp();
  announce(log, "events");
}

/** The newest stored events in which a repeated one is looked for. */
const REPEATED_WITHIN = 1000;

/** The events that are not among the stored ones; equal ones are counted. */
async function notStored(log: LogState, events: readonly ShopEvent[]): Promise<ShopEvent[]> {
  const textOf = (event: ShopEvent) => JSON.stringify({ ...event, seq: undefined });
  const stored = (await readNewest(log, REPEATED_WITHIN)).map(textOf);
  return events.filter((event) => {
    const index = stored.indexOf(textOf(event));
    if (index >= 0) stored.splice(index, 1);
    return index < 0;
  });
}

function readNewest({ store }: LogState, limit: number): Promise<StoredEvent[]> {
  return store.run((open) => open.readAfter(0, limit));
}

async function replace(log: LogState, compose: Compose): Promise<void> {
  await log.store.runOrFail((open) => open.replace(compose));
  await noteForgotten(log);
}

/** Consent is not among these choices: `decideConsent` also applies its consequences. */
function choose(log: LogState, change: PrivacyChoices): Promise<void> {
  return saveChoices(log, withoutConsent(parsePrivacyChoices(change)));
}

/** A guest has given no answer, whatever the shopper answered before. */
function offersConsentOf({ consent, isGuest }: LogState): Consent {
  if (!isGuest) return offersConsentIn(consent);
  const { offers: _offers, ...stored } = consent.stored;
  return offersConsentIn({ ...consent, stored, offersAnswer: undefined });
}
