import {
  type ConsentDecisionsOptions,
  type ConsentReport,
  createConsentDecisions,
} from "./consentDecisions.ts";
import type { ConsentReading } from "./consentReading.ts";
import { isFrameworkOn } from "./frameworkTraces.ts";
import { GLOBAL_PRIVACY_CONTROL, readGlobalPrivacyControl } from "./globalPrivacyControl.ts";
import { readTagManager, TAG_MANAGER } from "./tagManager.ts";

/** How often the page is searched for frameworks, which may load late. */
const LOOK_MS = 1000;

export interface ConsentWatch {
  /** Takes the latest reading of a framework. */
  hear(framework: string, reading: ConsentReading): void;
  /** Resolves when what the frameworks found so far say is decided. */
  settled(): Promise<void>;
  report(): ConsentReport;
  stop(): void;
}

export interface ConsentWatchOptions extends ConsentDecisionsOptions {
  /** Loads the readers of the frameworks; called once, when the page has one of them. */
  load(): Promise<Pick<typeof import("./consentFrameworks.ts"), "followFrameworks">>;
  /** Called if the readers do not load: then their frameworks count as not answered. */
  onError(error: Error): void;
}

/** Follows all consent frameworks of a page together, also those that appear later. */
export function watchConsent(page: Window, options: ConsentWatchOptions): ConsentWatch {
  const { hear, hold, settled, report } = createConsentDecisions(options);
  let loading: Promise<void> | undefined;
  let failure: string | undefined;
  let isStopped = false;
  let stopFollowing = () => {};

  /** Google's and the browser's signals are read here; other frameworks only lead to their readers. */
  function look(): void {
    const signal = readGlobalPrivacyControl(page.navigator);
    if (signal !== undefined) hear(GLOBAL_PRIVACY_CONTROL, signal);
    const templates = readTagManager(page);
    if (templates !== undefined) hear(TAG_MANAGER, templates);
    if (loading === undefined && isFrameworkOn(page)) loading = follow();
  }

  async function follow(): Promise<void> {
    hold(true);
    try {
      const { followFrameworks } = await options.load();
      if (isStopped) return;
      stopFollowing = followFrameworks(page, hear);
      hold(false);
    } catch (error) {
      failure = (error as Error).message;
      options.onError(error as Error);
    }
  }

  look();
  const timer = setInterval(look, LOOK_MS);
  return {
    hear,
    async settled() {
      await loading;
      await settled();
    },
    report: () => ({ ...report(), failure }),
    stop() {
      isStopped = true;
      clearInterval(timer);
      stopFollowing();
    },
  };
}
