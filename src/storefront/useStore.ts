import { useSyncExternalStore } from "react";
import type { Store } from "./store.ts";

/** A store's value; the component renders anew with each change. */
export function useStore<Value>(store: Store<Value>): Value {
  return useSyncExternalStore(store.subscribe, store.get);
}
