import { useEffect, useRef, useState } from "react";

/** Longest time from one press of an arrow key to the next. */
const SETTLED_MS = 700;

/**
 * For a choice that arrow keys step through: shown immediately, and reported once it has not changed for
 * a moment, or when the shopper leaves. `choice` is a choice that is not reported yet.
 */
export function useSettled<Choice>(onSettled: (choice: Choice) => void) {
  const [choice, setChoice] = useState<Choice>();
  const pending = useRef<{ emit: () => void; timer: ReturnType<typeof setTimeout> }>(undefined);

  function settle(): void {
    if (pending.current === undefined) return;
    const { emit, timer } = pending.current;
    pending.current = undefined;
    clearTimeout(timer);
    setChoice(undefined);
    emit();
  }

  function choose(chosen: Choice): void {
    clearTimeout(pending.current?.timer);
    pending.current = {
      emit: () => onSettled(chosen),
      timer: setTimeout(settle, SETTLED_MS),
    };
    setChoice(chosen);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: when the page is left
  useEffect(() => settle, []);
  return { choice, choose, settle };
}
