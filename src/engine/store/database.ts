import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { KeptEvent, StoredEvent } from "../events/shopEvent.ts";
import { VitrineError } from "../kit/message.ts";

/** The layout of the shopper's database. */
export interface VitrineDatabase extends DBSchema {
  events: { key: number; value: EventRecord; indexes: { day: number } };
  values: { key: string; value: unknown };
  state: {
    key: "key" | "choices" | "plain";
    /** `KeyState`, `PrivacyChoices`, or the flag that some records may not be sealed yet. */
    value: unknown;
  };
}

/** `sealed` is a `KeptEvent`; pages that cannot encrypt store it as `plain`, and version 1 stored it bare. */
export type EventRecord =
  | { seq: number; day: number; sealed: ArrayBuffer }
  | { seq: number; day: number; plain: KeptEvent }
  | StoredEvent;

export type WriteTransaction = IDBPTransaction<
  VitrineDatabase,
  ("events" | "values" | "state")[],
  "readwrite"
>;

const DATABASE_VERSION = 2;
/** A database that takes longer to open counts as broken; this happens after crashes of the storage process. */
const OPEN_TIMEOUT_MS = 3000;

export interface OpeningHooks {
  /** The connection was lost: the browser closed it, or another tab's upgrade needed it closed. */
  onClosed?: (() => void) | undefined;
  /** The database does not exist and is being created in this transaction. */
  onMissing?: (transaction: { abort(): void; done: Promise<void> }) => void;
}

/** @throws when IndexedDB is missing, denied, blocked or broken. */
export async function openDatabase(name: string, hooks: OpeningHooks) {
  if (typeof indexedDB === "undefined")
    throw new VitrineError("no-indexeddb", "this browser has no IndexedDB", {});
  const opening = openDB<VitrineDatabase>(name, DATABASE_VERSION, {
    upgrade(database, oldVersion, _newVersion, transaction) {
      if (oldVersion === 0 && hooks.onMissing) return hooks.onMissing(transaction);
      if (oldVersion < 1) {
        database.createObjectStore("events", { keyPath: "seq", autoIncrement: true });
        database.createObjectStore("values");
      }
      transaction.objectStore("events").createIndex("day", "day");
      const state = database.createObjectStore("state");
      if (oldVersion === 1) void state.put(true, "plain");
    },
    blocking(_current, _next, event) {
      (event.target as IDBDatabase).close();
      hooks.onClosed?.();
    },
    terminated: () => hooks.onClosed?.(),
  });
  return withinTime(opening);
}

/** A database that opens too late is closed again, so that it cannot block other tabs. */
function withinTime(opening: Promise<IDBPDatabase<VitrineDatabase>>) {
  return new Promise<IDBPDatabase<VitrineDatabase>>((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      const ms = OPEN_TIMEOUT_MS;
      reject(new VitrineError("indexeddb-slow", `IndexedDB did not open within ${ms} ms`, { ms }));
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
