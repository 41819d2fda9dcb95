import { flushSync } from "react-dom";
import type { AroundNavHandler } from "wouter";

/** Makes a change with a view transition, unless the shopper prefers reduced motion. */
export function withTransition(change: () => void): void {
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (isCalm || typeof document.startViewTransition !== "function") {
    change();
    return;
  }
  const { ready } = document.startViewTransition(() => flushSync(change));
  // Another change interrupted the transition; the change itself is shown.
  ready.catch(() => undefined);
}

/** Fades in another page, but not a change of the query alone (filters, an order). */
export const aroundNav: AroundNavHandler = (navigate, to, options) => {
  const isSamePage = new URL(to, location.href).pathname === location.pathname;
  if (isSamePage) navigate(to, options);
  else withTransition(() => navigate(to, options));
};
