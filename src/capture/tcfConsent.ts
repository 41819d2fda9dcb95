import { type Framework, listenBy } from "./consent/framework.ts";
import { type ConsentReading, NOT_NEEDED, saidOf, UNANSWERED } from "./consent.ts";
import { fieldOf, textOf } from "./pageValue.ts";

/**
 * Purposes of the framework. 1: store and access information on a device; 3 and 4: advertising by a
 * profile; 5 and 6: content by a profile.
 */
const RECOMMENDATIONS = [1, 5, 6];
const OFFERS = [1, 3, 4];

/** @param isConsented whether the shopper consented to a purpose of the framework, counted from 1. */
export function readPurposes(
  isConsented: (purpose: number) => boolean,
  isAnswer: boolean,
): ConsentReading {
  return {
    recommendations: saidOf(RECOMMENDATIONS.every(isConsented), isAnswer),
    offers: saidOf(OFFERS.every(isConsented), isAnswer),
  };
}

/**
 * Reads the platform's report to its listeners (IAB Tech Lab, TCF 2.x, "CMP API": TCData). While it
 * asks, the legal default applies.
 */
export function readTcData(data: unknown): ConsentReading {
  if (fieldOf(data, "gdprApplies") === false) return NOT_NEEDED;
  const status = textOf(fieldOf(data, "eventStatus"));
  if (status !== "tcloaded" && status !== "useractioncomplete") return UNANSWERED;
  const consents = fieldOf(fieldOf(data, "purpose"), "consents");
  return readPurposes((purpose) => fieldOf(consents, purpose) === true, true);
}

export const tcfConsent: Framework = {
  name: "TCF",
  read(page, heard) {
    return typeof fieldOf(page, "__tcfapi") === "function" ? readTcData(heard) : undefined;
  },
  listen: (page, hear) =>
    listenBy(page, "__tcfapi", {
      before: [2],
      listenerOf: (data) => fieldOf(data, "listenerId"),
    })(hear),
};
