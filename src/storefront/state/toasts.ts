import { createStore, type Store } from "./store.ts";

/** Short notes at the edge of the screen, read out by screen readers; most can be undone. */
export interface Toast extends ToastOptions {
  id: number;
  text: string;
  isError?: boolean;
  action?: ToastAction;
  /** Until the shopper takes it away, or more recent notes need its room. */
  stays?: boolean;
}

/** What can be done about a note; without a label it is undone. */
export interface ToastAction {
  label?: string;
  run: () => void;
}

export interface ToastOptions {
  /** Where to go from here. */
  link?: { label: string; href: string };
  /** What it is about, as a path ("cart/mug"): the next note on it takes its place. */
  topic?: string;
}

export interface Toasts extends Store<readonly Toast[]> {
  show(text: string, options?: ToastOptions & { undo?: () => void }): void;
  offer(text: string, action: ToastAction): void;
  showError(text: string): void;
  dismiss(id: number): void;
  /** Takes away what is true no more: notes on a topic, or on any below it ("cart"). */
  clear(topic: string): void;
  /** Lets no note go while the shopper is at them. */
  hold(): void;
  /** Their time begins anew. */
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
