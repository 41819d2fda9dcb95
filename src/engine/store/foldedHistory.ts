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
import { runSliced, type Steps } from "../kit/scheduler.ts";
import type { Catalog } from "../shop/catalog.ts";
import type { ResilientStore } from "./resilientStore.ts";

/** What is stored, folded into a history: all but what is muted. */
export interface FoldedHistory {
  readonly history: ShopperHistory;
  /** Events stored. */
  readonly eventCount: number;
  /** Number of the last event that was folded; 0 before the first. */
  readonly lastSeq: number;
  readonly muted: Muted;
  /** Folds what was stored since. */
  catchUp(): Promise<void>;
  /** Folds everything anew. */
  rebuild(): Promise<void>;
  /** The parts of events that count. */
  counted(events: readonly StoredEvent[]): StoredEvent[];
  /** The events without orders that are stored already. */
  fresh(events: readonly ShopEvent[]): Promise<ShopEvent[]>;
}

/**
 * Events folded into memory at start, the newest; older ones stay stored but no longer steer shelves. So a
 * visit is held back by what decrypting this many takes, however many are stored: `npm run bench -- storage`
 * tells, beside a shopper's thousand. That is why there is no snapshot of the history to keep true to the log.
 */
export const MAX_EVENTS = 20_000;

export function createFoldedHistory(
  catalog: Catalog,
  store: Pick<ResilientStore, "run">,
): FoldedHistory {
  let history = createHistory(catalog);
  let orders = createOrderDeduplicator();
  let lastSeq = 0;
  let eventCount = 0;
  let muted = NOTHING_MUTED;
  let isMuted = productsIn(catalog, muted);

  function counted(events: readonly StoredEvent[]): StoredEvent[] {
    return events.flatMap((event) => countedPart(event, isMuted) ?? []);
  }

  async function catchUp(into = history): Promise<void> {
    const added = await store.run((open) => open.readAfter(lastSeq, MAX_EVENTS));
    await runSliced(folding(added, into));
  }

  /** An event a step: the page that has no worker must not stand still for a long past. */
  function* folding(events: readonly StoredEvent[], into: ShopperHistory): Steps<void> {
    for (const event of events) {
      yield;
      orders.add(event);
      const part = countedPart(event, isMuted);
      if (part !== undefined) into.apply(part);
      eventCount++;
      lastSeq = event.seq;
    }
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
    async rebuild() {
      orders = createOrderDeduplicator();
      eventCount = 0;
      lastSeq = 0;
      const stored = await store.run((open) => open.readValue("muted"));
      muted = stored === undefined ? NOTHING_MUTED : parseMuted(stored);
      isMuted = productsIn(catalog, muted);
      const anew = createHistory(catalog);
      await catchUp(anew);
      history = anew; // Shelves never see half a past.
      eventCount = await store.run((open) => open.count());
    },
    counted,
    async fresh(events) {
      // Another tab may have told of the order by now.
      if (events.some(({ type }) => type === "purchase")) await catchUp();
      return events.filter(orders.isNew);
    },
  };
}
