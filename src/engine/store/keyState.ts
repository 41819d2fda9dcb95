import type { IDBPDatabase } from "idb";
import { FieldError, integer, object } from "../kit/fields.ts";
import { failed, type Message } from "../kit/message.ts";
import { createKey } from "./cipher.ts";
import type { VitrineDatabase } from "./database.ts";

/** The encryption key for records, and the log it belongs to. */
export interface KeyState {
  /** Incremented whenever something is removed from the log, so that no tab writes stale data. */
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
  const known = readKey(await database.get("state", "key"), onWarning);
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

async function putKey(
  database: IDBPDatabase<VitrineDatabase>,
  key: CryptoKey | undefined,
): Promise<KeyState> {
  const transaction = database.transaction("state", "readwrite");
  transaction.done.catch(() => undefined); // The requests below fail with the same error.
  const known = readKey(await transaction.store.get("key"));
  if (known?.key !== undefined) return known;
  const state: KeyState = { generation: known?.generation ?? 0, ...(key ? { key } : {}) };
  await transaction.store.put(state, "key");
  await transaction.done;
  return state;
}
