import type { ConsentAnswer, ConsentMode } from "../../engine/events/consent.ts";
import {
  type ConsentReading,
  combineReadings,
  commandsOf,
  type Said,
  UNANSWERED,
  updateReading,
  withoutYes,
} from "./consentReading.ts";
import { isFrameworkOn } from "./frameworkTraces.ts";
import { GLOBAL_PRIVACY_CONTROL, readGlobalPrivacyControl } from "./globalPrivacyControl.ts";
import { readTagManager, TAG_MANAGER } from "./tagManager.ts";

/** How often the page is searched for frameworks, which may load late. */
const LOOK_MS = 1000;

/** What the page's frameworks said about consent. */
export interface ConsentReport extends ConsentReading {
  /** What each framework said, by its name. */
  heard: Record<string, ConsentReading>;
  /** What that means for the shopper's past, in words. */
  follows: string;
  /** Why the frameworks that were found cannot be read. */
  failure?: string | undefined;
}

export interface ConsentWatch {
  /** Takes the latest reading of a framework. */
  hear(framework: string, reading: ConsentReading): void;
  /** Resolves when what the frameworks found so far say is decided. */
  settled(): Promise<void>;
  report(): ConsentReport;
  stop(): void;
}

export interface ConsentWatchOptions {
  /** The page's own; if the page has already asked, frameworks are reported but not followed. */
  mode: ConsentMode;
  /** Called with each command for the recommender. */
  decide(answer: ConsentAnswer): Promise<void>;
  /** Loads the readers of the frameworks; called once, when the page has one of them. */
  load(): Promise<Pick<typeof import("./consentFrameworks.ts"), "followFrameworks">>;
  /** Called if the readers do not load: then their frameworks count as not answered. */
  onError(error: Error): void;
}

/** Follows all consent frameworks of a page together, also those that appear later. */
export function watchConsent(page: Window, options: ConsentWatchOptions): ConsentWatch {
  const { mode, decide } = options;
  const heard = new Map<string, ConsentReading>();
  let decided: ConsentReading = mode === "asking" ? UNANSWERED : {};
  let isDue = false;
  /** From when a framework is found until its reader is there; if it does not load, for good. */
  let isReaderMissing = false;
  let deciding = Promise.resolve();
  let loading: Promise<void> | undefined;
  let failure: string | undefined;
  let isStopped = false;
  let stopFollowing = () => {};

  function hear(framework: string, reading: ConsentReading): void {
    heard.set(framework, updateReading(heard.get(framework) ?? {}, reading));
    decideSoon();
  }

  function decideSoon(): void {
    if (isDue || mode === "granted") return;
    isDue = true;
    // What several frameworks say at once is decided once: a yes is not acted on before a no beside it.
    deciding = deciding.then(decideNow);
  }

  async function decideNow(): Promise<void> {
    isDue = false;
    const before = decided;
    decided = whatIsSaid();
    for (const command of commandsOf(before, decided)) await decide(command);
  }

  function whatIsSaid(): ConsentReading {
    const said = combineReadings(heard.values());
    return isReaderMissing ? withoutYes(said) : said;
  }

  /** Google's and the browser's signals are read here; other frameworks only lead to their readers. */
  function look(): void {
    const signal = readGlobalPrivacyControl(page.navigator);
    if (signal !== undefined) hear(GLOBAL_PRIVACY_CONTROL, signal);
    const templates = readTagManager(page);
    if (templates !== undefined) hear(TAG_MANAGER, templates);
    if (loading === undefined && isFrameworkOn(page)) loading = follow();
  }

  async function follow(): Promise<void> {
    isReaderMissing = true;
    decideSoon();
    try {
      const { followFrameworks } = await options.load();
      if (isStopped) return;
      stopFollowing = followFrameworks(page, hear);
      isReaderMissing = false;
      decideSoon();
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
      await deciding;
    },
    report() {
      const said = whatIsSaid();
      const unsaid = mode === "asking" ? "default-no" : undefined;
      let follows = FOLLOWS[(mode !== "granted" && (said.recommendations ?? unsaid)) || "nothing"];
      if (heard.has(GLOBAL_PRIVACY_CONTROL)) follows += PAUSED;
      return { ...said, heard: Object.fromEntries(heard), follows, failure };
    },
    stop() {
      isStopped = true;
      clearInterval(timer);
      stopFollowing();
    },
  };
}

/** In words for whoever sets up the shop. */
const FOLLOWS: Record<Said | "nothing", string> = {
  yes: "events are stored and used",
  no: "nothing is recorded, and the past is erased",
  "default-yes": "events are stored and used unless refused before",
  "default-no": "events wait in memory for an answer, and the past is neither used nor erased",
  nothing: "data-consent decides",
};

const PAUSED = `; ${GLOBAL_PRIVACY_CONTROL} pauses the recording until vitrine.resume()`;
