import {
  type DBSchema,
  type IDBPDatabase,
  type IDBPObjectStore,
  type IDBPTransaction,
  openDB,
} from "idb";
import type { KeptEvent, StoredEvent } from "../events/shopEvent.ts";
import { VitrineError } from "../kit/message.ts";
import { within } from "../kit/within.ts";

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
/** A request that takes longer is not answered at all: what is read is read in batches. */
const READ_TIMEOUT_MS = 3000;
/** A write may change all of a log. */
const WRITE_TIMEOUT_MS = 10_000;

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
  let isLate = false;
  // A database that opens too late is closed again, so that it cannot block other tabs.
  opening.then((database) => isLate && database.close()).catch(() => undefined);
  return within(opening, OPEN_TIMEOUT_MS, () => {
    isLate = true;
    return slow("open", OPEN_TIMEOUT_MS);
  });
}

type Name = "events" | "values" | "state";

/** One request on one store. @throws also when it is not answered in time. */
export async function read<Store extends Name, Result>(
  database: IDBPDatabase<VitrineDatabase>,
  name: Store,
  ask: (store: IDBPObjectStore<VitrineDatabase, [Store], Store, "readonly">) => Promise<Result>,
): Promise<Result> {
  const transaction = database.transaction(name);
  return inTime(transaction, ask(transaction.store), READ_TIMEOUT_MS);
}

/**
 * One transaction over all stores; `job` may await only its requests. @throws when it fails or is not
 * complete in time: nothing is changed then.
 */
export function write<Result>(
  database: IDBPDatabase<VitrineDatabase>,
  job: (transaction: WriteTransaction) => Promise<Result>,
): Promise<Result> {
  const transaction = database.transaction(["events", "values", "state"], "readwrite");
  const work = async () => {
    const result = await job(transaction);
    await transaction.done;
    return result;
  };
  return inTime(transaction, work(), WRITE_TIMEOUT_MS);
}

async function inTime<Result>(
  transaction: { abort(): void; done: Promise<void> },
  work: Promise<Result>,
  ms: number,
): Promise<Result> {
  transaction.done.catch(() => undefined); // The work fails with the same error.
  try {
    return await within(work, ms, () => slow("answer", ms));
  } catch (error) {
    abort(transaction);
    throw error;
  }
}

function slow(what: string, ms: number): VitrineError {
  return new VitrineError("indexeddb-slow", `IndexedDB did not ${what} within ${ms} ms`, { ms });
}

/** Rolls back a transaction, unless it has already ended. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if ((error as DOMException).name !== "InvalidStateError") throw error;
  }
}
