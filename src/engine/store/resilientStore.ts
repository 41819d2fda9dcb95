import { failed, type Message, VitrineError } from "../kit/message.ts";
import type { EventStore, ValueName } from "./eventStore.ts";
import { openEventStore } from "./indexedDbStore.ts";
import { createMemoryStore } from "./memoryStore.ts";

/** The current store: opened when it is needed, and replaced when it fails. */
export interface ResilientStore {
  /** Undefined while none is open. */
  readonly current: EventStore | undefined;
  /** Runs an operation on the store; after a failure it retries on a fresh one, and finally in memory. */
  run<Result>(operation: Operation<Result>): Promise<Result>;
  /**
   * Like `run`, but fails if the store does: a caller that resolves a deletion or an import must be able
   * to rely on it.
   */
  runOrFail<Result>(operation: Operation<Result>): Promise<Result>;
  /** A stored value, parsed; undefined if there is none, or, with a warning, if `parse` refuses it. */
  parsed<Value>(key: ValueName, value: unknown, parse: Parse<Value>): Promise<Value | undefined>;
  /**
   * Switches to this store, or to none until the allowed one is needed. The previous one is closed unless
   * it should be kept.
   */
  switchTo(next: EventStore | undefined, kept?: EventStore): void;
}

/**
 * Reads an untrusted value as the readers of `fields.ts` do, possibly loading one first. @throws
 * {FieldError}
 */
export type Parse<Value> = (value: unknown, field: string) => Value | Promise<Value>;

type Operation<Result> = (store: EventStore) => Promise<Result>;

interface StoreSources {
  databaseName: string;
  /** Whether anything may be stored; otherwise memory is used. */
  mayStore(): boolean;
  /** The number of the next event, for a store in memory that takes over. */
  nextSeq(): number;
  /** Called when the browser or another tab has deleted the stored data. */
  onForgotten(): void;
  onWarning(warning: Message): void;
}

interface StoreInUse {
  current: EventStore | undefined;
  /** Whether this visit stored anything, or may have. */
  wasStored: boolean;
}

export function createResilientStore(sources: StoreSources): ResilientStore {
  const inUse: StoreInUse = { current: undefined, wasStored: false };
  const unreadable = new Set<string>();

  function warnOnce(key: string, error: unknown): void {
    if (unreadable.has(key)) return;
    unreadable.add(key);
    const what = `What was stored as "${key}" could not be read and starts anew`;
    sources.onWarning(failed("value-unreadable", what, error));
  }

  return {
    get current() {
      return inUse.current;
    },
    run: (operation) => run(sources, inUse, operation),
    runOrFail: (operation) => runOrFail(sources, inUse, operation),
    async parsed(key, value, parse) {
      if (value === undefined) return undefined;
      try {
        return await parse(value, key);
      } catch (error) {
        warnOnce(key, error);
        return undefined;
      }
    },
    switchTo(next, kept) {
      const { current } = inUse;
      if (current !== next && current !== kept) current?.close();
      inUse.current = next;
    },
  };
}

async function run<Result>(
  sources: StoreSources,
  inUse: StoreInUse,
  operation: Operation<Result>,
): Promise<Result> {
  try {
    inUse.current ??= await open(sources, inUse);
    return await operation(inUse.current);
  } catch {
    inUse.current?.close();
    inUse.current = await open(sources, inUse);
    return operation(inUse.current).catch((error: Error) => {
      inUse.current = fallBack(sources, error);
      return operation(inUse.current);
    });
  }
}

async function runOrFail<Result>(
  sources: StoreSources,
  inUse: StoreInUse,
  operation: Operation<Result>,
): Promise<Result> {
  const isMemoryEnough = !sources.mayStore() || !inUse.wasStored;
  try {
    inUse.current ??= await open(sources, inUse);
    if (!isMemoryEnough && inUse.current.kind === "memory")
      throw new VitrineError("store-out-of-order", "the browser's storage failed", {});
    return await operation(inUse.current);
  } catch {
    const fresh = await (isMemoryEnough
      ? open(sources, inUse)
      : openEventStore(sources.databaseName));
    if (inUse.current !== fresh) inUse.current?.close();
    inUse.current = fresh;
    return operation(inUse.current);
  }
}

async function open(sources: StoreSources, inUse: StoreInUse): Promise<EventStore> {
  const { databaseName, mayStore, nextSeq, onForgotten, onWarning } = sources;
  if (!mayStore()) return createMemoryStore(nextSeq());
  try {
    const opened: EventStore = await openEventStore(databaseName, {
      onClosed() {
        if (inUse.current === opened) inUse.current = undefined;
      },
      onForgotten,
      onWarning,
    });
    inUse.wasStored = true;
    return opened;
  } catch (error) {
    return fallBack(sources, error as Error);
  }
}

function fallBack({ nextSeq, onWarning }: StoreSources, error: Error): EventStore {
  onWarning(failed("memory-only", "Events are kept in memory only", error));
  return createMemoryStore(nextSeq());
}
