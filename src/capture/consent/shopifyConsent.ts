import { fieldOf } from "../pageValue.ts";
import { type ConsentReading, type Said, saidOf, UNANSWERED } from "./consentReading.ts";
import { callOn, type Framework } from "./framework.ts";

/**
 * Shopify's Customer Privacy API: preferences include personal cards, marketing is offers. What is allowed
 * depends on the region, the merchant's settings and the visitor's answer. Source:
 * shopify.dev/docs/api/customer-privacy.
 * @param collected the detail of the event after an answer, which may be ahead of the API.
 */
export function readShopifyConsent(api: unknown, collected?: unknown): ConsentReading | undefined {
  const answers = callOn(api, "currentVisitorConsent");
  const reading = {
    recommendations:
      answered(fieldOf(collected, "preferencesAllowed")) ??
      allowed(callOn(api, "preferencesProcessingAllowed"), fieldOf(answers, "preferences")),
    offers:
      answered(fieldOf(collected, "marketingAllowed")) ??
      allowed(callOn(api, "marketingAllowed"), fieldOf(answers, "marketing")),
  };
  return reading.recommendations === undefined ? readTracking(api) : reading;
}

/** Before 2023 the API knew one consent, to be tracked. */
function readTracking(api: unknown): ConsentReading | undefined {
  const answer = callOn(api, "getTrackingConsent");
  const isTracked = callOn(api, "userCanBeTracked");
  if (typeof isTracked !== "boolean") return undefined;
  const said = saidOf(isTracked, answer === "yes" || answer === "no");
  return { recommendations: said, offers: said };
}

function answered(isAllowed: unknown): Said | undefined {
  return typeof isAllowed === "boolean" ? saidOf(isAllowed, true) : undefined;
}

function allowed(isAllowed: unknown, answer: unknown): Said | undefined {
  if (typeof isAllowed !== "boolean") return undefined;
  return saidOf(isAllowed, answer === "yes" || answer === "no");
}

export const shopifyConsent: Framework = {
  name: "Shopify",
  traces: [],
  events: ["visitorConsentCollected", "trackingConsentAccepted", "trackingConsentDeclined"],
  read(page, heard) {
    const api = fieldOf(fieldOf(page, "Shopify"), "customerPrivacy");
    return typeof api === "object" && api !== null
      ? (readShopifyConsent(api, heard) ?? UNANSWERED)
      : undefined;
  },
};
