import type { IDBPDatabase } from "idb";
import { type PrivacyChoices, parsePrivacyChoices } from "../events/consent.ts";
import type { KeptEvent, StoredEvent } from "../events/shopEvent.ts";
import { failed, type Message, VitrineError } from "../kit/message.ts";
import { runSliced, type Steps } from "../kit/scheduler.ts";
import { type Cipher, createCipher, createKey } from "./cipher.ts";
import {
  type EventRecord,
  openDatabase,
  type VitrineDatabase,
  type WriteTransaction,
} from "./database.ts";
import { dayOf, type EventEdit, type EventStore, LEARNED_VALUES } from "./eventStore.ts";

/**
 * The event store in IndexedDB. What tells of the shopper is sealed before it is written; in clear
 * stand an event's number and day, the names of values, and the shopper's choices.
 */
export interface KeyState {
  /** Goes up whenever something is taken out of the log, so that no tab writes what it knew before. */
  generation: number;
  /** Another one after each erase; absent where the browser cannot encrypt. */
  key?: CryptoKey;
}

/** Events that are read, or looked at for a change, in one go. */
const BATCH = 1000;
const UNENCRYPTED: Message = {
  code: "unencrypted",
  params: {},
  message: "Events are stored unencrypted: this page's connection is not secure",
};

export interface StoreHooks {
  /** The connection is gone: forced closed by the browser, or given up for another tab's upgrade. */
  onClosed?: () => void;
  /** Another tab took something out of the log, as it turned out when this one read or wrote. */
  onForgotten?: () => void;
  onWarning?: (warning: Message) => void;
}

/**
 * Opens the shopper's database.
 * @throws when IndexedDB is missing, denied, blocked or broken; the caller falls back to memory.
 */
export async function openEventStore(name: string, hooks: StoreHooks = {}): Promise<EventStore> {
  return createIndexedDbStore(await openDatabase(name, hooks), hooks);
}

/** Opens the shopper's database if there is one; makes none. @throws as `openEventStore` does. */
export async function openExistingEventStore(name: string): Promise<EventStore | undefined> {
  let isThere = true;
  const opening = openDatabase(name, {
    onMissing(transaction) {
      isThere = false;
      transaction.done.catch(() => undefined); // The opening fails by the same abort.
      transaction.abort(); // Browsers forget a database whose making was aborted.
    },
  });
  try {
    return await createIndexedDbStore(await opening, {});
  } catch (error) {
    if (!isThere) return undefined;
    throw error;
  }
}

/** The key in use, or a new one; two tabs that start together end up with the same. */
async function openKey(database: IDBPDatabase<VitrineDatabase>): Promise<KeyState> {
  const known = (await database.get("state", "key")) as KeyState | undefined;
  if (known?.key !== undefined) return known;
  const key = await createKey();
  // Some private windows can make a key, but not keep it.
  return putKey(database, key).catch(() => putKey(database, undefined));
}

async function putKey(database: IDBPDatabase<VitrineDatabase>, key: CryptoKey | undefined) {
  const transaction = database.transaction("state", "readwrite");
  transaction.done.catch(() => undefined); // Told by the requests below.
  const known = (await transaction.store.get("key")) as KeyState | undefined;
  if (known?.key !== undefined) return known;
  const state: KeyState = { generation: known?.generation ?? 0, ...(key ? { key } : {}) };
  await transaction.store.put(state, "key");
  await transaction.done;
  return state;
}

/** A write was made ready for a log, or a key, that is no longer so. */
class StaleError extends Error {}

async function createIndexedDbStore(
  database: IDBPDatabase<VitrineDatabase>,
  { onForgotten, onWarning }: StoreHooks,
): Promise<EventStore> {
  let known: KeyState;
  let cipher: Cipher | undefined;
  use(await openKey(database));
  if (!cipher) onWarning?.(UNENCRYPTED);
  else if (await database.get("state", "plain")) void sealPlainRecords();

  function use(state: KeyState): void {
    known = state;
    cipher = state.key && createCipher(state.key);
  }

  /** Takes over what other tabs did to the key; whether they did. */
  async function refresh(): Promise<boolean> {
    const state = (await database.get("state", "key")) as KeyState;
    if (state.generation === known.generation) return false;
    use(state);
    onForgotten?.();
    return true;
  }

  /**
   * One write. `prepare` seals, and returns what to do in the transaction: within one, nothing but its
   * own requests may be awaited. It is made ready again when the log lost something meanwhile.
   */
  async function write<Result>(
    prepare: () => Promise<(transaction: WriteTransaction) => Promise<Result>>,
  ): Promise<Result> {
    for (;;) {
      const { generation } = known;
      const job = await prepare();
      const transaction = database.transaction(["events", "values", "state"], "readwrite");
      const done = transaction.done.then(() => undefined);
      done.catch(() => undefined); // Awaited below, unless a request failed first.
      try {
        const state = (await transaction.objectStore("state").get("key")) as KeyState;
        if (state.generation !== generation) throw new StaleError();
        const result = await job(transaction);
        await done;
        return result;
      } catch (error) {
        abort(transaction);
        if (!(error instanceof StaleError)) throw error;
        await refresh();
      }
    }
  }

  /** Part of a write that takes something out: what was learned goes, too. */
  async function forgetLearned(transaction: WriteTransaction, key = known.key): Promise<void> {
    const state = { generation: known.generation + 1, ...(key ? { key } : {}) };
    const values = transaction.objectStore("values");
    for (const name of LEARNED_VALUES) values.delete(name);
    await transaction.objectStore("state").put(state, "key");
    transaction.done.then(
      () => use(state),
      () => undefined,
    );
  }

  async function recordOf(event: KeptEvent, seq?: number): Promise<EventRecord> {
    const clear = { ...(seq === undefined ? {} : { seq }), day: dayOf(event.at) };
    const content = cipher ? { sealed: await cipher.seal(event) } : { plain: event };
    return { ...clear, ...content } as EventRecord;
  }

  async function eventOf(record: EventRecord): Promise<StoredEvent> {
    if ("sealed" in record) {
      if (!cipher) throw new VitrineError("cannot-decrypt", "this page cannot decrypt", {});
      return { ...((await cipher.open(record.sealed)) as KeptEvent), seq: record.seq };
    }
    return "plain" in record ? { ...record.plain, seq: record.seq } : record;
  }

  function* opening(records: readonly EventRecord[]): Steps<Promise<StoredEvent | undefined>[]> {
    const opened: Promise<StoredEvent | undefined>[] = [];
    for (const record of records) {
      yield;
      opened.push(eventOf(record).catch(() => undefined)); // Counted as unread.
    }
    return opened;
  }

  /** Events of a range of numbers. Those that cannot be read are left out, and told of. */
  async function readRange(range: IDBKeyRange, max?: number): Promise<StoredEvent[]> {
    const records = await database.getAll("events", range, max);
    const read = await Promise.all(await runSliced(opening(records)));
    const events = read.filter((event) => event !== undefined);
    const count = records.length - events.length;
    if (count === 0) return events;
    if (await refresh()) return readRange(range, max);
    const message = `Events that could not be decrypted and are ignored: ${count}`;
    onWarning?.({ code: "events-unreadable", params: { count }, message });
    return events;
  }

  async function unsealedValue(record: unknown): Promise<unknown> {
    const { sealed, plain } = (record ?? {}) as { sealed?: ArrayBuffer; plain?: unknown };
    if (sealed === undefined) return plain ?? record;
    return cipher?.open(sealed);
  }

  async function readValue(key: string): Promise<unknown> {
    try {
      return await unsealedValue(await database.get("values", key));
    } catch (error) {
      if (await refresh()) return readValue(key);
      const what = `What was stored as "${key}" could not be decrypted`;
      onWarning?.(failed("value-unreadable", what, error));
      return undefined;
    }
  }

  async function valueRecordOf(value: unknown): Promise<object> {
    return cipher ? { sealed: await cipher.seal(value) } : { plain: value };
  }

  /** The events that `edit` changes, sealed anew, and the newest number that was looked at. */
  async function prepareEdits(edit: EventEdit, only: number | undefined) {
    const edits: { seq: number; record: EventRecord | undefined }[] = [];
    let newest = only ?? 0;
    let range = only === undefined ? afterKey(0) : IDBKeyRange.only(only);
    for (;;) {
      for (const event of await readRange(range, BATCH)) {
        const edited = edit(event);
        if (edited === event) continue;
        const record = edited && (await recordOf(withoutSeq(edited), event.seq));
        edits.push({ seq: event.seq, record });
      }
      const last = (await database.getAllKeys("events", range, BATCH)).at(-1);
      if (only !== undefined || last === undefined) return { edits, newest };
      newest = last;
      range = afterKey(newest);
    }
  }

  async function sealPlainRecords(): Promise<void> {
    const { sealRecords } = await import("./sealRecords.ts");
    await sealRecords({ database, write, eventOf, recordOf, valueRecordOf }).catch((error: Error) =>
      onWarning?.(failed("not-encrypted-yet", "Old events are not encrypted yet", error)),
    );
  }

  return {
    kind: "indexeddb",
    get isEncrypted() {
      return cipher !== undefined;
    },
    append: (events) =>
      write(async () => {
        const records = await Promise.all(events.map((event) => recordOf(event)));
        const isPlain = !cipher && events.length > 0;
        return async (transaction) => {
          const store = transaction.objectStore("events");
          const seqs = await Promise.all(records.map(async (record) => store.add(record)));
          if (isPlain) await transaction.objectStore("state").put(true, "plain");
          return seqs.at(-1) ?? 0;
        };
      }),
    async readAfter(after, limit) {
      const newest = await newestKey(database.transaction("events").store);
      const events: StoredEvent[] = [];
      for (let from = Math.max(after, newest - limit); from < newest; from += BATCH) {
        const range = IDBKeyRange.bound(from, Math.min(from + BATCH, newest), true);
        for (const event of await readRange(range)) events.push(event);
      }
      return events;
    },
    count: () => database.count("events"),
    readValue: async (key) => (await readValue(key)) as never,
    writeValue: (key, value) =>
      write(async () => {
        const record = await valueRecordOf(value);
        return async (transaction) => {
          await transaction.objectStore("values").put(record, key);
        };
      }),
    eraseLearned: () =>
      write(async () => async (transaction) => {
        const values = transaction.objectStore("values");
        await Promise.all(LEARNED_VALUES.map((name) => values.delete(name)));
      }),
    async readChoices() {
      const stored = (await database.get("state", "choices")) ?? {};
      try {
        return parsePrivacyChoices(stored);
      } catch (error) {
        const what = "Paused, as what was chosen could not be read";
        onWarning?.(failed("choices-unreadable", what, error));
        return { paused: true };
      }
    },
    async writeChoices(choices: PrivacyChoices) {
      await database.put("state", choices, "choices");
    },
    edit: (edit, only) =>
      write(async () => {
        const { edits, newest } = await prepareEdits(edit, only);
        return async (transaction) => {
          const store = transaction.objectStore("events");
          // Added meanwhile: to be looked at as well.
          if (only === undefined && (await newestKey(store)) > newest) throw new StaleError();
          if (edits.length === 0) return 0;
          await Promise.all(
            edits.map(async ({ seq, record }) => (record ? store.put(record) : store.delete(seq))),
          );
          await forgetLearned(transaction);
          return edits.length;
        };
      }),
    expire: (at) =>
      write(async () => async (transaction) => {
        const store = transaction.objectStore("events");
        const days = IDBKeyRange.upperBound(dayOf(at), true);
        const expired = await store.index("day").getAllKeys(days);
        if (expired.length === 0) return 0;
        await Promise.all(expired.map((seq) => store.delete(seq)));
        await forgetLearned(transaction);
        return expired.length;
      }),
    replace: (compose) =>
      write(async () => {
        const current = await readRange(afterKey(0));
        const { events, values } = compose(current);
        const records = await Promise.all(events.map((event) => recordOf(event)));
        const entries = await Promise.all(
          Object.entries(values).map(async ([key, value]) => ({
            key,
            record: await valueRecordOf(value),
          })),
        );
        return async (transaction) => {
          const store = transaction.objectStore("events");
          if ((await newestKey(store)) !== (current.at(-1)?.seq ?? 0)) throw new StaleError();
          await clear(transaction);
          await forgetLearned(transaction);
          await Promise.all(records.map(async (record) => store.add(record)));
          for (const { key, record } of entries) {
            await transaction.objectStore("values").put(record, key);
          }
        };
      }),
    erase: () =>
      write(async () => {
        const key = known.key && (await createKey());
        return async (transaction) => {
          await clear(transaction);
          await transaction.objectStore("state").delete("plain");
          await forgetLearned(transaction, key);
        };
      }),
    close: () => database.close(),
  };
}

interface KeyCursors {
  openKeyCursor(range: null, direction: "prev"): Promise<{ key: number } | null>;
}

async function newestKey(store: KeyCursors): Promise<number> {
  return (await store.openKeyCursor(null, "prev"))?.key ?? 0;
}

/** All keys above one. */
function afterKey(key: number): IDBKeyRange {
  return IDBKeyRange.lowerBound(key, true);
}

async function clear(transaction: WriteTransaction): Promise<void> {
  await transaction.objectStore("events").clear();
  await transaction.objectStore("values").clear();
}

/** Takes back what a transaction did so far; one that has ended already needs no taking back. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if ((error as DOMException).name !== "InvalidStateError") throw error;
  }
}

function withoutSeq({ seq: _seq, ...event }: KeptEvent & { seq?: number }): KeptEvent {
  return event as KeptEvent;
}
