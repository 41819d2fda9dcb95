import { find } from "../lists.ts";
import { fieldOf, textOf } from "../pageValue.ts";
import { type ConsentReading, saidOf, UNANSWERED } from "./consentReading.ts";
import { type Framework, listenBy, NOT_NEEDED } from "./framework.ts";

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
  const saidTo = (purposes: readonly number[]) =>
    saidOf(find(purposes, (purpose) => !isConsented(purpose)) === undefined, isAnswer);
  return { recommendations: saidTo(RECOMMENDATIONS), offers: saidTo(OFFERS) };
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
  traces: ["__tcfapi"],
  read(page, heard) {
    return typeof fieldOf(page, "__tcfapi") === "function" ? readTcData(heard) : undefined;
  },
  listen: (page, hear) =>
    listenBy(page, "__tcfapi", {
      before: [2],
      listenerOf: (data) => fieldOf(data, "listenerId"),
    })(hear),
};
