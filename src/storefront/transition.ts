import { flushSync } from "react-dom";

/** Makes a change that is seen to happen: the old view fades into the new, where that is wanted. */
export function withTransition(change: () => void): void {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isCalm || typeof document.startViewTransition !== "function") change();
  else document.startViewTransition(() => flushSync(change));
}
