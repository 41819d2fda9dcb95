/** The part of `Storage` that the shop uses. */
export type KeyValues = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Where the shop keeps what is one shopper's: cart, orders, settings. A guest's things live in memory
 * and are forgotten at the end of the visit; the shopper's own are set aside untouched meanwhile.
 */
export interface ShopperStorage extends KeyValues {
  setGuest(isGuest: boolean): void;
  /** Calls back when everything kept is suddenly somebody else's. */
  onChange(listener: () => void): void;
}

/** `storage` is undefined where the browser denies it: then all is kept in memory. */
export function createShopperStorage(storage: KeyValues | undefined): ShopperStorage {
  const listeners: (() => void)[] = [];
  const own = storage ?? createMemory();
  let current = own;
  return {
    getItem: (key) => current.getItem(key),
    setItem: (key, value) => current.setItem(key, value),
    removeItem: (key) => current.removeItem(key),
    setGuest(isGuest) {
      if (isGuest === (current !== own)) return;
      current = isGuest ? createMemory() : own;
      for (const listener of listeners) listener();
    },
    onChange: (listener) => listeners.push(listener),
  };
}

function createMemory(): KeyValues {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => values.set(key, value),
    removeItem: (key) => values.delete(key),
  };
}
