import { createRecommender } from "../../src/engine/createRecommender.ts";
import { parseCatalog } from "../../src/engine/shop/parseCatalog.ts";
import { openEventStore } from "../../src/engine/store/indexedDbStore.ts";

/** The cost of storing, in milliseconds per event, and of starting a visit with many stored events. */
export interface StorageRow {
  encrypted: boolean;
  /** Storing events one per transaction, as a shopper produces them. */
  single: number;
  /** Storing events all at once. */
  batch: number;
  /** Reading all of them, as at the start of a visit. */
  read: number;
  /** Milliseconds from opening a recommender over `usual` events to its first shelf. */
  usualStart: number;
  /** The same over `stored` events. */
  start: number;
}

export interface StorageSizes {
  /** Events to store and read. */
  events: number;
  /** The stored events of a busy shopper, and a number that no shopper reaches. */
  usual: number;
  stored: number;
}

const SINGLES = 500;
const PRODUCTS = 997;

/** Stores and reads events in this browser's IndexedDB, encrypted and unencrypted, and starts visits. */
export async function benchStorage(sizes: StorageSizes): Promise<StorageRow[]> {
  const encrypted = await timeStore("bench-encrypted", sizes);
  // The environment of a page without HTTPS.
  Object.defineProperty(crypto, "subtle", { value: undefined });
  const plain = await timeStore("bench-plain", sizes);
  return [encrypted, plain];
}

async function timeStore(
  name: string,
  { events, usual, stored }: StorageSizes,
): Promise<StorageRow> {
  const store = await openEventStore(name);
  const views = viewsOf(events);
  await store.append(views.slice(0, 100)); // Warm.
  const single = await timed(async () => {
    for (const view of views.slice(0, SINGLES)) await store.append([view]);
  });
  await store.erase();
  const batch = await timed(() => store.append(views));
  const read = await timed(() => store.readAfter(0, events));
  const { isEncrypted } = store;
  await store.erase();
  await store.append(viewsOf(usual));
  const usualStart = await timed(() => startVisit(name));
  await store.erase();
  await store.append(viewsOf(stored));
  store.close();
  const start = await timed(() => startVisit(name));
  return {
    encrypted: isEncrypted,
    single: single / SINGLES,
    batch: batch / events,
    read: read / events,
    usualStart,
    start,
  };
}

function viewsOf(count: number) {
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => ({
    type: "view" as const,
    at: now - count + index,
    productId: `product-number-${index % PRODUCTS}`,
  }));
}

/** From the store to cards, as on a page; training would only start when the shopper pauses. */
async function startVisit(databaseName: string): Promise<void> {
  const rows = Array.from({ length: PRODUCTS }, (_, index) => ({
    id: `product-number-${index}`,
    title: `Product ${index}`,
    categoryPath: [`Department ${index % 12}`],
    priceMinor: 100 + index,
    currency: "EUR",
  }));
  const { catalog } = parseCatalog(rows);
  const recommender = await createRecommender({ catalog, databaseName });
  const { cards } = await recommender.recommend({ strategy: "for-you", limit: 12 });
  if (cards.length !== 12)
    throw new Error(`the first shelf has ${cards.length} cards, expected 12`);
  await recommender.close();
}

async function timed(job: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await job();
  return performance.now() - startedAt;
}
