import { useState } from "react";

/** The option that arrow keys have moved to; −1 is the text field, between the last and the first option. */
export function useActiveOption(count: number) {
  const [active, setActive] = useState(-1);
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  function onArrow(event: React.KeyboardEvent): void {
    const step = steps[event.key];
    if (step === undefined || count === 0) return;
    event.preventDefault();
    const places = count + 1;
    setActive(((active + 1 + step + places) % places) - 1);
  }
  return { active: active < count ? active : -1, setActive, onArrow };
}
