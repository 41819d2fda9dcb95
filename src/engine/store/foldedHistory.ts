import { createHistory } from "../events/foldHistory.ts";
import type { ShopperHistory } from "../events/history.ts";
import { createOrderDeduplicator } from "../events/orderDeduplicator.ts";
import {
  countedPart,
  isOfUse,
  type Muted,
  NOTHING_MUTED,
  parseMuted,
  productsIn,
} from "../events/selection.ts";
import type { ShopEvent, StoredEvent } from "../events/shopEvent.ts";
import { eachSlice } from "../kit/scheduler.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ResilientStore } from "./resilientStore.ts";

/** The stored events folded into a history, without muted ones. */
export interface FoldedHistory {
  readonly history: ShopperHistory;
  /** The number of stored events. */
  readonly eventCount: number;
  /** The number of the last folded event; 0 before the first. */
  readonly lastSeq: number;
  readonly muted: Muted;
  /** What is muted in this visit only, in place of what is stored; used from the next rebuild on. */
  mutedHere: Muted | undefined;
  /** Folds the events stored since then. */
  catchUp(): Promise<void>;
  /** Folds all events again, into a new history. */
  rebuild(): Promise<void>;
  /** The parts of events that count. */
  counted(events: readonly StoredEvent[]): StoredEvent[];
  /** The events to store: without those of no use, and without orders that are already stored. */
  fresh(events: readonly ShopEvent[]): Promise<ShopEvent[]>;
}

/**
 * The most events folded at start, the newest ones; older ones stay stored but no longer influence
 * shelves. A visit only waits until this many are decrypted, however many are stored: `npm run bench --
 * storage` measures it, next to a typical thousand. So no snapshot of the history is needed, which would
 * have to be kept consistent with the log.
 */
export const MAX_EVENTS = 20_000;

export function createFoldedHistory(
  catalog: Catalog,
  store: Pick<ResilientStore, "run" | "parsed">,
): FoldedHistory {
  let history = createHistory(catalog);
  let orders = createOrderDeduplicator();
  let lastSeq = 0;
  let eventCount = 0;
  let muted = NOTHING_MUTED;
  let mutedHere: Muted | undefined;
  let isMuted = productsIn(catalog, muted);

  async function catchUp(into = history): Promise<void> {
    const added = await store.run((open) => open.readAfter(lastSeq, MAX_EVENTS));
    // In slices, so that a long history does not freeze a page without a worker.
    await eachSlice(added, (event) => fold(event, into));
    // Version 0.1 stored searches.
    for (const { seq } of added.filter((event) => !isOfUse(event)))
      await store.run((open) => open.edit(() => undefined, { only: seq }));
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
    const stored = await store.run((open) => open.readValue("muted"));
    muted = mutedHere ?? (await store.parsed("muted", stored, parseMuted)) ?? NOTHING_MUTED;
    isMuted = productsIn(catalog, muted);
    const rebuilt = createHistory(catalog);
    await catchUp(rebuilt);
    history = rebuilt; // Shelves never see a partial history.
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
    set mutedHere(chosen: Muted | undefined) {
      mutedHere = chosen;
    },
    catchUp: () => catchUp(),
    rebuild,
    counted: (events) => events.flatMap((event) => countedPart(event, isMuted) ?? []),
    async fresh(events) {
      // Another tab may have stored the order in the meantime.
      if (events.some(({ type }) => type === "purchase")) await catchUp();
      return events.filter((event) => isOfUse(event) && orders.isNew(event));
    },
  };
}
