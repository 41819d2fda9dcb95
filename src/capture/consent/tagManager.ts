import { fieldOf } from "../pageValue.ts";
import { type ConsentReading, saidOf } from "./consentReading.ts";
import { type GoogleSignals, readSignals, SIGNALS } from "./googleConsent.ts";

export const TAG_MANAGER = "Tag Manager";

/**
 * Tag Manager's consent templates set consent mode without the data layer; Google's scripts keep what
 * they set by signal, as it holds in the visitor's region.
 */
export function readTagManager(page: object): ConsentReading | undefined {
  const states = fieldOf(fieldOf(fieldOf(page, "google_tag_data"), "ics"), "entries");
  const signals: GoogleSignals = {};
  let isKnown = false;
  for (const signal of SIGNALS) {
    const update = fieldOf(fieldOf(states, signal), "update");
    const isUpdate = typeof update === "boolean";
    const isGranted = isUpdate ? update : fieldOf(fieldOf(states, signal), "default");
    if (typeof isGranted !== "boolean") continue;
    signals[signal] = saidOf(isGranted, isUpdate);
    isKnown = true;
  }
  return isKnown ? readSignals(signals) : undefined;
}
