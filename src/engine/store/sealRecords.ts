import { yieldToEventLoop } from "../kit/scheduler.ts";
import type { RecordSealer } from "./database.ts";

const BATCH = 500;

/**
 * Seals what was stored before there was encryption, a batch a transaction: a tab that is closed in
 * the middle leaves some sealed and some not, all of them readable, and the next visit goes on.
 */
export async function sealRecords(sealer: RecordSealer): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    after = await sealBatch(sealer, after);
    await yieldToEventLoop();
  }
  await sealValues(sealer);
}

/** Resolves with the last number looked at; undefined when there are no more. */
function sealBatch(sealer: RecordSealer, after: number): Promise<number | undefined> {
  const { database, write, eventOf, recordOf } = sealer;
  return write(async () => {
    const range = IDBKeyRange.lowerBound(after, true);
    const records = await database.getAll("events", range, BATCH);
    const sealed = await Promise.all(
      records.filter(isPlain).map(async (record) => {
        const { seq, ...event } = await eventOf(record);
        return recordOf(event, seq);
      }),
    );
    return async (transaction) => {
      await Promise.all(sealed.map((record) => transaction.objectStore("events").put(record)));
      return records.at(-1)?.seq;
    };
  });
}

function sealValues({ database, write, valueRecordOf }: RecordSealer): Promise<void> {
  return write(async () => {
    const plain = new Map<string, object>();
    for (const key of await database.getAllKeys("values")) {
      const value = await database.get("values", key);
      if (isPlain(value)) plain.set(key, await valueRecordOf(plainValue(value)));
    }
    return async (transaction) => {
      const values = transaction.objectStore("values");
      for (const [key, sealed] of plain) {
        if (isPlain(await values.get(key))) await values.put(sealed, key); // Not written since.
      }
      await transaction.objectStore("state").delete("plain");
    };
  });
}

function isPlain(record: unknown): boolean {
  return (record as { sealed?: unknown } | undefined)?.sealed === undefined;
}

function plainValue(record: unknown): unknown {
  return (record as { plain?: unknown }).plain ?? record;
}
