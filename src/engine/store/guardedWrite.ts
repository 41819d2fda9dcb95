import type { IDBPDatabase } from "idb";
import { createCipher } from "./cipher.ts";
import { read, type VitrineDatabase, type WriteTransaction, write } from "./database.ts";
import { LEARNED_VALUES } from "./eventStore.ts";
import { type KeyState, openKey, parseKeyState } from "./keyState.ts";
import { createRecordCodec, type RecordCodec } from "./recordCodec.ts";

/** A write's work in its transaction; it may await only the transaction's own requests. */
export type WriteJob<Result> = (transaction: WriteTransaction) => Promise<Result>;

/** Writes that are valid only for the log they were prepared for. */
export interface GuardedWrite {
  readonly generation: number;
  /** Seals with the current key. */
  readonly codec: RecordCodec;
  /** Applies other tabs' changes to the key. Resolves with whether there were any. */
  refresh(): Promise<boolean>;
  /**
   * One transaction over all stores. `prepare` seals, which a transaction must not wait for, and resolves
   * with the job to do. It runs again if something was removed from the log in the meantime, or if the
   * job throws a `StaleError`.
   */
  write<Result>(prepare: () => Promise<WriteJob<Result>>): Promise<Result>;
  /**
   * The part of a job that removes something from the log; it also deletes what was learned.
   * @param isFull leaves out what needs space: other tabs then only learn of it by message.
   */
  forgetLearned(transaction: WriteTransaction, isFull?: boolean): Promise<void>;
  /** A new key and generation, after everything was erased with the old one. */
  renew(): Promise<void>;
}

/** A write was prepared for a log or a key that has changed since. */
export class StaleError extends Error {}

interface GuardOptions {
  state: KeyState;
  /** Called when a read or a write finds that another tab removed something from the log. */
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
    const state = parseKeyState(await read(database, "state", (store) => store.get("key")));
    if (state.generation === known.generation) return false;
    use(state);
    onForgotten?.();
    return true;
  }

  return {
    get generation() {
      return known.generation;
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
    async forgetLearned(transaction, isFull = false) {
      const state = { ...known, generation: known.generation + 1 };
      const values = transaction.objectStore("values");
      await Promise.all(LEARNED_VALUES.map(async (name) => values.delete(name)));
      if (isFull) return;
      await transaction.objectStore("state").put(state, "key");
      transaction.done.then(
        () => use(state),
        () => undefined,
      );
    },
    async renew() {
      use(await openKey(database));
    },
  };
}

function codecOf({ key }: KeyState): RecordCodec {
  return createRecordCodec(key && createCipher(key));
}

/** @throws {StaleError} if the log has another generation; nothing is written then. */
function writeOnce<Result>(
  database: IDBPDatabase<VitrineDatabase>,
  generation: number,
  job: WriteJob<Result>,
): Promise<Result> {
  return write(database, async (transaction) => {
    const state = parseKeyState(await transaction.objectStore("state").get("key"));
    if (state.generation !== generation) throw new StaleError();
    return job(transaction);
  });
}
