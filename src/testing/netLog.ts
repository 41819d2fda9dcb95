import { readFileSync } from "node:fs";

interface NetLogEvent {
  type: number;
  params?: { url?: string; initiator?: string; network_isolation_key?: string };
}

/**
 * Chromium's autofill asks Google's servers about the fields of any page with a form (their names, not
 * their content), and attributes that to the page; no page can start or stop it.
 */
const BROWSERS_OWN = "https://content-autofill.googleapis.com/";

/**
 * Every address that the browser requested from the network for pages and workers of `origin`, read from
 * Chromium's own log (`--log-net-log=FILE`), which is complete once the browser has closed. The browser's
 * own requests (such as those of its updater) have other initiators.
 */
export function requestsBy(origin: string, netLogFile: string): string[] {
  const { constants, events } = JSON.parse(readFileSync(netLogFile, "utf8")) as {
    constants: { logEventTypes: Record<string, number> };
    events: NetLogEvent[];
  };
  const started = constants.logEventTypes.URL_REQUEST_START_JOB;
  if (started === undefined) throw new Error(`${netLogFile}: no URL_REQUEST_START_JOB in this log`);
  const { protocol, hostname } = new URL(origin);
  return events
    .filter(({ type, params }) => type === started && params?.url !== undefined)
    .map(({ params }) => params as Required<NonNullable<NetLogEvent["params"]>>)
    .filter(({ initiator = "", network_isolation_key: partition = "" }) => {
      return initiator === origin || partition.includes(`${protocol}//${hostname}`);
    })
    .map(({ url }) => url)
    .filter((url) => !/^(blob|data|chrome[a-z-]*):/.test(url) && !url.startsWith(BROWSERS_OWN));
}

/** Those of `urls` that did not go to `origin`. */
export function offSite(urls: readonly string[], origin: string): string[] {
  return urls.filter((url) => new URL(url).origin !== origin);
}
