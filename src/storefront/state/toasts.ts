import { createStore, type Store } from "./store.ts";

/** Short messages at the edge of the screen, announced by screen readers; most offer an undo. */
export interface Toast extends ToastOptions {
  id: number;
  text: string;
  isError?: boolean;
  action?: ToastAction;
  /** Stays until the shopper dismisses it, or more recent toasts need its space. */
  stays?: boolean;
}

/** The button of a toast; without a label it says "Undo". */
export interface ToastAction {
  label?: string;
  run: () => void;
}

export interface ToastOptions {
  /** A link to a page about it. */
  link?: { label: string; href: string };
  /** Its topic, as a path ("cart/mug"); the next toast on the topic replaces it. */
  topic?: string;
}

export interface Toasts extends Store<readonly Toast[]> {
  show(text: string, options?: ToastOptions & { undo?: () => void }): void;
  offer(text: string, action: ToastAction): void;
  showError(text: string): void;
  dismiss(id: number): void;
  /** Removes toasts that are no longer true: those on a topic or any below it ("cart"). */
  clear(topic: string): void;
  /** Keeps all toasts while the shopper points at one or focuses it. */
  hold(): void;
  /** Restarts their time. */
  release(): void;
}

export const SHOWN_MS = 6000;
const MAX = 3;

export function createToasts(): Toasts {
  const toasts = createStore<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let nextId = 1;
  let isHeld = false;

  function set(next: readonly Toast[]): void {
    toasts.set(next);
    for (const id of timers.keys()) if (!next.some((toast) => toast.id === id)) stopTimer(id);
    if (!isHeld) startTimers();
  }

  function startTimers(): void {
    for (const { id, stays } of toasts.get()) {
      if (stays || timers.has(id)) continue;
      timers.set(
        id,
        setTimeout(() => dismiss(id), SHOWN_MS),
      );
    }
  }

  function stopTimer(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  function add(toast: Omit<Toast, "id">): void {
    const { topic } = toast;
    const others = toasts.get().filter((other) => topic === undefined || other.topic !== topic);
    set([...others, { id: nextId++, ...toast }].slice(-MAX));
  }

  function dismiss(id: number): void {
    set(toasts.get().filter((toast) => toast.id !== id));
  }

  return {
    get: toasts.get,
    subscribe: toasts.subscribe,
    show: (text, { undo, ...options } = {}) =>
      add({ text, ...options, ...(undo && { action: { run: undo } }) }),
    offer: (text, action) => add({ text, action, stays: true }),
    showError: (text) => add({ text, isError: true }),
    dismiss,
    clear(topic) {
      const isAbout = (toast: Toast) => `${toast.topic}/`.startsWith(`${topic}/`);
      set(toasts.get().filter((toast) => !isAbout(toast)));
    },
    hold() {
      isHeld = true;
      for (const id of timers.keys()) stopTimer(id);
    },
    release() {
      isHeld = false;
      startTimers();
    },
  };
}
