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
import { GLOBAL_PRIVACY_CONTROL } from "./globalPrivacyControl.ts";

/** What the page's frameworks said about consent. */
export interface ConsentReport extends ConsentReading {
  /** What each framework said, by its name. */
  heard: Record<string, ConsentReading>;
  /** What that means for the shopper's past, in words. */
  follows: string;
  /** Why the frameworks that were found cannot be read. */
  failure?: string | undefined;
}

export interface ConsentDecisionsOptions {
  /** The page's own; if the page has already asked, frameworks are reported but not followed. */
  mode: ConsentMode;
  /** Called with each command for the recommender. */
  decide(answer: ConsentAnswer): Promise<void>;
}

export interface ConsentDecisions {
  /** Takes the latest reading of a framework. */
  hear(framework: string, reading: ConsentReading): void;
  /** Until it is off again, no yes counts: a framework that cannot be read yet may say no. */
  hold(isOn: boolean): void;
  /** Resolves when what was said so far is decided. */
  settled(): Promise<void>;
  report(): ConsentReport;
}

/** Makes commands for the recommender of what all frameworks of a page say together. */
export function createConsentDecisions(options: ConsentDecisionsOptions): ConsentDecisions {
  const { mode, decide } = options;
  const heard = new Map<string, ConsentReading>();
  let decided: ConsentReading = mode === "asking" ? UNANSWERED : {};
  let isHeld = false;
  let isDue = false;
  let deciding = Promise.resolve();

  function whatIsSaid(): ConsentReading {
    const said = combineReadings(heard.values());
    return isHeld ? withoutYes(said) : said;
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

  return {
    hear(framework, reading) {
      heard.set(framework, updateReading(heard.get(framework) ?? {}, reading));
      decideSoon();
    },
    hold(isOn) {
      isHeld = isOn;
      decideSoon();
    },
    settled: () => deciding,
    report() {
      const said = whatIsSaid();
      const unsaid = mode === "asking" ? "default-no" : undefined;
      let follows = FOLLOWS[(mode !== "granted" && (said.recommendations ?? unsaid)) || "nothing"];
      if (heard.has(GLOBAL_PRIVACY_CONTROL)) follows += PAUSED;
      return { ...said, heard: Object.fromEntries(heard), follows };
    },
  };
}

/** In words for whoever sets up the shop. */
const FOLLOWS: Record<Said | "nothing", string> = {
  yes: "events are stored and used",
  no: "nothing is recorded, the past is erased",
  "default-yes": "events are stored and used, unless refused before",
  "default-no": "events wait in memory, the past is left alone",
  nothing: "data-consent decides",
};

const PAUSED = `; ${GLOBAL_PRIVACY_CONTROL} pauses it until vitrine.resume()`;
