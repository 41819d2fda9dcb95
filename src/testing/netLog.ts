import { readFileSync } from "node:fs";

interface NetLogEvent {
  type: number;
  params?: { url?: string };
}

/**
 * Every address the browser itself asked the network for, whoever asked: pages, workers, beacons, the
 * browser. Read from Chromium's own log (`--log-net-log=FILE`), complete once the browser has closed.
 */
export function requestedUrls(netLogFile: string): string[] {
  const { constants, events } = JSON.parse(readFileSync(netLogFile, "utf8")) as {
    constants: { logEventTypes: Record<string, number> };
    events: NetLogEvent[];
  };
  const started = constants.logEventTypes.URL_REQUEST_START_JOB;
  if (started === undefined) throw new Error(`${netLogFile}: no URL_REQUEST_START_JOB in this log`);
  const urls = events.filter(({ type }) => type === started).map(({ params }) => params?.url ?? "");
  return urls.filter((url) => /^(https?|wss?|ftp):/.test(url));
}

/** Those of `urls` that did not go to `origin`. */
export function offSite(urls: readonly string[], origin: string): string[] {
  return urls.filter((url) => new URL(url).origin !== origin);
}
