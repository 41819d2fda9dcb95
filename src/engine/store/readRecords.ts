import type { IDBPDatabase } from "idb";
import { type PrivacyChoices, parsePrivacyChoices } from "../events/consent.ts";
import type { StoredEvent } from "../events/shopEvent.ts";
import { failed, type Message } from "../kit/message.ts";
import { eachSlice } from "../kit/scheduler.ts";
import { type EventRecord, read, type VitrineDatabase } from "./database.ts";
import type { GuardedWrite } from "./guardedWrite.ts";

/** An open database with everything its operations need. */
export interface OpenDatabase {
  readonly database: IDBPDatabase<VitrineDatabase>;
  readonly guard: GuardedWrite;
  onWarning?: ((warning: Message) => void) | undefined;
}

/** The number of events read or checked in one batch. */
export const BATCH = 1000;

/** Events with a number above `after`, oldest first; only the newest `limit` of them. */
export async function readAfter(
  open: OpenDatabase,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const newest = await read(open.database, "events", newestKey);
  const events: StoredEvent[] = [];
  for (let from = Math.max(after, newest - limit); from < newest; from += BATCH) {
    const range = IDBKeyRange.bound(from, Math.min(from + BATCH, newest), true);
    for (const event of await readRange(open, range)) events.push(event);
  }
  return events;
}

/** Events in a range of numbers. Unreadable ones are skipped, with a warning. */
export async function readRange(
  open: OpenDatabase,
  range: IDBKeyRange,
  max?: number,
): Promise<StoredEvent[]> {
  const { database, guard, onWarning } = open;
  const records = await read(database, "events", (store) => store.getAll(range, max));
  const events = await readable(records, guard);
  const count = records.length - events.length;
  if (count === 0) return events;
  if (await guard.refresh()) return readRange(open, range, max);
  const message = `Events that could not be decrypted and are ignored: ${count}`;
  onWarning?.({ code: "events-unreadable", params: { count }, message });
  return events;
}

async function readable(
  records: readonly EventRecord[],
  { codec }: GuardedWrite,
): Promise<StoredEvent[]> {
  const opening: Promise<StoredEvent | undefined>[] = [];
  await eachSlice(records, (record) => {
    opening.push(codec.eventOf(record).catch(() => undefined)); // Counted as unread.
  });
  return (await Promise.all(opening)).filter((event) => event !== undefined);
}

/** The raw value, unchecked; undefined, with a warning, if it cannot be decrypted. */
export async function readValue(open: OpenDatabase, key: string): Promise<unknown> {
  const { database, guard, onWarning } = open;
  try {
    return await guard.codec.valueOf(await read(database, "values", (store) => store.get(key)));
  } catch (error) {
    if (await guard.refresh()) return readValue(open, key);
    const what = `What was stored as "${key}" could not be decrypted`;
    onWarning?.(failed("value-unreadable", what, error));
    return undefined;
  }
}

export async function readChoices({ database, onWarning }: OpenDatabase): Promise<PrivacyChoices> {
  const stored = (await read(database, "state", (store) => store.get("choices"))) ?? {};
  try {
    return parsePrivacyChoices(stored);
  } catch (error) {
    const what = "Paused, as what was chosen could not be read";
    onWarning?.(failed("choices-unreadable", what, error));
    return { paused: true };
  }
}

interface KeyCursors {
  openKeyCursor(range: null, direction: "prev"): Promise<{ key: number } | null>;
}

/** The number of the newest event; 0 if there is none. */
export async function newestKey(store: KeyCursors): Promise<number> {
  return (await store.openKeyCursor(null, "prev"))?.key ?? 0;
}

/** All numbers above one. */
export function afterKey(key: number): IDBKeyRange {
  return IDBKeyRange.lowerBound(key, true);
}
