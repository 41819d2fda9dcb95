import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import { type PrivacyChoices, parsePrivacyChoices } from "./recording.ts";
import type { ShopEvent } from "./shopEvent.ts";

/** An event as stored, under the number that orders all events of this shopper across tabs. */
export type StoredEvent = ShopEvent & { seq: number };

/** What is kept beside the events. */
export interface StoredValues {
  /** `networkToBytes` of the personal network. */
  network: ArrayBuffer;
  /** How the personal network came about; see `TrainingReport`. */
  training: unknown;
  /** The trainer chosen on this device; see `TrainerChoice`. */
  trainerChoice: unknown;
}

/** Where a shopper's events live. Every promise settles only once the data is as safe as it gets. */
export interface EventStore {
  readonly kind: "indexeddb" | "memory";
  /** Stores events in one transaction and resolves when it is complete, with the last number given. */
  append(events: readonly ShopEvent[]): Promise<number>;
  /** Events with a number above `after`, oldest first; only the newest `limit` of them. */
  readAfter(after: number, limit: number): Promise<StoredEvent[]>;
  count(): Promise<number>;
  readValue<Key extends keyof StoredValues>(key: Key): Promise<StoredValues[Key] | undefined>;
  writeValue<Key extends keyof StoredValues>(key: Key, value: StoredValues[Key]): Promise<void>;
  eraseValues(): Promise<void>;
  readChoices(): Promise<PrivacyChoices>;
  writeChoices(choices: PrivacyChoices): Promise<void>;
  /** Removes every event and value, in one transaction. What the shopper chose about storing stays. */
  erase(): Promise<void>;
  close(): void;
}

interface VitrineDatabase extends DBSchema {
  events: { key: number; value: StoredEvent };
  values: { key: string; value: unknown };
  state: { key: string; value: unknown };
}

const DATABASE_VERSION = 2;
/** A database that does not open by then counts as out of order; seen after storage-process crashes. */
const OPEN_TIMEOUT_MS = 3000;

export interface StoreHooks {
  /** The connection is gone: forced closed by the browser, or given up for another tab's upgrade. */
  onClosed?: () => void;
}

/**
 * Opens the shopper's database.
 * @throws when IndexedDB is missing, denied, blocked or broken; the caller falls back to memory.
 */
export async function openEventStore(name: string, hooks: StoreHooks = {}): Promise<EventStore> {
  return createIndexedDbStore(await openDatabase(name, hooks));
}

/** Opens the shopper's database if there is one; makes none. @throws as `openEventStore` does. */
export async function openExistingEventStore(
  name: string,
  hooks: StoreHooks = {},
): Promise<EventStore | undefined> {
  let isThere = true;
  const opening = openDatabase(name, {
    ...hooks,
    onMissing(transaction) {
      isThere = false;
      transaction.done.catch(() => undefined); // The opening fails by the same abort.
      transaction.abort(); // Browsers forget a database whose making was aborted.
    },
  });
  try {
    return createIndexedDbStore(await opening);
  } catch (error) {
    if (!isThere) return undefined;
    throw error;
  }
}

interface OpeningHooks extends StoreHooks {
  /** No such database yet: it is about to be made in this transaction. */
  onMissing?: (transaction: { abort(): void; done: Promise<void> }) => void;
}

async function openDatabase(name: string, hooks: OpeningHooks) {
  if (typeof indexedDB === "undefined") throw new Error("this browser has no IndexedDB");
  const opening = openDB<VitrineDatabase>(name, DATABASE_VERSION, {
    upgrade(database, oldVersion, _newVersion, transaction) {
      if (oldVersion === 0 && hooks.onMissing) return hooks.onMissing(transaction);
      if (oldVersion < 1) {
        database.createObjectStore("events", { keyPath: "seq", autoIncrement: true });
        database.createObjectStore("values");
      }
      if (oldVersion < 2) database.createObjectStore("state");
    },
    blocking(_current, _next, event) {
      (event.target as IDBDatabase).close();
      hooks.onClosed?.();
    },
    terminated: () => hooks.onClosed?.(),
  });
  return withinTime(opening);
}

/** A database that opens too late is closed again, so that it cannot block anybody. */
function withinTime(opening: Promise<IDBPDatabase<VitrineDatabase>>) {
  return new Promise<IDBPDatabase<VitrineDatabase>>((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Error(`IndexedDB did not open within ${OPEN_TIMEOUT_MS} ms`));
    }, OPEN_TIMEOUT_MS);
    opening.then(
      (database) => {
        clearTimeout(timer);
        if (isLate) database.close();
        else resolve(database);
      },
      (error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

function createIndexedDbStore(database: IDBPDatabase<VitrineDatabase>): EventStore {
  return {
    kind: "indexeddb",
    async append(events) {
      const transaction = database.transaction("events", "readwrite");
      let last = 0;
      const requests = events.map(async (event) => {
        last = Math.max(last, await transaction.store.add(event as StoredEvent));
      });
      try {
        await Promise.all([...requests, transaction.done]);
      } catch (error) {
        abort(transaction);
        throw error;
      }
      return last;
    },
    async readAfter(after, limit) {
      const newest = await database.transaction("events").store.openKeyCursor(null, "prev");
      const from = Math.max(after, (newest?.key ?? 0) - limit);
      return database.getAll("events", IDBKeyRange.lowerBound(from, true));
    },
    count: () => database.count("events"),
    readValue: async (key) => (await database.get("values", key)) as never,
    async writeValue(key, value) {
      await database.put("values", value, key);
    },
    eraseValues: () => database.clear("values"),
    readChoices: async () => parsePrivacyChoices((await database.get("state", "choices")) ?? {}),
    async writeChoices(choices) {
      await database.put("state", choices, "choices");
    },
    async erase() {
      const transaction = database.transaction(["events", "values"], "readwrite");
      await Promise.all([
        transaction.objectStore("events").clear(),
        transaction.objectStore("values").clear(),
        transaction.done,
      ]);
    },
    close: () => database.close(),
  };
}

/** Takes back what a transaction did so far; one that has ended already needs no taking back. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if ((error as DOMException).name !== "InvalidStateError") throw error;
  }
}

/** The fallback where nothing can be stored: everything works, until the page is left. */
export function createMemoryStore(firstSeq = 1): EventStore {
  const values = new Map<string, unknown>();
  let events: StoredEvent[] = [];
  let choices: PrivacyChoices = {};
  let next = firstSeq;
  return {
    kind: "memory",
    append(added) {
      for (const event of added) events.push({ ...event, seq: next++ });
      return Promise.resolve(next - 1);
    },
    readAfter: (after, limit) =>
      Promise.resolve(events.filter(({ seq }) => seq > Math.max(after, next - 1 - limit))),
    count: () => Promise.resolve(events.length),
    readValue: (key) => Promise.resolve(values.get(key) as never),
    writeValue(key, value) {
      values.set(key, value);
      return Promise.resolve();
    },
    readChoices: () => Promise.resolve(choices),
    writeChoices(chosen) {
      choices = chosen;
      return Promise.resolve();
    },
    eraseValues() {
      values.clear();
      return Promise.resolve();
    },
    erase() {
      events = [];
      values.clear();
      return Promise.resolve();
    },
    close() {},
  };
}
