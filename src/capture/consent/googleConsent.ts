import { find, includes, map } from "../lists.ts";
import { entriesOf, fieldOf, tagOf, textOf } from "../pageValue.ts";
import { type ConsentReading, type Said, saidOf } from "./consentReading.ts";

/** The signals that decide; ad_storage and security_storage concern neither purpose. */
export const SIGNALS = [
  "personalization_storage",
  "functionality_storage",
  "analytics_storage",
  "ad_user_data",
  "ad_personalization",
] as const;
type Signal = (typeof SIGNALS)[number];

/** One command of Google's consent mode. */
export interface GoogleConsentCommand {
  command: "default" | "update";
  /** Where a default holds: codes of countries and regions; empty: everywhere. */
  region: string;
  signals: Partial<Record<Signal, boolean>>;
}

/** What is known of each signal. */
export type GoogleSignals = Partial<Record<Signal, Said>>;

/** A data layer entry as a command of consent mode (version 2); undefined for any other entry. */
export function readConsentCommand(entry: unknown): GoogleConsentCommand | undefined {
  if (tagOf(entry) !== "[object Arguments]") return undefined;
  const [kind, command, params] = entriesOf(entry);
  if (kind !== "consent" || (command !== "default" && command !== "update")) return undefined;
  const signals: GoogleConsentCommand["signals"] = {};
  for (const signal of SIGNALS) {
    const said = textOf(fieldOf(params, signal));
    if (said === "granted" || said === "denied") signals[signal] = said === "granted";
  }
  return { command, region: regionOf(fieldOf(params, "region")), signals };
}

/** One text for a list of regions, in any order. A single text is read as a list of one. */
function regionOf(region: unknown): string {
  return textOf(region) ?? `${map(entriesOf(region), (one) => textOf(one) ?? "").sort()}`;
}

/**
 * What all commands of a page say, in any order. The visitor's region is unknown, so the strictest default
 * of all regions counts; for the same region, the latest. An update outweighs every default.
 */
export function readGoogleConsent(
  commands: readonly GoogleConsentCommand[],
): ConsentReading | undefined {
  if (commands.length === 0) return undefined;
  const regions = new Map<string, GoogleConsentCommand["signals"]>();
  let updates: GoogleConsentCommand["signals"] = {};
  for (const { command, region, signals } of commands) {
    if (command === "update") updates = { ...updates, ...signals };
    else regions.set(region, { ...regions.get(region), ...signals });
  }
  const known: GoogleSignals = {};
  for (const signal of SIGNALS) {
    let isGranted: boolean | undefined;
    for (const [, signals] of regions) {
      if (isGranted !== false) isGranted = signals[signal] ?? isGranted;
    }
    isGranted = updates[signal] ?? isGranted;
    if (isGranted !== undefined) known[signal] = saidOf(isGranted, signal in updates);
  }
  return readSignals(known);
}

/** Reads a page's entries one by one; returns what they say so far if the entry is about consent. */
export function createGoogleConsent(): (entry: unknown) => ConsentReading | undefined {
  const commands: GoogleConsentCommand[] = [];
  return (entry) => {
    const command = readConsentCommand(entry);
    if (command === undefined) return undefined;
    commands[commands.length] = command;
    return readGoogleConsent(commands);
  };
}

/**
 * Recommending counts as personalization; a page without that signal asks for functionality. Where a page
 * names neither, as in Google's own snippet, analytics and personal advertising decide together: all
 * denied is a no, all granted a yes, and a mixture is no answer.
 */
export function readSignals(signals: GoogleSignals): ConsentReading {
  const { analytics_storage, ad_user_data, ad_personalization } = signals;
  const own = signals.personalization_storage ?? signals.functionality_storage;
  const together =
    analytics_storage && agreement([analytics_storage, ad_user_data, ad_personalization]);
  return { recommendations: own ?? together ?? "default-no", offers: ad_personalization };
}

/** What all of the signals that are known say; it is an answer if one of them is. */
function agreement(signals: readonly (Said | undefined)[]): Said | undefined {
  const has = (...wanted: Said[]) => find(signals, (said) => includes(wanted, said)) !== undefined;
  const isGranted = has("yes", "default-yes");
  if (isGranted && has("no", "default-no")) return undefined;
  return saidOf(isGranted, has("yes", "no"));
}
