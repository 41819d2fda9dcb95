import type { IDBPDatabase } from "idb";
import { yieldToEventLoop } from "../kit/scheduler.ts";
import { read, type VitrineDatabase } from "./database.ts";
import { withoutSeq } from "./eventStore.ts";
import type { GuardedWrite } from "./guardedWrite.ts";
import { isSealed } from "./recordCodec.ts";

const BATCH = 500;

/**
 * Encrypts records from before there was encryption, one batch per transaction. If the tab closes midway,
 * some records are encrypted and some are not; all are readable, and the next visit continues.
 */
export async function sealRecords(
  database: IDBPDatabase<VitrineDatabase>,
  guard: GuardedWrite,
): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    after = await sealBatch(database, guard, after);
    await yieldToEventLoop();
  }
  await sealValues(database, guard);
}

/** Resolves with the last number processed; undefined if there are no more. */
function sealBatch(
  database: IDBPDatabase<VitrineDatabase>,
  guard: GuardedWrite,
  after: number,
): Promise<number | undefined> {
  return guard.write(async () => {
    const { codec } = guard;
    const range = IDBKeyRange.lowerBound(after, true);
    const records = await read(database, "events", (store) => store.getAll(range, BATCH));
    const plain = records.filter((record) => !isSealed(record));
    const sealed = await Promise.all(
      plain.map(async (record) =>
        codec.recordOf(withoutSeq(await codec.eventOf(record)), record.seq),
      ),
    );
    return async (transaction) => {
      await Promise.all(
        sealed.map(async (record) => transaction.objectStore("events").put(record)),
      );
      return records.at(-1)?.seq;
    };
  });
}

function sealValues(database: IDBPDatabase<VitrineDatabase>, guard: GuardedWrite): Promise<void> {
  return guard.write(async () => {
    const { codec } = guard;
    const sealed = new Map<string, object>();
    for (const key of await read(database, "values", (store) => store.getAllKeys())) {
      const record = await read(database, "values", (store) => store.get(key));
      if (isSealed(record)) continue;
      sealed.set(key, await codec.valueRecordOf(await codec.valueOf(record)));
    }
    return async (transaction) => {
      const values = transaction.objectStore("values");
      for (const [key, record] of sealed) {
        if (!isSealed(await values.get(key))) await values.put(record, key); // Not written since.
      }
      await transaction.objectStore("state").delete("plain");
    };
  });
}
