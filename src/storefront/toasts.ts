import { createStore, type Store } from "./store.ts";

/** Short notes at the edge of the screen, read out by screen readers; most can be undone. */
export interface Toast {
  id: number;
  text: string;
  isError: boolean;
  action: ToastAction | undefined;
}

/** What can be done about a note; without a label it is undone. */
export interface ToastAction {
  label?: string;
  run: () => void;
}

export interface Toasts extends Store<readonly Toast[]> {
  show(text: string, undo?: () => void): void;
  /** Stays until the shopper takes it, or more recent notes need its room. */
  offer(text: string, action: ToastAction): void;
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

  function add(text: string, more: Partial<Toast> = {}): number {
    const id = nextId++;
    const toast = { id, text, isError: false, action: undefined, ...more };
    toasts.set([...toasts.get(), toast].slice(-MOST));
    return id;
  }

  function addForAWhile(text: string, more?: Partial<Toast>): void {
    const id = add(text, more);
    setTimeout(() => dismiss(id), SHOWN_MS);
  }

  return {
    get: toasts.get,
    subscribe: toasts.subscribe,
    show: (text, undo) => addForAWhile(text, undo && { action: { run: undo } }),
    offer: (text, action) => void add(text, { action }),
    showError: (text) => addForAWhile(text, { isError: true }),
    dismiss,
  };
}
