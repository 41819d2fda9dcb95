import { openEventStore } from "../../src/engine/indexedDbStore.ts";

/** What storing costs, milliseconds an event. */
export interface StorageRow {
  encrypted: boolean;
  /** Events stored one a transaction, as a shopper makes them. */
  single: number;
  /** Events stored all at once. */
  batch: number;
  /** Reading all of them, as at the start of a visit. */
  read: number;
}

const SINGLES = 500;

/** Stores and reads `events` events in this browser's IndexedDB, encrypted and not. */
export async function benchStorage(events: number): Promise<StorageRow[]> {
  const encrypted = await timeStore("bench-encrypted", events);
  // What a page sees whose connection is not secure.
  Object.defineProperty(crypto, "subtle", { value: undefined });
  const plain = await timeStore("bench-plain", events);
  return [encrypted, plain];
}

async function timeStore(name: string, events: number): Promise<StorageRow> {
  const store = await openEventStore(name);
  const views = Array.from({ length: events }, (_, index) => ({
    type: "view" as const,
    at: Date.now() - index,
    productId: `product-number-${index % 997}`,
  }));
  await store.append(views.slice(0, 100)); // Warm.
  const single = await timed(async () => {
    for (const view of views.slice(0, SINGLES)) await store.append([view]);
  });
  await store.erase();
  const batch = await timed(() => store.append(views));
  const read = await timed(() => store.readAfter(0, events));
  const { isEncrypted } = store;
  await store.erase();
  store.close();
  return {
    encrypted: isEncrypted,
    single: single / SINGLES,
    batch: batch / events,
    read: read / events,
  };
}

async function timed(job: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await job();
  return performance.now() - startedAt;
}
