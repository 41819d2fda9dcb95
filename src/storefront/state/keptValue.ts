import type { ShopperStorage } from "./shopperStorage.ts";
import { createStore, type Store } from "./store.ts";

/** A value that is stored for this shopper if possible, else kept for this page view. */
export interface KeptValue<Value> extends Store<Value> {
  set(next: Value): void;
  /** Reads the value from storage again. */
  reread(): void;
  /** Sets the initial value and removes the stored one. */
  erase(): void;
}

interface KeptAs<Value> {
  key: string;
  /** @param text what is stored, which another version or script may have written; null if nothing is */
  read(text: string | null): Value;
  write(value: Value): string;
}

/** In private windows and on full disks, cart and choices must still work. */
export function createKeptValue<Value>(
  storage: ShopperStorage,
  { key, read, write }: KeptAs<Value>,
): KeptValue<Value> {
  const { get, set, subscribe } = createStore(read(storage.getItem(key)));
  const reread = () => set(read(storage.getItem(key)));
  storage.onChange(reread);
  return {
    get,
    subscribe,
    set(next) {
      set(next);
      try {
        storage.setItem(key, write(next));
      } catch {
        // Full or denied; the value still applies to this page view.
      }
    },
    reread,
    erase() {
      storage.removeItem(key);
      reread();
    },
  };
}
