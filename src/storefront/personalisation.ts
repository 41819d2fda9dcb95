import type { ShopperStorage } from "./shopperStorage.ts";
import { createStore, type Store } from "./store.ts";

/** How personal shelves are: from 0, the same for everybody, to 1, for this shopper. */
export interface Personalisation extends Store<number> {
  set(share: number): void;
  erase(): void;
}

const KEY = "vitrine.personalisation";

export function createPersonalisation(storage: ShopperStorage): Personalisation {
  const share = createStore(readShare(storage.getItem(KEY)));
  storage.onChange(() => share.set(readShare(storage.getItem(KEY))));
  return {
    get: share.get,
    subscribe: share.subscribe,
    set(wanted) {
      share.set(wanted);
      try {
        storage.setItem(KEY, String(wanted));
      } catch {
        // Full or denied: it still holds for this page view.
      }
    },
    erase() {
      storage.removeItem(KEY);
      share.set(1);
    },
  };
}

/** Whatever an older version or a hand left there: a share, else fully personal. */
function readShare(text: string | null): number {
  const share = Number.parseFloat(text ?? "1");
  return share >= 0 && share <= 1 ? share : 1;
}
