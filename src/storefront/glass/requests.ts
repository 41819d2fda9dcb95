import { type RequestEntry, requestOf } from "vitrine/inspect";
import { createStore, type Store } from "../state/store.ts";

export interface RequestLog {
  /** In the order in which the browser reports them. */
  requests: readonly RequestEntry[];
  /** Origins of requests that the page's policy blocked; the browser may list those requests, too. */
  refusedOrigins: ReadonlySet<string>;
}

/** Every request of the page since it was opened, as the browser reports them. */
export function watchRequests(): Store<RequestLog> {
  const log = createStore<RequestLog>({ requests: [], refusedOrigins: new Set() });
  for (const type of ["navigation", "resource"]) {
    new PerformanceObserver((list) => {
      const requests = [...log.get().requests, ...list.getEntries().map(requestOf)];
      log.set({ ...log.get(), requests });
    }).observe({ type, buffered: true });
  }
  document.addEventListener("securitypolicyviolation", ({ blockedURI }) => {
    if (!URL.canParse(blockedURI)) return; // "inline" and "trusted-types-sink" are not requests.
    const refusedOrigins = new Set(log.get().refusedOrigins).add(new URL(blockedURI).origin);
    log.set({ ...log.get(), refusedOrigins });
  });
  return log;
}

/** Those to another origin than `origin`. */
export function toOthers({ requests, refusedOrigins }: RequestLog, origin: string): RequestEntry[] {
  return requests.filter(({ url }) => {
    const { origin: receiver } = new URL(url);
    return receiver !== origin && !refusedOrigins.has(receiver);
  });
}
