import type { IDBPDatabase } from "idb";
import { createCipher } from "./cipher.ts";
import type { VitrineDatabase, WriteTransaction } from "./database.ts";
import { LEARNED_VALUES } from "./eventStore.ts";
import { type KeyState, parseKeyState } from "./keyState.ts";
import { createRecordCodec, type RecordCodec } from "./recordCodec.ts";

/** What a write does in its transaction, where nothing but the transaction's requests may be awaited. */
export type WriteJob<Result> = (transaction: WriteTransaction) => Promise<Result>;

/** Writes that hold only for the log they were prepared for. */
export interface GuardedWrite {
  readonly key: CryptoKey | undefined;
  /** Seals with the key in use. */
  readonly codec: RecordCodec;
  /** Takes over what other tabs did to the key. Resolves with whether they did. */
  refresh(): Promise<boolean>;
  /**
   * One transaction over all stores. `prepare` seals, which a transaction must not wait for, and
   * resolves with the job to do. It runs again when something was taken out of the log meanwhile, or
   * when the job throws a `StaleError`.
   */
  write<Result>(prepare: () => Promise<WriteJob<Result>>): Promise<Result>;
  /**
   * Part of a job that takes something out of the log: what was learned goes as well.
   * @param key sealed with from then on; default: the one in use.
   */
  forgetLearned(transaction: WriteTransaction, key?: CryptoKey): Promise<void>;
}

/** A write was prepared for a log, or a key, that has changed since. */
export class StaleError extends Error {}

interface GuardOptions {
  state: KeyState;
  /** Another tab took something out of the log, as a read or a write found out. */
  onForgotten?: (() => void) | undefined;
}

export function createGuardedWrite(
  database: IDBPDatabase<VitrineDatabase>,
  { state: known, onForgotten }: GuardOptions,
): GuardedWrite {
  let codec = codecOf(known);

  function use(state: KeyState): void {
    known = state;
    codec = codecOf(state);
  }

  async function refresh(): Promise<boolean> {
    const state = parseKeyState(await database.get("state", "key"));
    if (state.generation === known.generation) return false;
    use(state);
    onForgotten?.();
    return true;
  }

  return {
    get key() {
      return known.key;
    },
    get codec() {
      return codec;
    },
    refresh,
    async write(prepare) {
      for (;;) {
        const { generation } = known;
        const job = await prepare();
        try {
          return await writeOnce(database, generation, job);
        } catch (error) {
          if (!(error instanceof StaleError)) throw error;
          await refresh();
        }
      }
    },
    async forgetLearned(transaction, key = known.key) {
      const state = { generation: known.generation + 1, ...(key ? { key } : {}) };
      const values = transaction.objectStore("values");
      for (const name of LEARNED_VALUES) values.delete(name);
      await transaction.objectStore("state").put(state, "key");
      transaction.done.then(
        () => use(state),
        () => undefined,
      );
    },
  };
}

function codecOf({ key }: KeyState): RecordCodec {
  return createRecordCodec(key && createCipher(key));
}

/** @throws {StaleError} when the log is of another generation; nothing is written then. */
async function writeOnce<Result>(
  database: IDBPDatabase<VitrineDatabase>,
  generation: number,
  job: WriteJob<Result>,
): Promise<Result> {
  const transaction = database.transaction(["events", "values", "state"], "readwrite");
  const done = transaction.done.then(() => undefined);
  done.catch(() => undefined); // Awaited below, unless a request failed first.
  try {
    const state = parseKeyState(await transaction.objectStore("state").get("key"));
    if (state.generation !== generation) throw new StaleError();
    const result = await job(transaction);
    await done;
    return result;
  } catch (error) {
    abort(transaction);
    throw error;
  }
}

/** Takes back what a transaction did so far; one that has ended needs no taking back. */
function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch (error) {
    if ((error as DOMException).name !== "InvalidStateError") throw error;
  }
}
