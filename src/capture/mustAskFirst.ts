import { entriesOf, fieldOf } from "./pageValue.ts";

/** The names that frameworks, or their snippets, add to a page before they have loaded. */
const NAMES =
  "__tcfapi __gpp Cookiebot OneTrust OptanonWrapper UC_UI __ucCmp Didomi didomiConfig klaro klaroConfig wp_has_consent";

/**
 * Whether a consent framework is on the page: what it says is read later, and until then nothing is
 * stored and nothing that is stored is used.
 */
export function mustAskFirst(page: object, dataLayer: string): boolean {
  return (
    NAMES.split(" ").some((name) => fieldOf(page, name) !== undefined) ||
    fieldOf(fieldOf(page, "Shopify"), "customerPrivacy") !== undefined ||
    fieldOf(fieldOf(fieldOf(page, "google_tag_data"), "ics"), "usedDefault") === true ||
    entriesOf(fieldOf(page, dataLayer)).some((entry) => fieldOf(entry, 0) === "consent")
  );
}
