import { failed, type Message, VitrineError } from "../kit/message.ts";
import type { EventStore } from "./eventStore.ts";
import { openEventStore } from "./indexedDbStore.ts";
import { createMemoryStore } from "./memoryStore.ts";

/** The store that events go to by now: opened when it is needed, and replaced when it fails. */
export interface ResilientStore {
  /** Undefined while none is open. */
  readonly current: EventStore | undefined;
  /** Runs an operation on the store; on a failure once more on a fresh one, at last in memory. */
  run<Result>(operation: Operation<Result>): Promise<Result>;
  /**
   * As `run`, but fails where the store does: who was told that something is deleted or imported must
   * be able to rely on it.
   */
  runOrFail<Result>(operation: Operation<Result>): Promise<Result>;
  /**
   * Goes on with this store, or with none until the one that is allowed is needed. The one before is
   * closed, unless it is to be kept.
   */
  switchTo(next: EventStore | undefined, kept?: EventStore): void;
}

type Operation<Result> = (store: EventStore) => Promise<Result>;

interface StoreSources {
  databaseName: string;
  /** Whether anything may be stored; else memory is all there is. */
  mayStore(): boolean;
  /** Number of the next event, for a store in memory that takes over. */
  nextSeq(): number;
  /** The browser, or another tab, dropped what was stored. */
  onForgotten(): void;
  onWarning(warning: Message): void;
}

export function createResilientStore(sources: StoreSources): ResilientStore {
  const { databaseName, mayStore, nextSeq, onForgotten, onWarning } = sources;
  let current: EventStore | undefined;
  /** Whether anything was, or may have been, stored by this visit. */
  let wasStored = false;

  async function open(): Promise<EventStore> {
    if (!mayStore()) return createMemoryStore(nextSeq());
    try {
      const opened: EventStore = await openEventStore(databaseName, {
        onClosed() {
          if (current === opened) current = undefined;
        },
        onForgotten,
        onWarning,
      });
      wasStored = true;
      return opened;
    } catch (error) {
      return fallBack(error as Error);
    }
  }

  function fallBack(error: Error): EventStore {
    onWarning(failed("memory-only", "Events are kept in memory only", error));
    return createMemoryStore(nextSeq());
  }

  return {
    get current() {
      return current;
    },
    async run(operation) {
      try {
        current ??= await open();
        return await operation(current);
      } catch {
        current?.close();
        current = await open();
        return operation(current).catch((error: Error) => {
          current = fallBack(error);
          return operation(current);
        });
      }
    },
    async runOrFail(operation) {
      const isMemoryEnough = !mayStore() || !wasStored;
      try {
        current ??= await open();
        if (!isMemoryEnough && current.kind === "memory")
          throw new VitrineError("store-out-of-order", "the browser's storage failed", {});
        return await operation(current);
      } catch {
        const fresh = await (isMemoryEnough ? open() : openEventStore(databaseName));
        if (current !== fresh) current?.close();
        current = fresh;
        return operation(current);
      }
    },
    switchTo(next, kept) {
      if (current !== next && current !== kept) current?.close();
      current = next;
    },
  };
}
