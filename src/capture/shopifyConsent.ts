import type { EmitConsent, ReceivedConsent } from "./consent.ts";
import { documentOf } from "./documentOf.ts";
import { lookFor } from "./lookFor.ts";
import { attempt, fieldOf } from "./pageValue.ts";

/**
 * Shopify's consent for preferences, which includes personal cards. It depends on the region, the
 * merchant's settings and the visitor's answer. Source: shopify.dev/docs/api/customer-privacy.
 */
export function readShopifyConsent(page: object): ReceivedConsent | undefined {
  // Shopify's Customer Privacy API, once it is loaded.
  const api = fieldOf(fieldOf(page, "Shopify"), "customerPrivacy");
  const isAllowed = ask(api, "preferencesProcessingAllowed");
  if (typeof isAllowed !== "boolean") return undefined;
  const answered = fieldOf(ask(api, "currentVisitorConsent"), "preferences");
  const command = answered === "yes" || answered === "no" ? "update" : "default";
  return { answer: isAllowed ? "granted" : "denied", command };
}

/** Follows the visitor's choice. Returns a function that stops. */
export function watchShopifyConsent(page: Window, emit: EmitConsent): () => void {
  function onCollected(event: Event): void {
    const isAllowed = fieldOf(fieldOf(event, "detail"), "preferencesAllowed");
    if (typeof isAllowed === "boolean") emit(isAllowed ? "granted" : "denied", "update");
  }
  const stopLooking = lookFor(
    () => readShopifyConsent(page),
    ({ answer, command }) => emit(answer, command),
  );
  documentOf(page).addEventListener("visitorConsentCollected", onCollected);
  return () => {
    stopLooking();
    documentOf(page).removeEventListener("visitorConsentCollected", onCollected);
  };
}

function ask(api: unknown, name: string): unknown {
  const method = fieldOf(api, name);
  return typeof method === "function" ? attempt(() => Reflect.apply(method, api, [])) : undefined;
}
