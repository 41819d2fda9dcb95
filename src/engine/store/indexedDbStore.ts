import type { IDBPDatabase } from "idb";
import type { KeptEvent } from "../events/shopEvent.ts";
import { failed, type Message } from "../kit/message.ts";
import { createKey } from "./cipher.ts";
import {
  type EventRecord,
  openDatabase,
  type VitrineDatabase,
  type WriteTransaction,
} from "./database.ts";
import {
  type Compose,
  dayOf,
  type EventEdit,
  type EventStore,
  LEARNED_VALUES,
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
  message: "Events are stored unencrypted: this page's connection is not secure",
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
  else if (await database.get("state", "plain")) void sealPlainRecords(open);
  return {
    kind: "indexeddb",
    get isEncrypted() {
      return guard.codec.isEncrypted;
    },
    append: (events) => append(open, events),
    readAfter: (after, limit) => readAfter(open, after, limit),
    count: () => database.count("events"),
    readValue: (key) => readValue(open, key),
    writeValue: (key, value) => writeValue(open, key, value),
    eraseLearned: () => eraseLearned(open),
    readChoices: () => readChoices(open),
    async writeChoices(choices) {
      await database.put("state", choices, "choices");
    },
    edit: (edit, only) => editEvents(open, edit, only),
    expire: (at) => expire(open, at),
    replace: (compose) => replace(open, compose),
    erase: () => erase(open),
    close: () => database.close(),
  };
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

function writeValue({ guard }: OpenDatabase, key: string, value: unknown): Promise<void> {
  return guard.write(async () => {
    const record = await guard.codec.valueRecordOf(value);
    return async (transaction) => {
      await transaction.objectStore("values").put(record, key);
    };
  });
}

function eraseLearned({ guard }: OpenDatabase): Promise<void> {
  return guard.write(async () => async (transaction) => {
    const values = transaction.objectStore("values");
    await Promise.all(LEARNED_VALUES.map((name) => values.delete(name)));
  });
}

function editEvents(open: OpenDatabase, edit: EventEdit, only?: number): Promise<number> {
  return open.guard.write(async () => {
    const { edits, newest } = await prepareEdits(open, edit, only);
    return async (transaction) => {
      const store = transaction.objectStore("events");
      // Events added in the meantime must be checked as well.
      if (only === undefined && (await newestKey(store)) > newest) throw new StaleError();
      if (edits.length === 0) return 0;
      await Promise.all(
        edits.map(async ({ seq, record }) => (record ? store.put(record) : store.delete(seq))),
      );
      await open.guard.forgetLearned(transaction);
      return edits.length;
    };
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
    const last = (await database.getAllKeys("events", range, BATCH)).at(-1);
    if (only !== undefined || last === undefined) return { edits, newest };
    newest = last;
    range = afterKey(newest);
  }
}

function expire({ guard }: OpenDatabase, at: number): Promise<number> {
  return guard.write(async () => async (transaction) => {
    const store = transaction.objectStore("events");
    const days = IDBKeyRange.upperBound(dayOf(at), true);
    const expired = await store.index("day").getAllKeys(days);
    if (expired.length === 0) return 0;
    await Promise.all(expired.map((seq) => store.delete(seq)));
    await guard.forgetLearned(transaction);
    return expired.length;
  });
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

function erase({ guard }: OpenDatabase): Promise<void> {
  return guard.write(async () => {
    const key = guard.key && (await createKey());
    return async (transaction) => {
      await clear(transaction);
      await transaction.objectStore("state").delete("plain");
      await guard.forgetLearned(transaction, key);
    };
  });
}

async function clear(transaction: WriteTransaction): Promise<void> {
  await transaction.objectStore("events").clear();
  await transaction.objectStore("values").clear();
}
