import type { IDBPDatabase } from "idb";
import { FieldError, integer, object } from "../kit/fields.ts";
import { failed, type Message } from "../kit/message.ts";
import { createKey } from "./cipher.ts";
import { read, type VitrineDatabase, write } from "./database.ts";

/** The encryption key for records, and the log it belongs to. */
export interface KeyState {
  /**
   * Incremented whenever something is removed from the log, so that no tab writes stale data. It starts
   * at random: after an erase no tab may take the new log for the old one.
   */
  generation: number;
  /** Replaced after each erase; absent if the browser cannot encrypt. */
  key?: CryptoKey;
}

const GENERATIONS = { min: 0, max: Number.MAX_SAFE_INTEGER };

/** @throws {FieldError} naming the wrong field. */
export function parseKeyState(value: unknown): KeyState {
  const { generation, key } = object(value, "key");
  return {
    generation: integer(generation, "key.generation", GENERATIONS),
    ...(key === undefined ? {} : { key: parseKey(key) }),
  };
}

function parseKey(value: unknown): CryptoKey {
  if (typeof CryptoKey === "undefined" || !(value instanceof CryptoKey)) {
    throw new FieldError("key.key", value, "a CryptoKey");
  }
  return value;
}

/**
 * The stored key, or a new one; two tabs that start together get the same. An unreadable key is replaced,
 * with a warning.
 */
export async function openKey(
  database: IDBPDatabase<VitrineDatabase>,
  onWarning?: (warning: Message) => void,
): Promise<KeyState> {
  const known = readKey(await read(database, "state", (store) => store.get("key")), onWarning);
  if (known?.key !== undefined) return known;
  const key = await createKey();
  // Some private windows can create a key, but not store it.
  return putKey(database, key).catch(() => putKey(database, undefined));
}

function readKey(stored: unknown, onWarning?: (warning: Message) => void): KeyState | undefined {
  if (stored === undefined) return undefined;
  try {
    return parseKeyState(stored);
  } catch (error) {
    onWarning?.(failed("value-unreadable", "The stored key could not be read", error));
    return undefined;
  }
}

function putKey(
  database: IDBPDatabase<VitrineDatabase>,
  key: CryptoKey | undefined,
): Promise<KeyState> {
  return write(database, async (transaction) => {
    const store = transaction.objectStore("state");
    const known = readKey(await store.get("key"));
    if (known?.key !== undefined) return known;
    const generation = known?.generation ?? Math.floor(Math.random() * 2 ** 32);
    const state: KeyState = { generation, ...(key ? { key } : {}) };
    await store.put(state, "key");
    return state;
  });
}
