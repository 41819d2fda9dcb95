import type { ConsentAnswer } from "../../engine/events/consent.ts";
import { find, includes, map } from "../lists.ts";

/**
 * What a consent framework says about one purpose. A default holds until the shopper answers; a framework
 * that has not answered says `default-no`.
 */
export type Said = "yes" | "no" | "default-yes" | "default-no";

/** For each purpose that a framework says something about; docs/consent.md covers every framework. */
export interface ConsentReading {
  recommendations?: Said | undefined;
  offers?: Said | undefined;
}

type Purpose = keyof ConsentReading;

export function saidOf(isAllowed: boolean, isAnswer: boolean): Said {
  if (isAnswer) return isAllowed ? "yes" : "no";
  return isAllowed ? "default-yes" : "default-no";
}

/** Where a framework is present and the shopper has not answered. */
export const UNANSWERED: ConsentReading = { recommendations: "default-no", offers: "default-no" };

/** The same framework's next reading: a default does not replace an answer. */
export function updateReading(before: ConsentReading, next: ConsentReading): ConsentReading {
  return forEachPurpose((purpose) => {
    const [old, said] = [before[purpose], next[purpose]];
    return said === undefined || (isAnswer(old) && !isAnswer(said)) ? old : said;
  });
}

/** Together, a no outweighs a yes, an answer outweighs a default, and a default no a default yes. */
const STRONGEST_FIRST: readonly (Said | undefined)[] = ["no", "yes", "default-no", "default-yes"];

/** What the frameworks of one page say together. */
export function combineReadings(readings: Iterable<ConsentReading>): ConsentReading {
  const all = [...readings];
  return forEachPurpose((purpose) =>
    find(STRONGEST_FIRST, (said) =>
      includes(
        map(all, (reading) => reading[purpose]),
        said,
      ),
    ),
  );
}

/** What counts while a framework cannot be read, which may say no. */
export function withoutYes(reading: ConsentReading): ConsentReading {
  return forEachPurpose((purpose) => (reading[purpose] === "no" ? "no" : "default-no"));
}

/** The commands for the recommender that lead from one reading to the next. */
export function commandsOf(before: ConsentReading, after: ConsentReading): ConsentAnswer[] {
  const commands: ConsentAnswer[] = [];
  forEachPurpose((purpose) => {
    const said = after[purpose];
    if (said !== undefined && said !== before[purpose]) {
      const isYes = said === "yes" || said === "default-yes";
      commands[commands.length] = {
        [purpose]: isYes ? "granted" : "refused",
        isDefault: !isAnswer(said),
      };
    }
    return said;
  });
  return commands;
}

function forEachPurpose(said: (purpose: Purpose) => Said | undefined): ConsentReading {
  return { recommendations: said("recommendations"), offers: said("offers") };
}

function isAnswer(said: Said | undefined): boolean {
  return said === "yes" || said === "no";
}
