/** What was seen of a shop's page in a browser; `diagnose` says what it means. */
export interface PageFacts {
  address: string;
  /** HTTP status of the page. */
  status: number;
  /** Our script tags in its markup, by address. */
  tags: string[];
  /** The version of the script that runs; undefined where none does. */
  version: string | undefined;
  /** Why the recommender did not start, or that it did not in time. */
  failure: string | undefined;
  /** Undefined where it lives in a frame of its own, or never started. */
  engine: EngineFacts | undefined;
  /** Events by source, and products that the catalog does not know. */
  events: Record<string, number>;
  unknown: string[];
  /** Events about products that are not understood. */
  unread: string[];
  /** What would help a page on which nothing was heard. */
  hints: string[];
  shelves: ShelfFacts[];
  /** What the page's policy forbade: "worker-src blob". */
  violations: string[];
  /** Requests that got no answer, or an error, by address. */
  failedRequests: string[];
  /** Errors of Vitrine's in the console, and uncaught ones of anybody's. */
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
  /** What its `error` event said. */
  error: string | undefined;
}
