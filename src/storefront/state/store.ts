/** A value the page's components can read and follow (the shape `useSyncExternalStore` takes). */
export interface Store<Value> {
  get(): Value;
  /** Calls back after every change. Returns how to stop. */
  subscribe(listener: () => void): () => void;
}

export interface WritableStore<Value> extends Store<Value> {
  set(next: Value): void;
}

export function createStore<Value>(first: Value): WritableStore<Value> {
  const listeners = new Set<() => void>();
  let value = first;
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
