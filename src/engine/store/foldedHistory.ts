import { createHistory } from "../events/foldHistory.ts";
import type { ShopperHistory } from "../events/history.ts";
import { createOrderDeduplicator } from "../events/orderDeduplicator.ts";
import {
  countedPart,
  type Muted,
  NOTHING_MUTED,
  parseMuted,
  productsIn,
} from "../events/selection.ts";
import type { ShopEvent, StoredEvent } from "../events/shopEvent.ts";
import { eachSlice } from "../kit/scheduler.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ResilientStore } from "./resilientStore.ts";

/** The stored events folded into a history, without what is muted. */
export interface FoldedHistory {
  readonly history: ShopperHistory;
  /** Events stored. */
  readonly eventCount: number;
  /** Number of the last event that was folded; 0 before the first. */
  readonly lastSeq: number;
  readonly muted: Muted;
  /** Folds the events that were stored since. */
  catchUp(): Promise<void>;
  /** Folds all events again, into a new history. */
  rebuild(): Promise<void>;
  /** The parts of events that count. */
  counted(events: readonly StoredEvent[]): StoredEvent[];
  /** The events without orders that are stored already. */
  fresh(events: readonly ShopEvent[]): Promise<ShopEvent[]>;
}

/**
 * Events folded into memory at start, the newest; older ones stay stored but no longer influence shelves. A
 * visit waits no longer than decrypting this many takes, however many are stored: `npm run bench -- storage`
 * measures it, beside a shopper's thousand. So there is no snapshot of the history to keep true to the log.
 */
export const MAX_EVENTS = 20_000;

export function createFoldedHistory(
  catalog: Catalog,
  store: Pick<ResilientStore, "run" | "readValue">,
): FoldedHistory {
  let history = createHistory(catalog);
  let orders = createOrderDeduplicator();
  let lastSeq = 0;
  let eventCount = 0;
  let muted = NOTHING_MUTED;
  let isMuted = productsIn(catalog, muted);

  async function catchUp(into = history): Promise<void> {
    const added = await store.run((open) => open.readAfter(lastSeq, MAX_EVENTS));
    // In slices: a page that has no worker must not freeze for a long past.
    await eachSlice(added, (event) => fold(event, into));
  }

  function fold(event: StoredEvent, into: ShopperHistory): void {
    orders.add(event);
    const part = countedPart(event, isMuted);
    if (part !== undefined) into.apply(part);
    eventCount++;
    lastSeq = event.seq;
  }

  async function rebuild(): Promise<void> {
    orders = createOrderDeduplicator();
    eventCount = 0;
    lastSeq = 0;
    muted = (await store.readValue("muted", parseMuted)) ?? NOTHING_MUTED;
    isMuted = productsIn(catalog, muted);
    const rebuilt = createHistory(catalog);
    await catchUp(rebuilt);
    history = rebuilt; // Shelves never see half a past.
    eventCount = await store.run((open) => open.count());
  }

  return {
    get history() {
      return history;
    },
    get eventCount() {
      return eventCount;
    },
    get lastSeq() {
      return lastSeq;
    },
    get muted() {
      return muted;
    },
    catchUp: () => catchUp(),
    rebuild,
    counted: (events) => events.flatMap((event) => countedPart(event, isMuted) ?? []),
    async fresh(events) {
      // Another tab may have stored the order meanwhile.
      if (events.some(({ type }) => type === "purchase")) await catchUp();
      return events.filter(orders.isNew);
    },
  };
}
