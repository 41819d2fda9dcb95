import type { ShopperStorage } from "./shopperStorage.ts";
import { createStore, type Store } from "./store.ts";

/** A value that is kept for this shopper where that works, else for this page view only. */
export interface KeptValue<Value> extends Store<Value> {
  set(next: Value): void;
  /** Takes what storage holds by now. */
  reread(): void;
  /** As somebody new would have it, with nothing left in storage. */
  erase(): void;
}

interface KeptAs<Value> {
  key: string;
  /** Takes whatever an older version, another script or a hand left there; null: nothing. */
  read(text: string | null): Value;
  write(value: Value): string;
}

/** Private windows and full disks must not cost anybody their cart or choices. */
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
        // Full or denied: it still holds for this page view.
      }
    },
    reread,
    erase() {
      storage.removeItem(key);
      reread();
    },
  };
}
