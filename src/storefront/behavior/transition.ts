import { flushSync } from "react-dom";
import type { AroundNavHandler } from "wouter";

/** Makes a change that is seen to happen: the old view fades into the new, where that is wanted. */
export function withTransition(change: () => void): void {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isCalm || typeof document.startViewTransition !== "function") {
    change();
    return;
  }
  const { ready } = document.startViewTransition(() => flushSync(change));
  // Another change came before this one could fade in: it is shown all the same.
  ready.catch(() => undefined);
}

/** Lets another page fade in; a page that only changes its query (filters, an order) does not. */
export const aroundNav: AroundNavHandler = (navigate, to, options) => {
  const isSamePage = new URL(to, location.href).pathname === location.pathname;
  if (isSamePage) navigate(to, options);
  else withTransition(() => navigate(to, options));
};
