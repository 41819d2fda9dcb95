/** One request, from the browser's resource timing. */
export interface RequestEntry {
  url: string;
  /** Its initiator: "script", "img", "fetch" … (`PerformanceResourceTiming.initiatorType`). */
  by: string;
  /** When it began, milliseconds since 1970. */
  at: number;
  /** Bytes over the network, including headers; 0 from a cache, or if another site hides it. */
  bytes: number;
}

export function requestOf(entry: PerformanceEntry): RequestEntry {
  const { name, initiatorType, startTime, transferSize } = entry as PerformanceResourceTiming;
  const at = performance.timeOrigin + startTime;
  return { url: name, by: initiatorType, at, bytes: transferSize };
}

/** Every request of this thread that the browser still remembers (250 by default), oldest first. */
export function requestsOfThread(): RequestEntry[] {
  return performance.getEntriesByType("resource").map(requestOf);
}
