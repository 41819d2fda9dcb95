import { FieldError, type Fields, flag, integer, object, oneOf } from "../kit/fields.ts";

/**
 * Whether the shopper's actions are recorded, and where; and the shopper's choices about that. None of it
 * reveals those actions.
 */

/**
 * The page's consent mode: it must ask first, it has asked, the browser decides, or its consent framework
 * asks and has not reported this visit's answer.
 */
export const CONSENT_MODES = ["required", "granted", "auto", "asking"] as const;
export type ConsentMode = (typeof CONSENT_MODES)[number];

/** What the shopper answered when asked for consent. */
export type Decision = "granted" | "refused";
export type Consent = "awaited" | Decision;

/** One answer for each purpose; at least one purpose is present. */
export interface ConsentAnswer {
  /** Storing the past and recommending from it. */
  recommendations?: Decision;
  /** Using it for marketing offers. */
  offers?: Decision;
  /**
   * The page's default until the shopper answers. It never overrides an answer of this visit. While the
   * default is a no, data of earlier visits is not used; an earlier no stays a no.
   */
  isDefault?: boolean;
}

/** The shopper's choices, kept across visits. An absent field was never chosen. */
export interface PrivacyChoices {
  paused?: boolean;
  /** Consent to recommendations. */
  consent?: Decision;
  /** Consent to offers; absent in version 0.1. */
  offers?: Decision;
  /** Days after which an event is deleted, 7 to 400; absent: 400. */
  retentionDays?: number;
}

export const RETENTION_DAYS = { min: 7, max: 400 };

/** Where events go, and why they are not stored. */
export type Recording =
  /** Stored for later visits. */
  | { to: "browser"; because?: undefined }
  /**
   * Lost at the end of this visit. `no-storage`: IndexedDB is missing or failed; a warning gives the
   * reason.
   */
  | { to: "memory"; because: "consent-awaited" | "guest" | "no-storage" }
  /**
   * Not recorded. `global-privacy-control`: the browser sends that signal; `resume()` records anyway.
   */
  | { to: "nowhere"; because: "paused" | "global-privacy-control" | "consent-refused" };

/** Everything that recording depends on. */
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
 * Consent to recommendations while the shopper has not answered in this visit: it follows from the page's
 * mode and the answer from an earlier visit. `awaited` keeps events in memory only; a stored past is
 * neither used, nor added to, nor erased.
 */
export function consentOf(mode: ConsentMode, stored: Decision | undefined): Consent {
  if (mode === "granted") return mode; // The page has asked again since the stored answer.
  if (stored === "refused") return stored;
  const isEnough = mode === "auto" || (mode === "required" && stored === "granted");
  return isEnough ? "granted" : "awaited";
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
 * Reads a single answer, which is about recommendations, or one answer for each purpose.
 * @throws {FieldError} naming the purpose whose answer is wrong.
 */
export function parseConsentAnswer(value: unknown): ConsentAnswer {
  if (typeof value !== "object" || value === null) return { recommendations: parseDecision(value) };
  const fields: Fields = object(value, "consent");
  const answer: ConsentAnswer = {};
  for (const purpose of ["recommendations", "offers"] as const) {
    const decision = fields[purpose];
    if (decision !== undefined) answer[purpose] = parseDecision(decision, purpose);
  }
  if (Object.keys(answer).length === 0) {
    throw new FieldError("consent", value, "recommendations or offers");
  }
  if (fields.isDefault !== undefined) answer.isDefault = flag(fields.isDefault, "isDefault");
  return answer;
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
