import { FieldError, type Fields, flag, integer, object } from "../kit/fields.ts";

/**
 * Whether what the shopper does is taken in, and where it goes; and the shopper's standing choices
 * about that. Nothing in here tells what they did.
 */

/** How a shop's page stands towards storing: it must ask first, it has asked, or the browser decides. */
export const CONSENT_MODES = ["required", "granted", "auto"] as const;
export type ConsentMode = (typeof CONSENT_MODES)[number];

/** What the shopper answered when asked for consent. */
export type Decision = "granted" | "refused";
export type Consent = "awaited" | Decision;

/** What the shopper chose, kept across visits. An absent field was never chosen. */
export interface PrivacyChoices {
  paused?: boolean;
  consent?: Decision;
  /** Days after which an event is deleted, 7 to 400; absent: 400. */
  retentionDays?: number;
}

export const RETENTION_DAYS = { min: 7, max: 400 };

/** Where it goes, and why it is not stored. */
export type Recording =
  /** Stored for later visits. */
  | { to: "browser"; because?: undefined }
  /** Gone with this visit. `no-storage`: there is no IndexedDB, or it failed; a notice says how. */
  | { to: "memory"; because: "consent-awaited" | "guest" | "no-storage" }
  /**
   * Not taken in. `global-privacy-control`: the browser sends that; `resume()` records all the same.
   */
  | { to: "nowhere"; because: "paused" | "global-privacy-control" | "consent-refused" };

/** All that decides about recording. */
export interface RecordingFacts {
  choices: PrivacyChoices;
  consent: Consent;
  isGuest: boolean;
  /** `navigator.globalPrivacyControl` of the page. */
  globalPrivacyControl: boolean;
  hasStorage: boolean;
}

export function recordingOf(facts: RecordingFacts): Recording {
  const { choices, consent, isGuest, globalPrivacyControl, hasStorage } = facts;
  if (choices.paused) return { to: "nowhere", because: "paused" };
  if (isGuest) return { to: "memory", because: "guest" };
  if (consent === "refused") return { to: "nowhere", because: "consent-refused" };
  if (choices.paused === undefined && globalPrivacyControl) {
    return { to: "nowhere", because: "global-privacy-control" };
  }
  if (consent === "awaited") return { to: "memory", because: "consent-awaited" };
  return hasStorage ? { to: "browser" } : { to: "memory", because: "no-storage" };
}

/**
 * What a page's mode and the shopper's stored choice amount to. A page that has consent has asked
 * since; one that must ask takes only a stored yes for a yes.
 */
export function consentOf(mode: ConsentMode, stored: PrivacyChoices["consent"]): Consent {
  if (mode === "granted") return "granted";
  return stored ?? (mode === "auto" ? "granted" : "awaited");
}

/** @throws {FieldError} naming the field that is wrong. */
export function parsePrivacyChoices(value: unknown): PrivacyChoices {
  const { paused, consent, retentionDays }: Fields = object(value, "choices");
  return {
    ...(paused === undefined ? {} : { paused: flag(paused, "paused") }),
    ...(consent === undefined ? {} : { consent: parseDecision(consent) }),
    ...(retentionDays === undefined ? {} : { retentionDays: parseRetentionDays(retentionDays) }),
  };
}

function parseRetentionDays(value: unknown): number {
  return integer(value, "retentionDays", RETENTION_DAYS);
}

export function parseDecision(value: unknown): Decision {
  if (value !== "granted" && value !== "refused") {
    throw new FieldError("consent", value, "granted or refused");
  }
  return value;
}

export function parseConsentMode(value: unknown): ConsentMode {
  if (!CONSENT_MODES.includes(value as ConsentMode)) {
    throw new FieldError("consent", value, `one of ${CONSENT_MODES.join(", ")}`);
  }
  return value as ConsentMode;
}
