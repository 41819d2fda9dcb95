import type { IDBPDatabase } from "idb";
import type { KeptEvent } from "../events/shopEvent.ts";
import { failed, isFull, type Message, type VitrineError } from "../kit/message.ts";
import {
  type EventRecord,
  openDatabase,
  read,
  type VitrineDatabase,
  type WriteTransaction,
  write,
} from "./database.ts";
import {
  type Compose,
  dayOf,
  type EditOptions,
  type EventEdit,
  type EventStore,
  LEARNED_VALUES,
  type StoreContent,
  VALUE_NAMES,
  type ValueName,
  withoutSeq,
} from "./eventStore.ts";
import { createGuardedWrite, StaleError } from "./guardedWrite.ts";
import { openKey } from "./keyState.ts";
import {
  afterKey,
  BATCH,
  newestKey,
  type OpenDatabase,
  readAfter,
  readChoices,
  readRange,
  readValue,
} from "./readRecords.ts";

const UNENCRYPTED: Message = {
  code: "unencrypted",
  params: {},
  message: "Events are stored unencrypted: this page cannot encrypt",
};

export interface StoreHooks {
  /** The connection was lost: the browser closed it, or another tab's upgrade needed it closed. */
  onClosed?: () => void;
  /** Called when a read or a write finds that another tab removed something from the log. */
  onForgotten?: () => void;
  onWarning?: (warning: Message) => void;
}

/**
 * Opens the shopper's database. Events and values are encrypted before they are written; only an event's
 * number and day, the names of values and the shopper's choices are not.
 * @throws when IndexedDB is missing, denied, blocked or broken; the caller falls back to memory.
 */
export async function openEventStore(name: string, hooks: StoreHooks = {}): Promise<EventStore> {
  return createIndexedDbStore(await openDatabase(name, hooks), hooks);
}

/**
 * Runs a job on the stored log, which is open for that long only. Resolves with undefined where nothing is
 * stored, or nothing can be. @throws when something may be stored that cannot be reached now.
 */
export async function withStored<Result>(
  name: string,
  job: (stored: EventStore) => Promise<Result>,
): Promise<Result | undefined> {
  const stored = await openExistingEventStore(name).catch((error: Error) => {
    if (NEVER_STORED.includes(error.name) || isWithoutDatabase(error)) return undefined;
    throw error;
  });
  try {
    return stored && (await job(stored));
  } finally {
    stored?.close();
  }
}

/** The errors of browsers that are told to store nothing; the second is Firefox's, in private windows. */
const NEVER_STORED = ["SecurityError", "InvalidStateError"];

function isWithoutDatabase(error: Error): boolean {
  return (error as VitrineError).code === "no-indexeddb";
}

/** Opens the shopper's database if it exists; creates none. @throws as `openEventStore` does. */
export async function openExistingEventStore(name: string): Promise<EventStore | undefined> {
  let isThere = true;
  const opening = openDatabase(name, {
    onMissing(transaction) {
      isThere = false;
      transaction.done.catch(() => undefined); // Opening fails with the same abort.
      transaction.abort(); // Browsers delete a database whose creation was aborted.
    },
  });
  try {
    return await createIndexedDbStore(await opening, {});
  } catch (error) {
    if (!isThere) return undefined;
    throw error;
  }
}

async function createIndexedDbStore(
  database: IDBPDatabase<VitrineDatabase>,
  { onForgotten, onWarning }: StoreHooks,
): Promise<EventStore> {
  const state = await openKey(database, onWarning);
  const guard = createGuardedWrite(database, { state, onForgotten });
  const open: OpenDatabase = { database, guard, onWarning };
  if (!guard.codec.isEncrypted) onWarning?.(UNENCRYPTED);
  else if (await read(database, "state", (store) => store.get("plain")))
    void sealPlainRecords(open);
  return {
    kind: "indexeddb",
    get generation() {
      return guard.generation;
    },
    get isEncrypted() {
      return guard.codec.isEncrypted;
    },
    append: (events) => append(open, events),
    readAfter: (after, limit) => readAfter(open, after, limit),
    count: () => read(database, "events", (store) => store.count()),
    content: () => contentOf(open),
    readValue: (key) => readValue(open, key),
    writeValue: (key, value) => writeValue(open, key, value),
    eraseLearned: () => eraseLearned(open),
    readChoices: () => readChoices(open),
    async writeChoices(choices) {
      await write(database, (transaction) =>
        transaction.objectStore("state").put(choices, "choices"),
      );
    },
    edit: (edit, options = {}) => editEvents(open, edit, options),
    expire: (at) => expire(open, at),
    replace: (compose) => replace(open, compose),
    erase: () => erase(open),
    close: () => database.close(),
  };
}

async function contentOf(open: OpenDatabase): Promise<StoreContent> {
  const values = new Map<ValueName, unknown>();
  for (const name of VALUE_NAMES) {
    const value = await readValue(open, name);
    if (value !== undefined) values.set(name, value);
  }
  const events = await readAfter(open, 0, Number.POSITIVE_INFINITY);
  return { events, values, choices: await readChoices(open) };
}

async function sealPlainRecords({ database, guard, onWarning }: OpenDatabase): Promise<void> {
  const { sealRecords } = await import("./sealRecords.ts");
  await sealRecords(database, guard).catch((error: Error) =>
    onWarning?.(failed("not-encrypted-yet", "Old events are not encrypted yet", error)),
  );
}

function append({ guard }: OpenDatabase, events: readonly KeptEvent[]): Promise<number> {
  return guard.write(async () => {
    const { codec } = guard;
    const records = await Promise.all(events.map((event) => codec.recordOf(event)));
    const isPlain = !codec.isEncrypted && events.length > 0;
    return async (transaction) => {
      const store = transaction.objectStore("events");
      const seqs = await Promise.all(records.map(async (record) => store.add(record)));
      if (isPlain) await transaction.objectStore("state").put(true, "plain");
      return seqs.at(-1) ?? 0;
    };
  });
}

/** What was learned from a log that has lost events since is not stored. */
function writeValue({ guard }: OpenDatabase, key: ValueName, value: unknown): Promise<void> {
  const { generation } = guard;
  const isLearned = (LEARNED_VALUES as ValueName[]).includes(key);
  return guard.write(async () => {
    const isStale = isLearned && guard.generation !== generation;
    const record = await guard.codec.valueRecordOf(value);
    return async (transaction) => {
      if (!isStale) await transaction.objectStore("values").put(record, key);
    };
  });
}

function eraseLearned({ guard }: OpenDatabase): Promise<void> {
  return guard.write(async () => async (transaction) => {
    const values = transaction.objectStore("values");
    await Promise.all(LEARNED_VALUES.map(async (name) => values.delete(name)));
  });
}

function editEvents(open: OpenDatabase, edit: EventEdit, options: EditOptions): Promise<number> {
  const { only, mayDelete = false } = options;
  return removing(async (isFull) => {
    const { edits, shortened } = await open.guard.write(async () => {
      const { edits, newest } = await prepareEdits(open, edit, only);
      const shortened = edits.filter(({ record }) => record !== undefined).length;
      return async (transaction) => {
        const store = transaction.objectStore("events");
        // Events added in the meantime must be checked as well.
        if (only === undefined && (await newestKey(store)) > newest) throw new StaleError();
        if (edits.length === 0) return { edits, shortened };
        const isPut = !isFull || !mayDelete;
        await Promise.all(
          edits.map(async ({ seq, record }) =>
            record && isPut ? store.put(record) : store.delete(seq),
          ),
        );
        await open.guard.forgetLearned(transaction, isFull);
        return { edits, shortened };
      };
    });
    if (isFull && shortened > 0) open.onWarning?.(deletedWhole(shortened));
    return edits.length;
  });
}

function deletedWhole(count: number): Message<"deleted-whole"> {
  const message = `Storage is full: ${count} events about several products were deleted whole`;
  return { code: "deleted-whole", params: { count }, message };
}

/** Deleting needs no space, but what is written along with it does: a full store does without. */
function removing<Result>(remove: (isFull: boolean) => Promise<Result>): Promise<Result> {
  return remove(false).catch((error: Error) => {
    if (!isFull(error)) throw error;
    return remove(true);
  });
}

/** The events that `edit` changes, encrypted again, and the newest number that was checked. */
async function prepareEdits(open: OpenDatabase, edit: EventEdit, only: number | undefined) {
  const { database, guard } = open;
  const edits: { seq: number; record: EventRecord | undefined }[] = [];
  let newest = only ?? 0;
  let range = only === undefined ? afterKey(0) : IDBKeyRange.only(only);
  for (;;) {
    for (const event of await readRange(open, range, BATCH)) {
      const edited = edit(event);
      if (edited === event) continue;
      const record = edited && (await guard.codec.recordOf(withoutSeq(edited), event.seq));
      edits.push({ seq: event.seq, record });
    }
    const keys = await read(database, "events", (store) => store.getAllKeys(range, BATCH));
    const last = keys.at(-1);
    if (only !== undefined || last === undefined) return { edits, newest };
    newest = last;
    range = afterKey(newest);
  }
}

function expire({ guard }: OpenDatabase, at: number): Promise<number> {
  return removing((isFull) =>
    guard.write(async () => async (transaction) => {
      const store = transaction.objectStore("events");
      const days = IDBKeyRange.upperBound(dayOf(at), true);
      const expired = await store.index("day").getAllKeys(days);
      if (expired.length === 0) return 0;
      await Promise.all(expired.map(async (seq) => store.delete(seq)));
      await guard.forgetLearned(transaction, isFull);
      return expired.length;
    }),
  );
}

function replace(open: OpenDatabase, compose: Compose): Promise<void> {
  const { guard } = open;
  return guard.write(async () => {
    const current = await readRange(open, afterKey(0));
    const { events, values } = compose(current);
    const { codec } = guard;
    const records = await Promise.all(events.map((event) => codec.recordOf(event)));
    const entries = await Promise.all(
      Object.entries(values).map(
        async ([key, value]) => [key, await codec.valueRecordOf(value)] as const,
      ),
    );
    return async (transaction) => {
      const store = transaction.objectStore("events");
      if ((await newestKey(store)) !== (current.at(-1)?.seq ?? 0)) throw new StaleError();
      await clear(transaction);
      await guard.forgetLearned(transaction);
      await Promise.all(records.map(async (record) => store.add(record)));
      for (const [key, record] of entries) {
        await transaction.objectStore("values").put(record, key);
      }
    };
  });
}

/**
 * Deletes only, which also a full store can do; the key too, so that nothing sealed with it can be read.
 * If no new one can be stored, the next write opens the store again.
 */
async function erase({ database, guard }: OpenDatabase): Promise<void> {
  await write(database, async (transaction) => {
    const state = transaction.objectStore("state");
    await clear(transaction);
    await state.delete("plain");
    await state.delete("key");
  });
  await guard.renew().catch(() => undefined);
}

async function clear(transaction: WriteTransaction): Promise<void> {
  await transaction.objectStore("events").clear();
  await transaction.objectStore("values").clear();
}
