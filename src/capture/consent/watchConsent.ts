import type { ConsentAnswer, ConsentMode } from "../../engine/events/consent.ts";
import {
  type ConsentReading,
  changeOf,
  combineReadings,
  commandsOf,
  UNANSWERED,
  updateReading,
  whatFollows,
} from "../consent.ts";
import { attempt, fieldOf } from "../pageValue.ts";
import { shopifyConsent } from "../shopifyConsent.ts";
import { tcfConsent } from "../tcfConsent.ts";
import type { Framework } from "./framework.ts";
import { globalPrivacyControl } from "./globalPrivacyControl.ts";
import { tagManager } from "./tagManager.ts";

/** Google's consent mode is not among them: it is read with the data layer's events. */
export const FRAMEWORKS: readonly Framework[] = [
  tcfConsent,
  shopifyConsent,
  tagManager,
  globalPrivacyControl,
];

/** Names on the page of the frameworks whose readers are loaded when one is there. */
const LOADED_LATER: Record<string, string> = {
  __gpp: "GPP",
  Cookiebot: "Cookiebot",
  OneTrust: "OneTrust",
  UC_UI: "Usercentrics",
  __ucCmp: "Usercentrics",
  Didomi: "Didomi",
  klaro: "Klaro",
  wp_has_consent: "WP Consent API",
};

/** How often the frameworks are read that do not announce what changed. */
const LOOK_MS = 1000;

/** What was heard about consent on this page. */
export interface ConsentReport extends ConsentReading {
  /** What each framework said, by its name. */
  heard: Record<string, ConsentReading>;
  /** What that means for the shopper's past, in words. */
  follows: string;
}

export interface ConsentWatch {
  /** Takes the latest reading of a framework. */
  hear(framework: string, reading: ConsentReading): void;
  /** Reads all frameworks, then follows them; returns a function that stops. */
  start(): () => void;
  /** Resolves when what the frameworks found so far say is decided. */
  settled(): Promise<void>;
  report(): ConsentReport;
}

export interface ConsentWatchOptions {
  /** The page's own; if the page has already asked, frameworks are reported but not followed. */
  mode: ConsentMode;
  /** Called with each command for the recommender. */
  decide(answer: ConsentAnswer): Promise<void>;
  /** Loads the readers of further frameworks; called once, when the page has one of them. */
  loadMore(): Promise<{ MORE_FRAMEWORKS: readonly Framework[] }>;
  /** Called when they do not load: then their frameworks count as not answered. */
  onError(error: Error): void;
}

/** Follows all consent frameworks of a page together. */
export function watchConsent(page: Window, options: ConsentWatchOptions): ConsentWatch {
  const { mode, decide } = options;
  const heard = new Map<string, ConsentReading>();
  let decided: ConsentReading = mode === "asking" ? UNANSWERED : {};
  let isDue = false;
  let deciding = Promise.resolve();

  function hear(framework: string, reading: ConsentReading): void {
    heard.set(framework, updateReading(heard.get(framework) ?? {}, reading));
    if (isDue || mode === "granted") return;
    isDue = true;
    // What several frameworks say at once is decided once: a yes is not acted on before a no beside it.
    deciding = deciding.then(decideNow);
  }

  async function decideNow(): Promise<void> {
    isDue = false;
    const before = decided;
    decided = combineReadings(heard.values());
    for (const command of commandsOf(changeOf(before, decided))) await decide(command);
  }

  let loading: Promise<void> | undefined;
  function loadMore(add: (frameworks: readonly Framework[]) => void): void {
    for (const [name, framework] of Object.entries(LOADED_LATER)) {
      if (loading === undefined && fieldOf(page, name) != null) {
        hear(framework, UNANSWERED);
        loading = options
          .loadMore()
          .then(({ MORE_FRAMEWORKS }) => add(MORE_FRAMEWORKS), options.onError);
      }
    }
  }

  return {
    hear,
    start: () => follow(page, { hear, loadMore }),
    async settled() {
      await loading;
      await deciding;
    },
    report() {
      const said = combineReadings(heard.values());
      const unsaid = mode === "asking" ? "default-no" : undefined;
      const follows = whatFollows(
        mode === "granted" ? undefined : (said.recommendations ?? unsaid),
      );
      const isPaused = heard.has(globalPrivacyControl.name);
      const pause = "; Global Privacy Control pauses the recording until vitrine.resume()";
      return {
        ...said,
        heard: Object.fromEntries(heard),
        follows: follows + (isPaused ? pause : ""),
      };
    },
  };
}

interface Following {
  hear: ConsentWatch["hear"];
  /** Adds the frameworks that are loaded later. */
  loadMore(add: (frameworks: readonly Framework[]) => void): void;
}

/** Reads every framework now, after its events, and every second. */
function follow(page: Window, { hear, loadMore }: Following): () => void {
  let isStopped = false;
  const stops: (() => void)[] = [];
  const looks: (() => void)[] = [];
  function add(frameworks: readonly Framework[]): void {
    if (isStopped) return;
    for (const framework of frameworks) {
      const look = watchFramework(page, framework, { hear, stops });
      looks.push(look);
      look();
    }
  }
  function lookAtAll(): void {
    for (const look of looks) look();
    loadMore(add);
  }
  const timer = setInterval(lookAtAll, LOOK_MS);
  add(FRAMEWORKS);
  loadMore(add);
  return () => {
    isStopped = true;
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}

/** Returns a function that reads the framework. */
function watchFramework(
  page: Window,
  framework: Framework,
  { hear, stops }: { hear: ConsentWatch["hear"]; stops: (() => void)[] },
): () => void {
  let heard: unknown;
  let isListening = false;
  let isStopped = false;

  function read(): void {
    const reading = isStopped ? undefined : attempt(() => framework.read(page, heard));
    if (reading !== undefined) hear(framework.name, reading);
  }
  function take(data: unknown): void {
    heard = data;
    read();
  }
  function look(): void {
    if (!isListening) {
      const stop = framework.listen?.(page, take);
      isListening = stop !== undefined;
      if (stop !== undefined) stops.push(stop);
    }
    read();
    framework.ask?.(page)?.then(take, () => undefined); // A banner that fails has not answered.
  }
  function onEvent(event: Event): void {
    heard = fieldOf(event, "detail") ?? heard;
    look();
  }

  for (const name of framework.events ?? []) {
    page.addEventListener(name, onEvent, true);
    stops.push(() => page.removeEventListener(name, onEvent, true));
  }
  stops.push(() => {
    isStopped = true;
  });
  return look;
}
