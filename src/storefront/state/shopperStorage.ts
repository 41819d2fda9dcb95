/** The part of `Storage` that the shop uses. */
export type KeyValues = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/**
 * Stores what belongs to one shopper: cart, orders, settings. A guest's data is kept in memory and
 * deleted at the end of the visit; the shopper's own data stays untouched meanwhile.
 */
export interface ShopperStorage extends KeyValues {
  setGuest(isGuest: boolean): void;
  /** Calls back when a guest visit starts or ends, which replaces everything stored. */
  onChange(listener: () => void): void;
}

/** @param storage undefined if the browser denies it; everything is kept in memory then */
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
