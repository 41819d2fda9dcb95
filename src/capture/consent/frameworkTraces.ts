import { entriesOf, fieldOf } from "../pageValue.ts";

/**
 * What frameworks, or their snippets, add to a page, also before they have loaded. Google's are not among
 * them: consent mode is read with the data layer.
 */
export const TRACES =
  "__tcfapi __gpp Cookiebot OneTrust OptanonWrapper UC_UI __ucCmp Didomi didomiConfig klaro klaroConfig wp_has_consent";

/** Whether a framework is on the page that `consentFrameworks.ts` reads. */
export function isFrameworkOn(page: object): boolean {
  for (const name of TRACES.split(" ")) if (fieldOf(page, name) != null) return true;
  return fieldOf(fieldOf(page, "Shopify"), "customerPrivacy") != null;
}

/**
 * Whether a consent framework is on the page: it is read later, and until then nothing is stored and
 * nothing that is stored is used.
 */
export function mustAskFirst(page: object, dataLayer: string): boolean {
  for (const entry of entriesOf(fieldOf(page, dataLayer))) {
    if (fieldOf(entry, 0) === "consent") return true;
  }
  const templates = fieldOf(fieldOf(page, "google_tag_data"), "ics");
  return isFrameworkOn(page) || fieldOf(templates, "usedDefault") === true;
}
