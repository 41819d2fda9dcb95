import type { ConsentReading } from "../consent.ts";
import { type GoogleSignal, type GoogleSignals, readSignals, SIGNALS } from "../googleConsent.ts";
import { fieldOf } from "../pageValue.ts";
import type { Framework } from "./framework.ts";

/**
 * Tag Manager's consent templates set consent mode without the data layer; Google's scripts keep what
 * they set by signal. There the visitor's region is known.
 */
export function readTagManager(states: unknown): ConsentReading | undefined {
  const signals: GoogleSignals = {};
  for (const signal of SIGNALS) {
    const known = signalOf(fieldOf(states, signal));
    if (known !== undefined) signals[signal] = known;
  }
  return Object.keys(signals).length > 0 ? readSignals(signals) : undefined;
}

function signalOf(state: unknown): GoogleSignal | undefined {
  const [update, preset] = [fieldOf(state, "update"), fieldOf(state, "default")];
  if (typeof update === "boolean") return { isGranted: update, isUpdate: true };
  return typeof preset === "boolean" ? { isGranted: preset, isUpdate: false } : undefined;
}

export const tagManager: Framework = {
  name: "Tag Manager",
  read: (page) =>
    readTagManager(fieldOf(fieldOf(fieldOf(page, "google_tag_data"), "ics"), "entries")),
};
