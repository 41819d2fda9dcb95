/** Short notes at the edge of the screen, read out by screen readers; most can be undone. */
export interface Toast {
  id: number;
  text: string;
  isError: boolean;
  undo: (() => void) | undefined;
}

export interface Toasts {
  get(): readonly Toast[];
  subscribe(listener: () => void): () => void;
  show(text: string, undo?: () => void): void;
  showError(text: string): void;
  dismiss(id: number): void;
}

const SHOWN_MS = 6000;
const MOST = 3;

export function createToasts(): Toasts {
  const listeners = new Set<() => void>();
  let toasts: readonly Toast[] = [];
  let nextId = 1;

  function change(next: readonly Toast[]): void {
    toasts = next;
    for (const listener of listeners) listener();
  }

  function dismiss(id: number): void {
    change(toasts.filter((toast) => toast.id !== id));
  }

  function add(text: string, isError: boolean, undo?: () => void): void {
    const id = nextId++;
    change([...toasts, { id, text, isError, undo }].slice(-MOST));
    setTimeout(() => dismiss(id), SHOWN_MS);
  }

  return {
    get: () => toasts,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show: (text, undo) => add(text, false, undo),
    showError: (text) => add(text, true),
    dismiss,
  };
}
