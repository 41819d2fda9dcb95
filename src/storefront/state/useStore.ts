import { useSyncExternalStore } from "react";
import type { Store } from "./store.ts";

/** A store's value, or a part of it; the component renders again when that changes. */
export function useStore<Value>(store: Store<Value>): Value;
export function useStore<Value, Part>(store: Store<Value>, partOf: (value: Value) => Part): Part;
export function useStore<Value, Part>(store: Store<Value>, partOf?: (value: Value) => Part) {
  const get = () => (partOf ? partOf(store.get()) : store.get());
  // The third argument is the value in a prerendered page.
  return useSyncExternalStore(store.subscribe, get, get);
}
