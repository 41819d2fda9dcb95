import type { ConsentReport } from "../../capture/consent/consentDecisions.ts";

/** Observations of a shop's page in a browser; `diagnose` interprets them. */
export interface PageFacts {
  address: string;
  /** HTTP status of the page. */
  status: number;
  /** Our script tags in its markup, by address. */
  tags: string[];
  /** The version of the running script; undefined if none runs. */
  version: string | undefined;
  /** Why the recommender did not start, including a timeout. */
  failure: string | undefined;
  /** Undefined if the engine runs in a frame or never started. */
  engine: EngineFacts | undefined;
  /** Events by source, and products that the catalog does not know. */
  events: Record<string, number>;
  unknown: string[];
  /** Events about products that are not understood. */
  unread: string[];
  /** What would help a page on which nothing was heard. */
  hints: string[];
  /** Undefined if the tag does not run. */
  consent: ConsentReport | undefined;
  shelves: ShelfFacts[];
  /** What the page's policy blocked: "worker-src blob". */
  violations: string[];
  /** Requests that got no answer, or an error, by address. */
  failedRequests: string[];
  /** Vitrine's errors in the console, and all uncaught errors. */
  errors: string[];
}

export interface EngineFacts {
  thread: "worker" | "page";
  warnings: string[];
  rejectedProducts: number;
  recording: string;
}

export interface ShelfFacts {
  strategy: string;
  cards: number;
  /** The message of its `error` event. */
  error: string | undefined;
}
