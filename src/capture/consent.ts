import type { ConsentAnswer } from "../engine/events/consent.ts";

/**
 * What a consent framework says about one purpose. A default holds until the shopper answers; a framework
 * that has not answered says `default-no`.
 */
export type Said = "yes" | "no" | "default-yes" | "default-no";

/** For each purpose that a framework says something about; see docs/consent.md for every framework. */
export interface ConsentReading {
  recommendations?: Said | undefined;
  offers?: Said | undefined;
}

export const PURPOSES = ["recommendations", "offers"] as const;

export function saidOf(isAllowed: boolean, isAnswer: boolean): Said {
  if (isAnswer) return isAllowed ? "yes" : "no";
  return isAllowed ? "default-yes" : "default-no";
}

/** Where a framework is there and the shopper has not answered. */
export const UNANSWERED: ConsentReading = { recommendations: "default-no", offers: "default-no" };
/** Where a framework finds that its law does not apply. */
export const NOT_NEEDED: ConsentReading = { recommendations: "default-yes", offers: "default-yes" };

/** The same framework's next reading: a default does not replace an answer. */
export function updateReading(before: ConsentReading, next: ConsentReading): ConsentReading {
  const reading: ConsentReading = {};
  for (const purpose of PURPOSES) {
    const [old, said] = [before[purpose], next[purpose]];
    const keepsOld = said === undefined || (isAnswer(old) && !isAnswer(said));
    reading[purpose] = keepsOld ? old : said;
  }
  return reading;
}

/** What the frameworks of one page say together: a no outweighs a yes, an answer outweighs a default. */
export function combineReadings(readings: Iterable<ConsentReading>): ConsentReading {
  const all = [...readings];
  const strongest = (purpose: keyof ConsentReading) =>
    STRONGEST_FIRST.find((said) => all.some((reading) => reading[purpose] === said));
  return { recommendations: strongest("recommendations"), offers: strongest("offers") };
}

const STRONGEST_FIRST: readonly Said[] = ["no", "yes", "default-no", "default-yes"];

/** What is said anew. */
export function changeOf(before: ConsentReading, after: ConsentReading): ConsentReading {
  const change: ConsentReading = {};
  for (const purpose of PURPOSES) {
    if (after[purpose] !== before[purpose]) change[purpose] = after[purpose];
  }
  return change;
}

/** The commands for the recommender, defaults first. */
export function commandsOf(reading: ConsentReading): ConsentAnswer[] {
  const commands: ConsentAnswer[] = [];
  for (const isDefault of [true, false]) {
    const answers: ConsentAnswer = {};
    for (const purpose of PURPOSES) {
      const said = reading[purpose];
      if (said !== undefined && isAnswer(said) !== isDefault) {
        answers[purpose] = said.endsWith("yes") ? "granted" : "refused";
      }
    }
    if (Object.keys(answers).length > 0)
      commands.push(isDefault ? { ...answers, isDefault } : answers);
  }
  return commands;
}

/** What follows for the shopper's past, in words for whoever sets up the shop. */
export function whatFollows(recommendations: Said | undefined): string {
  return FOLLOWS[recommendations ?? "nothing"];
}

const FOLLOWS: Record<Said | "nothing", string> = {
  yes: "events are stored and used",
  no: "nothing is recorded, and what was stored is erased",
  "default-yes": "events are stored and used, unless the shopper refused in an earlier visit",
  "default-no": "events wait in memory for an answer; what is stored is neither used nor erased",
  nothing: "data-consent decides",
};

function isAnswer(said: Said | undefined): boolean {
  return said === "yes" || said === "no";
}
