import { failed, isFull, type Message, type VitrineError, worded } from "../kit/message.ts";
import { type EventStore, type ValueName, withoutSeq } from "./eventStore.ts";
import { openEventStore, withStored } from "./indexedDbStore.ts";
import { createMemoryStore } from "./memoryStore.ts";

/** The current store: opened when it is needed, and replaced when it fails. */
export interface ResilientStore {
  /** Undefined while none is open. */
  readonly current: EventStore | undefined;
  /** Runs an operation on the store; after a failure it retries on a fresh one, and finally in memory. */
  run<Result>(operation: Operation<Result>): Promise<Result>;
  /**
   * Like `run`, but fails, with words, if the store does: a caller that resolves a decision or an import
   * must be able to rely on it. Where memory stands in for a stored log, it changes both.
   */
  runOrFail<Result>(operation: Operation<Result>): Promise<Result>;
  /** A stored value, parsed; undefined if there is none, or, with a warning, if `parse` refuses it. */
  parsed<Value>(key: ValueName, value: unknown, parse: Parse<Value>): Promise<Value | undefined>;
  /**
   * Switches to this store, or to none until the allowed one is needed. The previous one is closed unless
   * it should be kept.
   */
  switchTo(next: EventStore | undefined, kept?: EventStore): void;
  /** Gives up the memory that stands in for a failed store, if one does, with the events that it holds. */
  dropStandIn(): void;
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
  /** Called when the store was lost and is in use again, with other events than before. */
  onReopened(): void;
  /** Milliseconds. */
  clock(): number;
  onWarning(warning: Message): void;
}

interface StoreInUse {
  current: EventStore | undefined;
  /** The memory that replaced a failed store, with a copy of what that held. */
  standIn: EventStore | undefined;
  /** The number of the last event that is stored. */
  lastStored: number;
  /** When the store was last found to fail. */
  failedAt: number;
  /** The store that was opened last for the current log. */
  opened: EventStore | undefined;
}

export function createResilientStore(sources: StoreSources): ResilientStore {
  const inUse: StoreInUse = {
    current: undefined,
    standIn: undefined,
    lastStored: 0,
    failedAt: 0,
    opened: undefined,
  };
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
    runOrFail: (operation) =>
      runOrFail(sources, inUse, operation).catch((error) => {
        throw worded(error);
      }),
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
      inUse.opened = next?.kind === "indexeddb" ? next : undefined;
    },
    dropStandIn() {
      if (inUse.current === inUse.standIn) inUse.current = undefined;
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
    if (inUse.current === inUse.standIn) await comeBack(sources, inUse, inUse.standIn);
    return await operation(inUse.current);
  } catch (error) {
    if (isSlow(error)) return onStandIn(error);
    inUse.current?.close();
    inUse.current = await open(sources, inUse);
    return operation(inUse.current).catch(onStandIn);
  }

  async function onStandIn(error: unknown): Promise<Result> {
    inUse.current = await standInFor(sources, inUse, error);
    return operation(inUse.current);
  }
}

/** A store that did not answer once is not asked again. */
function isSlow(error: unknown): boolean {
  return (error as VitrineError).code === "indexeddb-slow";
}

async function runOrFail<Result>(
  sources: StoreSources,
  inUse: StoreInUse,
  operation: Operation<Result>,
): Promise<Result> {
  inUse.current ??= await open(sources, inUse);
  const { current } = inUse;
  if (current === inUse.standIn) return runOnBoth(sources, current, operation);
  try {
    return await operation(current);
  } catch (error) {
    if (current.kind === "memory" || isFull(error) || isSlow(error)) throw error;
    current.close();
    inUse.current = await openStored(sources, inUse);
    return operation(inUse.current);
  }
}

/** Changes the stored log first, and then the memory that stands in for it. */
async function runOnBoth<Result>(
  { databaseName }: StoreSources,
  standIn: EventStore,
  operation: Operation<Result>,
): Promise<Result> {
  const result = await withStored(databaseName, operation);
  return (await operation(standIn)) || (result as Result);
}

async function open(sources: StoreSources, inUse: StoreInUse): Promise<EventStore> {
  if (!sources.mayStore()) return createMemoryStore(sources.nextSeq());
  try {
    return await openStored(sources, inUse);
  } catch (error) {
    return standInFor(sources, inUse, error);
  }
}

async function openStored(sources: StoreSources, inUse: StoreInUse): Promise<EventStore> {
  const { databaseName, onForgotten, onReopened, onWarning } = sources;
  const opened: EventStore = await openEventStore(databaseName, {
    onClosed() {
      if (inUse.current === opened) inUse.current = undefined;
    },
    onForgotten,
    onWarning,
  });
  if (inUse.opened && inUse.opened.generation !== opened.generation) onReopened();
  inUse.opened = opened;
  return opened;
}

/** How long a failed store is left alone before it is tried again. */
const RETRY_MS = 30_000;

/** Stores what the stand-in holds and goes on with the store, if that works again. */
async function comeBack(sources: StoreSources, inUse: StoreInUse, standIn: EventStore) {
  const { clock, onReopened, onWarning } = sources;
  if (Math.abs(clock() - inUse.failedAt) < RETRY_MS) return;
  inUse.failedAt = clock();
  let stored: EventStore | undefined;
  try {
    inUse.opened = undefined;
    stored = await openStored(sources, inUse);
    const held = await standIn.readAfter(inUse.lastStored, Number.POSITIVE_INFINITY);
    await stored.append(held.map(withoutSeq));
  } catch {
    stored?.close(); // It failed before, which was reported; the stand-in goes on.
    return;
  }
  inUse.current = stored;
  onWarning({ code: "stored-again", params: {}, message: "Events are stored again" });
  onReopened();
}

async function standInFor(
  { nextSeq, clock, onWarning }: StoreSources,
  inUse: StoreInUse,
  error: unknown,
): Promise<EventStore> {
  onWarning(failed("memory-only", "Events are kept in memory only", error));
  // What can still be read goes on to count, also when the history is folded again.
  const content = isSlow(error) ? undefined : await inUse.current?.content().catch(() => undefined);
  inUse.current?.close();
  inUse.failedAt = clock();
  inUse.lastStored = content?.events.at(-1)?.seq ?? nextSeq() - 1;
  inUse.standIn = createMemoryStore(nextSeq(), content);
  return inUse.standIn;
}
