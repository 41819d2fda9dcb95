import { createStore, type Store } from "./store.ts";

/** Short notes at the edge of the screen, read out by screen readers; most can be undone. */
export interface Toast {
  id: number;
  text: string;
  isError: boolean;
  undo: (() => void) | undefined;
}

export interface Toasts extends Store<readonly Toast[]> {
  show(text: string, undo?: () => void): void;
  showError(text: string): void;
  dismiss(id: number): void;
}

const SHOWN_MS = 6000;
const MOST = 3;

export function createToasts(): Toasts {
  const toasts = createStore<readonly Toast[]>([]);
  let nextId = 1;

  function dismiss(id: number): void {
    toasts.set(toasts.get().filter((toast) => toast.id !== id));
  }

  function add(text: string, isError: boolean, undo?: () => void): void {
    const id = nextId++;
    toasts.set([...toasts.get(), { id, text, isError, undo }].slice(-MOST));
    setTimeout(() => dismiss(id), SHOWN_MS);
  }

  return {
    get: toasts.get,
    subscribe: toasts.subscribe,
    show: (text, undo) => add(text, false, undo),
    showError: (text) => add(text, true),
    dismiss,
  };
}
