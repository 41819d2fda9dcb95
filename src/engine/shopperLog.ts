import type { Catalog } from "./catalog.ts";
import { createHistory } from "./createHistory.ts";
import type {
  Compose,
  EventEdit,
  EventStore,
  KeptEvent,
  StoredEvent,
  StoredValues,
} from "./eventStore.ts";
import type { ShopperHistory } from "./history.ts";
import { openEventStore, openExistingEventStore } from "./indexedDbStore.ts";
import { createMemoryStore } from "./memoryStore.ts";
import {
  type Consent,
  type ConsentMode,
  consentOf,
  type Decision,
  type PrivacyChoices,
  parseConsentMode,
  parseDecision,
  parsePrivacyChoices,
  RETENTION_DAYS,
  type Recording,
  recordingOf,
} from "./recording.ts";
import {
  countedPart,
  type Muted,
  NOTHING_MUTED,
  parseMuted,
  parseSelection,
  productsIn,
  type Selection,
  withMuted,
  withoutProducts,
} from "./selection.ts";
import type { ShopEvent } from "./shopEvent.ts";

/**
 * The shopper's events, stored and folded: keeps the history in step with the store, with other tabs,
 * with what the shopper allows, and with a store that fails (then events live in memory, and a notice
 * says so). What changes the log happens one after the other.
 */
export interface ShopperLog {
  readonly history: ShopperHistory;
  readonly kind: EventStore["kind"];
  readonly eventCount: number;
  readonly recording: Recording;
  readonly choices: PrivacyChoices;
  /** Days after which an event is deleted. */
  readonly retentionDays: number;
  readonly consent: Consent;
  readonly muted: Muted;
  /** Whether what is stored is encrypted. */
  readonly isEncrypted: boolean;
  /** Stores events and folds them in, with any that other tabs stored meanwhile; if they are recorded. */
  append(events: readonly ShopEvent[]): Promise<void>;
  /** What counts of the newest stored events, oldest first: nothing that is muted. */
  newest(limit: number): Promise<StoredEvent[]>;
  /** The newest stored events as they are, oldest first. */
  stored(limit: number): Promise<StoredEvent[]>;
  readValue<Key extends keyof StoredValues>(key: Key): Promise<StoredValues[Key] | undefined>;
  writeValue<Key extends keyof StoredValues>(key: Key, value: StoredValues[Key]): Promise<void>;
  /** Tells other tabs that a new network is stored. */
  announceNetwork(): void;
  /** Erases what was learned, but no events. */
  eraseValues(): Promise<void>;
  /**
   * Erases everything, here and in the memory of other tabs.
   * @throws when the store fails: then nothing is erased, as for the next three.
   */
  erase(): Promise<void>;
  /**
   * Deletes what is selected, and what was learned from it. Resolves with how many events changed.
   * @throws {FieldError} for a malformed selection, as `mute`, `choose` and `decideConsent` do.
   */
  forget(selection: Selection): Promise<number>;
  /** Lets what is selected count no more, or again; what was learned from it is erased. */
  mute(selection: Selection, isMuted: boolean): Promise<void>;
  /** Puts what `compose` makes of all events in their place, with other values, in one transaction. */
  replace(compose: Compose): Promise<void>;
  /** Changes what the shopper chose, here and in other tabs; other choices stay. */
  choose(change: PrivacyChoices): Promise<void>;
  /** Consent given stores what memory held back; consent refused erases that and all that is stored. */
  decideConsent(decision: Decision): Promise<void>;
  /** Sets the stored past aside and starts from nothing, in memory; or drops that and goes back. */
  setGuest(isGuest: boolean): Promise<void>;
  close(): void;
}

/** What other tabs, the browser, or age did to the log. */
export type LogChange =
  | "events"
  | "network"
  /** Events were taken out, or count no more: what was learned from them is void. */
  | "forgotten"
  | "choices"
  /** Consent was decided: another past than before is in use. */
  | "moved";

export interface ShopperLogOptions {
  catalog: Catalog;
  databaseName: string;
  /** Default `auto`. */
  consent?: ConsentMode | undefined;
  isGuest?: boolean | undefined;
  globalPrivacyControl?: boolean | undefined;
  clock: () => number;
  onChange: (change: LogChange) => void;
  onNotice: (notice: string) => void;
}

const DAY_MS = 86_400_000;
/** Events folded into memory at start; older ones stay stored but no longer steer shelves. */
export const MOST_EVENTS = 20_000;

export async function openShopperLog(options: ShopperLogOptions): Promise<ShopperLog> {
  const { catalog, databaseName, clock, onChange, onNotice } = options;
  const mode = parseConsentMode(options.consent ?? "auto");
  const { globalPrivacyControl = false } = options;
  const channel = openChannel(`vitrine:${databaseName}`);
  let history = createHistory(catalog);
  let lastSeq = 0;
  let eventCount = 0;
  let isGuest = options.isGuest ?? false;
  let choices: PrivacyChoices = {};
  /** Of this visit; it stands above the page's mode and what is stored. */
  let decision: Decision | undefined;
  let consent = consentOf(mode, undefined);
  let muted = NOTHING_MUTED;
  let isMuted = productsIn(catalog, muted);
  let expiredAt = Number.NEGATIVE_INFINITY;
  let store: EventStore | undefined;
  /** Whether anything was, or may have been, stored by this visit. */
  let wasStored = false;
  /** What was in use before a guest came, where it lives in memory only. */
  let aside: { store: EventStore; choices: PrivacyChoices } | undefined;
  let lastTurn: Promise<unknown> = Promise.resolve();

  /** Runs a job after all before it, whether they succeeded or not. */
  function inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const turn = lastTurn.then(job, job);
    lastTurn = turn;
    return turn;
  }

  async function openStore(): Promise<EventStore> {
    if (isGuest || consent !== "granted") return createMemoryStore(lastSeq + 1);
    try {
      const opened: EventStore = await openEventStore(databaseName, {
        onClosed() {
          if (store === opened) store = undefined;
        },
        onForgotten: () => void inTurn(() => follow("forgotten")),
        onNotice,
      });
      wasStored = true;
      return opened;
    } catch (error) {
      return fallBack(error as Error);
    }
  }

  function fallBack(error: Error): EventStore {
    onNotice(`Events are kept in memory only: ${error.message}`);
    return createMemoryStore(lastSeq + 1);
  }

  /** Runs an operation on the store; on a failure once more on a fresh one, at last in memory. */
  async function onStore<Result>(
    operation: (store: EventStore) => Promise<Result>,
  ): Promise<Result> {
    try {
      store ??= await openStore();
      return await operation(store);
    } catch {
      store?.close();
      store = await openStore();
      return operation(store).catch((error: Error) => {
        store = fallBack(error);
        return operation(store);
      });
    }
  }

  /**
   * As `onStore`, but fails where the store does: who was told that something is deleted or imported
   * must be able to rely on it.
   */
  async function onStoreOrFail<Result>(
    operation: (store: EventStore) => Promise<Result>,
  ): Promise<Result> {
    const isMemoryEnough = isGuest || consent !== "granted" || !wasStored;
    try {
      store ??= await openStore();
      if (!isMemoryEnough && store.kind === "memory") throw new Error("it is out of order");
      return await operation(store);
    } catch {
      const fresh = await (isMemoryEnough ? openStore() : openEventStore(databaseName));
      if (store !== fresh) store?.close();
      store = fresh;
      return operation(store);
    }
  }

  async function catchUp(): Promise<void> {
    const added = await onStore((open) => open.readAfter(lastSeq, MOST_EVENTS));
    for (const event of added) {
      const counted = countedPart(event, isMuted);
      if (counted) history.apply(counted);
    }
    eventCount += added.length;
    lastSeq = added.at(-1)?.seq ?? lastSeq;
  }

  function forget(): void {
    history = createHistory(catalog);
    eventCount = 0;
  }

  /** Leaves the store in use for another one (by default the one to be used by now), and reads it. */
  async function moveTo(next?: EventStore): Promise<void> {
    if (store !== next && store !== aside?.store) store?.close();
    store = next;
    if (await expire()) announce("forgotten");
    await rebuild();
  }

  /** Folds everything anew. */
  async function rebuild(): Promise<void> {
    forget();
    lastSeq = 0;
    await readMuted();
    await catchUp();
    eventCount = await onStore((open) => open.count());
  }

  async function readMuted(): Promise<void> {
    const stored = await onStore((open) => open.readValue("muted"));
    muted = stored === undefined ? NOTHING_MUTED : parseMuted(stored);
    isMuted = productsIn(catalog, muted);
  }

  function retentionDays(): number {
    return choices.retentionDays ?? RETENTION_DAYS.most;
  }

  /** Deletes what is older than the shopper wants it kept; whether there was any. */
  async function expire(): Promise<boolean> {
    expiredAt = clock();
    const oldest = expiredAt - retentionDays() * DAY_MS;
    return (await onStore((open) => open.expire(oldest))) > 0;
  }

  async function expireDaily(): Promise<void> {
    if (Math.abs(clock() - expiredAt) < DAY_MS || !(await expire())) return;
    await rebuild();
    announce("forgotten");
    onChange("forgotten");
  }

  /** Changes events in the store, and takes note if any changed. */
  async function edit(edit: EventEdit, only?: number): Promise<number> {
    const changed = await onStoreOrFail((open) => open.edit(edit, only));
    if (changed > 0) await noteForgotten();
    return changed;
  }

  async function noteForgotten(): Promise<void> {
    await rebuild();
    announce("forgotten");
  }

  function remove(selection: Selection): Promise<number> {
    if ("seq" in selection) return edit(() => undefined, selection.seq);
    const isMeant = productsIn(catalog, withMuted(NOTHING_MUTED, selection, true));
    return edit((event) => withoutProducts(event, isMeant));
  }

  async function mute(selection: Selection, on: boolean): Promise<void> {
    if ("seq" in selection) {
      const mark = ({ muted: _muted, ...event }: KeptEvent): KeptEvent =>
        on ? { ...event, muted: true } : event;
      await edit(
        (event) => ((event.muted ?? false) === on ? event : mark(withoutSeq(event))),
        selection.seq,
      );
      return;
    }
    const changed = withMuted(muted, selection, on);
    await onStoreOrFail((open) => open.writeValue("muted", changed));
    await onStoreOrFail((open) => open.eraseLearned());
    await noteForgotten();
  }

  /** Reads what the shopper chose, making no database where it is not allowed yet. */
  async function readChoices(): Promise<void> {
    if (consent === "granted") {
      choices = await onStore((open) => open.readChoices());
    } else {
      const existing = await openExistingEventStore(databaseName).catch(() => undefined);
      choices = { ...choices, ...(await existing?.readChoices()) };
      existing?.close();
    }
    consent = decision ?? consentOf(mode, choices.consent);
  }

  /** A refusal also counts for what was stored before the page had to ask. */
  async function eraseUnread(consent: Decision): Promise<void> {
    const existing = await openExistingEventStore(databaseName).catch(() => undefined);
    await existing?.erase();
    await existing?.writeChoices({ ...(await existing.readChoices()), consent });
    existing?.close();
  }

  async function start(): Promise<void> {
    if (!isGuest) await readChoices();
    await moveTo(consent === "granted" ? store : undefined);
  }

  async function save(change: PrivacyChoices): Promise<void> {
    choices = { ...choices, ...change };
    await onStore((open) => open.writeChoices(choices));
    announce("choices");
    if (change.retentionDays !== undefined && (await expire())) {
      await noteForgotten();
      onChange("forgotten");
    }
  }

  async function eraseAll(): Promise<void> {
    await onStoreOrFail((open) => open.erase());
    await noteForgotten();
  }

  /** Consent was given: what waited in memory is stored. */
  async function storeHeld(): Promise<void> {
    const held = await onStore((open) => open.readAfter(0, MOST_EVENTS));
    await moveTo();
    await onStore((open) => open.append(held.map(withoutSeq)));
    await catchUp();
    announce("events");
  }

  async function decide(decided: Decision): Promise<void> {
    if (isGuest || decided === consent) return;
    const chosen = choices;
    decision = decided;
    if (decided === "refused") {
      if (consent === "awaited") await eraseUnread(decided);
      await eraseAll();
      await save({ consent: decided });
      consent = decided;
      return moveTo();
    }
    consent = decided;
    await storeHeld();
    choices = await onStore((open) => open.readChoices());
    await save({ ...chosen, consent: decided });
  }

  async function setGuest(guest: boolean): Promise<void> {
    if (guest === isGuest) return;
    isGuest = guest;
    if (guest) {
      aside = store?.kind === "memory" ? { store, choices } : undefined;
      choices = {};
      return moveTo();
    }
    const back = aside;
    aside = undefined;
    store = undefined;
    if (back === undefined) return start();
    choices = back.choices;
    return moveTo(back.store);
  }

  /** Another tab changed what is stored: takes that over. */
  async function follow(change: LogChange): Promise<void> {
    if (isGuest) return;
    if (change === "forgotten") await rebuild();
    if (change === "events") await catchUp();
    if (change === "choices") await followChoices();
    onChange(change);
  }

  async function followChoices(): Promise<void> {
    const before = consent;
    decision = undefined;
    await readChoices();
    consent = choices.consent ?? consent;
    if (consent === before) return;
    if (consent === "granted") await storeHeld();
    else await moveTo();
    onChange("moved");
  }

  /** A guest's doings are nobody else's business. */
  function announce(change: LogChange): void {
    if (!isGuest) channel?.postMessage(change);
  }

  function recordingNow(): Recording {
    const hasStorage = store?.kind !== "memory";
    return recordingOf({ choices, consent, isGuest, globalPrivacyControl, hasStorage });
  }

  channel?.addEventListener("message", ({ data }: MessageEvent<LogChange>) => {
    void inTurn(() => follow(data));
  });

  await inTurn(start);

  return {
    get history() {
      return history;
    },
    get kind() {
      return store?.kind ?? "indexeddb";
    },
    get eventCount() {
      return eventCount;
    },
    get recording() {
      return recordingNow();
    },
    get choices() {
      return choices;
    },
    get retentionDays() {
      return retentionDays();
    },
    get consent() {
      return consent;
    },
    get muted() {
      return muted;
    },
    get isEncrypted() {
      return store?.isEncrypted ?? false;
    },
    append: (events) =>
      inTurn(async () => {
        if (recordingNow().to === "nowhere") return;
        await expireDaily();
        await onStore((open) => open.append(events));
        await catchUp();
        announce("events");
      }),
    newest: (limit) =>
      inTurn(async () => {
        const events = await onStore((open) => open.readAfter(0, limit));
        return events.flatMap((event) => countedPart(event, isMuted) ?? []);
      }),
    stored: (limit) => inTurn(() => onStore((open) => open.readAfter(0, limit))),
    readValue: (key) => inTurn(() => onStore((open) => open.readValue(key))),
    writeValue: (key, value) => inTurn(() => onStore((open) => open.writeValue(key, value))),
    announceNetwork: () => announce("network"),
    eraseValues: () => inTurn(() => onStore((open) => open.eraseLearned())),
    erase: () => inTurn(eraseAll),
    forget: (selection) => inTurn(async () => remove(parseSelection(selection))),
    mute: (selection, on) => inTurn(async () => mute(parseSelection(selection), on)),
    replace: (compose) =>
      inTurn(async () => {
        await onStoreOrFail((open) => open.replace(compose));
        await noteForgotten();
      }),
    choose: (change) => inTurn(async () => save(parsePrivacyChoices(change))),
    decideConsent: (decided) => inTurn(async () => decide(parseDecision(decided))),
    setGuest: (guest) => inTurn(() => setGuest(guest)),
    close() {
      channel?.close();
      store?.close();
    },
  };
}

function withoutSeq({ seq: _seq, ...event }: StoredEvent): KeptEvent {
  return event;
}

/** Tabs of one browser hear each other over this; absent in old browsers, where tabs go their own way. */
function openChannel(name: string): BroadcastChannel | undefined {
  return typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(name);
}
