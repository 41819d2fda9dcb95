import { type ConsentReading, type Said, saidOf } from "./consent.ts";
import { entriesOf, fieldOf, tagOf, textOf } from "./pageValue.ts";

/** The signals that decide; ad_storage and security_storage are about neither purpose. */
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

/** What is known about a signal. */
export interface GoogleSignal {
  isGranted: boolean;
  isUpdate: boolean;
}
export type GoogleSignals = Partial<Record<Signal, GoogleSignal>>;

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
  const region = entriesOf(fieldOf(params, "region")).map(textOf).sort().join();
  return { command, region, signals };
}

/**
 * What all commands of a page say, in any order. Where the visitor is is not known, so the strictest
 * default of all regions counts; for the same region, the latest. An update outweighs every default.
 */
export function readGoogleConsent(
  commands: readonly GoogleConsentCommand[],
): ConsentReading | undefined {
  if (commands.length === 0) return undefined;
  const regions = new Map<string, GoogleConsentCommand["signals"]>();
  const updates: GoogleConsentCommand["signals"] = {};
  for (const { command, region, signals } of commands) {
    if (command === "update") Object.assign(updates, signals);
    else regions.set(region, { ...regions.get(region), ...signals });
  }
  const known: GoogleSignals = {};
  for (const signal of SIGNALS) {
    const defaults = [...regions.values()].map((signals) => signals[signal]);
    const isGranted = updates[signal] ?? strictest(defaults);
    if (isGranted !== undefined) known[signal] = { isGranted, isUpdate: signal in updates };
  }
  return readSignals(known);
}

/** Hears a page's entries one by one; what they say so far where the entry is about consent. */
export function createGoogleConsent(): (entry: unknown) => ConsentReading | undefined {
  const commands: GoogleConsentCommand[] = [];
  return (entry) => {
    const command = readConsentCommand(entry);
    if (command === undefined) return undefined;
    commands.push(command);
    return readGoogleConsent(commands);
  };
}

/**
 * Recommending counts as personalization; a page without that signal asks for functionality. Where a page
 * names neither, as in Google's own snippet, analytics and personal advertising decide together: all
 * denied is a no, all granted a yes, and what is mixed is no answer.
 */
export function readSignals(signals: GoogleSignals): ConsentReading {
  const { analytics_storage, ad_user_data, ad_personalization } = signals;
  const own = signals.personalization_storage ?? signals.functionality_storage;
  const others = [analytics_storage, ad_user_data, ad_personalization];
  const recommendations = own ?? (analytics_storage && agreement(others));
  return {
    recommendations: saidBy(recommendations) ?? "default-no",
    offers: saidBy(ad_personalization),
  };
}

function agreement(signals: readonly (GoogleSignal | undefined)[]): GoogleSignal | undefined {
  const given = signals.filter((signal) => signal !== undefined);
  const isGranted = given.some((signal) => signal.isGranted);
  if (given.some((signal) => signal.isGranted !== isGranted)) return undefined;
  return { isGranted, isUpdate: given.some(({ isUpdate }) => isUpdate) };
}

function saidBy(signal: GoogleSignal | undefined): Said | undefined {
  return signal && saidOf(signal.isGranted, signal.isUpdate);
}

function strictest(defaults: readonly (boolean | undefined)[]): boolean | undefined {
  if (defaults.includes(false)) return false;
  return defaults.includes(true) ? true : undefined;
}
