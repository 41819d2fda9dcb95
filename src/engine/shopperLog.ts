import type { Catalog } from "./catalog.ts";
import {
  createMemoryStore,
  type EventStore,
  openEventStore,
  type StoredEvent,
  type StoredValues,
} from "./eventStore.ts";
import { createHistory, type ShopperHistory } from "./history.ts";
import type { ShopEvent } from "./shopEvent.ts";

/**
 * The shopper's events, stored and folded: keeps the history in step with the store, with other tabs,
 * and with a store that fails (then events live in memory, and a notice says so).
 */
export interface ShopperLog {
  readonly history: ShopperHistory;
  readonly kind: EventStore["kind"];
  readonly eventCount: number;
  /** Stores events and folds them in, with any that other tabs stored meanwhile. */
  append(events: readonly ShopEvent[]): Promise<void>;
  /** The newest stored events, oldest first. */
  newest(limit: number): Promise<StoredEvent[]>;
  readValue<Key extends keyof StoredValues>(key: Key): Promise<StoredValues[Key] | undefined>;
  writeValue<Key extends keyof StoredValues>(key: Key, value: StoredValues[Key]): Promise<void>;
  /** Tells other tabs that a new network is stored. */
  announceNetwork(): void;
  /** Erases what was learned, but no events. */
  eraseValues(): Promise<void>;
  /** Erases everything, here and in the memory of other tabs. */
  erase(): Promise<void>;
  close(): void;
}

/** What other tabs, or the browser, did to the log. */
export type LogChange = "events" | "network" | "erased";

export interface ShopperLogOptions {
  catalog: Catalog;
  databaseName: string;
  onChange: (change: LogChange) => void;
  onNotice: (notice: string) => void;
}

/** Events folded into memory at start; older ones stay stored but no longer steer shelves. */
export const MOST_EVENTS = 20_000;

export async function openShopperLog(options: ShopperLogOptions): Promise<ShopperLog> {
  const { catalog, databaseName, onChange, onNotice } = options;
  const channel = openChannel(`vitrine:${databaseName}`);
  let history = createHistory(catalog);
  let lastSeq = 0;
  let eventCount = 0;
  let store: EventStore | undefined = await openStore();
  /** Reads follow one another, so that every event is folded in once and in order. */
  let reading = Promise.resolve();

  function openStore(): Promise<EventStore> {
    const onClosed = () => {
      store = undefined;
    };
    return openEventStore(databaseName, { onClosed }).catch(fallBack);
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

  function catchUp(): Promise<void> {
    reading = reading.then(async () => {
      const added = await onStore((open) => open.readAfter(lastSeq, MOST_EVENTS));
      for (const event of added) history.apply(event);
      eventCount += added.length;
      lastSeq = added.at(-1)?.seq ?? lastSeq;
    });
    return reading;
  }

  function forget(): void {
    history = createHistory(catalog);
    eventCount = 0;
  }

  channel?.addEventListener("message", ({ data }: MessageEvent<LogChange>) => {
    if (data === "erased") forget();
    if (data === "events") catchUp().then(() => onChange(data));
    else onChange(data);
  });

  await catchUp();
  eventCount = await onStore((open) => open.count());

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
    async append(events) {
      await onStore((open) => open.append(events));
      await catchUp();
      channel?.postMessage("events" satisfies LogChange);
    },
    newest: (limit) => onStore((open) => open.readAfter(0, limit)),
    readValue: (key) => onStore((open) => open.readValue(key)),
    writeValue: (key, value) => onStore((open) => open.writeValue(key, value)),
    announceNetwork: () => channel?.postMessage("network" satisfies LogChange),
    eraseValues: () => onStore((open) => open.eraseValues()),
    async erase() {
      await reading;
      await onStore((open) => open.erase());
      forget();
      channel?.postMessage("erased" satisfies LogChange);
    },
    close() {
      channel?.close();
      store?.close();
    },
  };
}

/** Tabs of one browser hear each other over this; absent in old browsers, where tabs go their own way. */
function openChannel(name: string): BroadcastChannel | undefined {
  return typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel(name);
}
