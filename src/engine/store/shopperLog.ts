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
} from "../events/consent.ts";
import type { ShopperHistory } from "../events/history.ts";
import {
  type Muted,
  NOTHING_MUTED,
  parseSelection,
  productsIn,
  type Selection,
  withMuted,
  withoutProducts,
} from "../events/selection.ts";
import type { KeptEvent, ShopEvent, StoredEvent } from "../events/shopEvent.ts";
import type { Message } from "../kit/message.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { Compose, EventEdit, EventStore, StoredValues } from "./eventStore.ts";
import { createFoldedHistory, MAX_EVENTS } from "./foldedHistory.ts";
import { openExistingEventStore } from "./indexedDbStore.ts";
import { createResilientStore } from "./resilientStore.ts";

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
  /**
   * Stores events and folds them in, with any that other tabs stored meanwhile; if they are recorded.
   * An order that is stored already is not stored again.
   */
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
  onWarning: (warning: Message) => void;
}

const DAY_MS = 86_400_000;

export async function openShopperLog(options: ShopperLogOptions): Promise<ShopperLog> {
  const { catalog, databaseName, clock, onChange, onWarning } = options;
  const mode = parseConsentMode(options.consent ?? "auto");
  const { globalPrivacyControl = false } = options;
  const channel = openChannel(`vitrine:${databaseName}`);
  let isGuest = options.isGuest ?? false;
  let choices: PrivacyChoices = {};
  /** Of this visit; it stands above the page's mode and what is stored. */
  let decision: Decision | undefined;
  let consent = consentOf(mode, undefined);
  let expiredAt = Number.NEGATIVE_INFINITY;
  /** What was in use before a guest came, where it lives in memory only. */
  let aside: { store: EventStore; choices: PrivacyChoices } | undefined;
  let lastJob: Promise<unknown> = Promise.resolve();
  const store = createResilientStore({
    databaseName,
    mayStore: () => !isGuest && consent === "granted",
    nextSeq: () => history.lastSeq + 1,
    onForgotten: () => void enqueue(() => follow("forgotten")),
    onWarning,
  });
  const history = createFoldedHistory(catalog, store);

  /** Runs a job after all before it, whether they succeeded or not. */
  function enqueue<Result>(job: () => Promise<Result>): Promise<Result> {
    const queued = lastJob.then(job, job);
    lastJob = queued;
    return queued;
  }

  /** Leaves the store in use for another one (by default the one to be used by now), and reads it. */
  async function moveTo(next?: EventStore): Promise<void> {
    store.switchTo(next, aside?.store);
    if (await expire()) announce("forgotten");
    await history.rebuild();
  }

  function retentionDays(): number {
    return choices.retentionDays ?? RETENTION_DAYS.max;
  }

  /** Deletes what is older than the shopper wants it kept; whether there was any. */
  async function expire(): Promise<boolean> {
    expiredAt = clock();
    const oldest = expiredAt - retentionDays() * DAY_MS;
    return (await store.run((open) => open.expire(oldest))) > 0;
  }

  async function expireDaily(): Promise<void> {
    if (Math.abs(clock() - expiredAt) < DAY_MS || !(await expire())) return;
    await history.rebuild();
    announce("forgotten");
    onChange("forgotten");
  }

  /** Changes events in the store, and takes note if any changed. */
  async function edit(edit: EventEdit, only?: number): Promise<number> {
    const changed = await store.runOrFail((open) => open.edit(edit, only));
    if (changed > 0) await noteForgotten();
    return changed;
  }

  async function noteForgotten(): Promise<void> {
    await history.rebuild();
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
    const changed = withMuted(history.muted, selection, on);
    await store.runOrFail((open) => open.writeValue("muted", changed));
    await store.runOrFail((open) => open.eraseLearned());
    await noteForgotten();
  }

  /** Reads what the shopper chose, making no database where it is not allowed yet. */
  async function readChoices(): Promise<void> {
    if (consent === "granted") {
      choices = await store.run((open) => open.readChoices());
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
    await moveTo(consent === "granted" ? store.current : undefined);
  }

  async function save(change: PrivacyChoices): Promise<void> {
    choices = { ...choices, ...change };
    await store.run((open) => open.writeChoices(choices));
    announce("choices");
    if (change.retentionDays !== undefined && (await expire())) {
      await noteForgotten();
      onChange("forgotten");
    }
  }

  async function eraseAll(): Promise<void> {
    await store.runOrFail((open) => open.erase());
    await noteForgotten();
  }

  /** Consent was given: what waited in memory is stored. */
  async function storeHeld(): Promise<void> {
    const held = await store.run((open) => open.readAfter(0, MAX_EVENTS));
    await moveTo();
    await store.run((open) => open.append(held.map(withoutSeq)));
    await history.catchUp();
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
    choices = await store.run((open) => open.readChoices());
    await save({ ...chosen, consent: decided });
  }

  async function setGuest(guest: boolean): Promise<void> {
    if (guest === isGuest) return;
    isGuest = guest;
    if (guest) {
      const { current } = store;
      aside = current?.kind === "memory" ? { store: current, choices } : undefined;
      choices = {};
      return moveTo();
    }
    const back = aside;
    aside = undefined;
    store.switchTo(undefined);
    if (back === undefined) return start();
    choices = back.choices;
    return moveTo(back.store);
  }

  /** Another tab changed what is stored: takes that over. */
  async function follow(change: LogChange): Promise<void> {
    if (isGuest) return;
    if (change === "forgotten") await history.rebuild();
    if (change === "events") await history.catchUp();
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
    const hasStorage = store.current?.kind !== "memory";
    return recordingOf({ choices, consent, isGuest, globalPrivacyControl, hasStorage });
  }

  channel?.addEventListener("message", ({ data }: MessageEvent<LogChange>) => {
    void enqueue(() => follow(data));
  });

  await enqueue(start);

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
      return history.muted;
    },
    get isEncrypted() {
      return store.current?.isEncrypted ?? false;
    },
    append: (events) =>
      enqueue(async () => {
        if (recordingNow().to === "nowhere") return;
        await expireDaily();
        const fresh = await history.fresh(events);
        if (fresh.length === 0) return;
        await store.run((open) => open.append(fresh));
        await history.catchUp();
        announce("events");
      }),
    newest: (limit) =>
      enqueue(async () => {
        const events = await store.run((open) => open.readAfter(0, limit));
        return history.counted(events);
      }),
    stored: (limit) => enqueue(() => store.run((open) => open.readAfter(0, limit))),
    readValue: (key) => enqueue(() => store.run((open) => open.readValue(key))),
    writeValue: (key, value) => enqueue(() => store.run((open) => open.writeValue(key, value))),
    announceNetwork: () => announce("network"),
    eraseValues: () => enqueue(() => store.run((open) => open.eraseLearned())),
    erase: () => enqueue(eraseAll),
    forget: (selection) => enqueue(async () => remove(parseSelection(selection))),
    mute: (selection, on) => enqueue(async () => mute(parseSelection(selection), on)),
    replace: (compose) =>
      enqueue(async () => {
        await store.runOrFail((open) => open.replace(compose));
        await noteForgotten();
      }),
    choose: (change) => enqueue(async () => save(parsePrivacyChoices(change))),
    decideConsent: (decided) => enqueue(async () => decide(parseDecision(decided))),
    setGuest: (guest) => enqueue(() => setGuest(guest)),
    close() {
      channel?.close();
      store.switchTo(undefined);
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
