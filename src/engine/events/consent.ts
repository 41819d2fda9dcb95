import { FieldError, type Fields, flag, integer, object, oneOf } from "../kit/fields.ts";

/**
 * Whether what the shopper does is recorded, and where; and what the shopper chose about that. None of
 * it reveals what they did.
 */

/**
 * What a shop's page says about storing: it must ask first, it has asked, the browser decides, or its
 * consent framework asks and has not reported an answer of this visit.
 */
export const CONSENT_MODES = ["required", "granted", "auto", "asking"] as const;
export type ConsentMode = (typeof CONSENT_MODES)[number];

/** What the shopper answered when asked for consent. */
export type Decision = "granted" | "refused";
export type Consent = "awaited" | Decision;

/** An answer for each purpose that it is about; at least one. */
export interface ConsentAnswer {
  /** To store the past and to recommend by it. */
  recommendations?: Decision;
  /** To use it for marketing offers. */
  offers?: Decision;
  /**
   * What the page assumes until the shopper answers. It never lifts or takes back an answer of this
   * visit; what an earlier visit stored waits while the default is a no, and a no stays a no.
   */
  isDefault?: boolean;
}

/** What the shopper chose, kept across visits. An absent field was never chosen. */
export interface PrivacyChoices {
  paused?: boolean;
  /** To recommendations. */
  consent?: Decision;
  /** To offers; version 0.1 did not know it. */
  offers?: Decision;
  /** Days after which an event is deleted, 7 to 400; absent: 400. */
  retentionDays?: number;
}

export const RETENTION_DAYS = { min: 7, max: 400 };

/** Where it goes, and why it is not stored. */
export type Recording =
  /** Stored for later visits. */
  | { to: "browser"; because?: undefined }
  /** Gone with this visit. `no-storage`: there is no IndexedDB, or it failed; a warning says how. */
  | { to: "memory"; because: "consent-awaited" | "guest" | "no-storage" }
  /**
   * Not recorded. `global-privacy-control`: the browser sends that signal; `resume()` records anyway.
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
 * Consent to recommendations while the shopper has not answered in this visit: by what the page says,
 * and by the answer of an earlier visit. `awaited` keeps events in memory only; a stored past is
 * neither used, nor added to, nor erased.
 */
const CONSENTS: Record<ConsentMode, Record<Decision | "none", Consent>> = {
  required: { none: "awaited", granted: "granted", refused: "refused" },
  asking: { none: "awaited", granted: "awaited", refused: "refused" },
  auto: { none: "granted", granted: "granted", refused: "refused" },
  // The page has asked since.
  granted: { none: "granted", granted: "granted", refused: "granted" },
};

export function consentOf(mode: ConsentMode, stored: Decision | undefined): Consent {
  return CONSENTS[mode][stored ?? "none"];
}

/** @throws {FieldError} naming the field that is wrong. */
export function parsePrivacyChoices(value: unknown): PrivacyChoices {
  const { paused, consent, offers, retentionDays }: Fields = object(value, "choices");
  return {
    ...(paused === undefined ? {} : { paused: flag(paused, "paused") }),
    ...(consent === undefined ? {} : { consent: parseDecision(consent) }),
    ...(offers === undefined ? {} : { offers: parseDecision(offers, "offers") }),
    ...(retentionDays === undefined ? {} : { retentionDays: parseRetentionDays(retentionDays) }),
  };
}

/** The choices that may leave this browser: consent is between the shopper and this browser. */
export function withoutConsent(choices: PrivacyChoices): PrivacyChoices {
  const { consent: _consent, offers: _offers, ...others } = choices;
  return others;
}

function parseRetentionDays(value: unknown): number {
  return integer(value, "retentionDays", RETENTION_DAYS);
}

/**
 * One answer, meant for recommendations, or one for each purpose.
 * @throws {FieldError} naming the purpose whose answer is wrong.
 */
export function parseConsentAnswer(value: unknown): ConsentAnswer {
  if (typeof value !== "object" || value === null) return { recommendations: parseDecision(value) };
  const { recommendations, offers, isDefault }: Fields = object(value, "consent");
  if (recommendations === undefined && offers === undefined) {
    throw new FieldError("consent", value, "an answer for recommendations or offers");
  }
  return {
    ...(recommendations === undefined
      ? {}
      : { recommendations: parseDecision(recommendations, "recommendations") }),
    ...(offers === undefined ? {} : { offers: parseDecision(offers, "offers") }),
    ...(isDefault === undefined ? {} : { isDefault: flag(isDefault, "isDefault") }),
  };
}

export function parseDecision(value: unknown, field = "consent"): Decision {
  if (value !== "granted" && value !== "refused") {
    throw new FieldError(field, value, "granted or refused");
  }
  return value;
}

export function parseConsentMode(value: unknown): ConsentMode {
  return oneOf(value, "consent", CONSENT_MODES);
}
