import type { Page } from "playwright/test";

/** One record as stored in IndexedDB; bytes are decoded as Latin-1. */
export interface RawRecord {
  store: string;
  key: string;
  text: string;
}

/** Every record of a database, read without the engine. */
export function storedRecords(page: Page, databaseName: string): Promise<RawRecord[]> {
  return page.evaluate(async (name) => {
    const settled = <Value>(request: IDBRequest<Value>) =>
      new Promise<Value>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const textOf = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return new TextDecoder("latin1").decode(value);
      if (typeof value !== "object" || value === null) return String(value);
      return Object.entries(value)
        .map(([field, part]) => `${field} ${textOf(part)}`)
        .join(" ");
    };
    const database = await settled(indexedDB.open(name));
    const records: RawRecord[] = [];
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([
        settled(objects.getAllKeys()),
        settled(objects.getAll()),
      ]);
      keys.forEach((key, index) => {
        records.push({ store, key: String(key), text: textOf(values[index]) });
      });
    }
    database.close();
    return records;
  }, databaseName);
}
