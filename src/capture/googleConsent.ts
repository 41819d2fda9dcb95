import type { ReceivedConsent } from "./consent.ts";
import { entriesOf, fieldOf, tagOf } from "./pageValue.ts";

/**
 * Reads consent from a data layer entry (Google's consent mode, version 2). Recommending counts as
 * personalization; a banner without that category asks for functionality.
 */
export function readConsent(entry: unknown): ReceivedConsent | undefined {
  if (tagOf(entry) !== "[object Arguments]") return undefined;
  const [kind, command, params] = entriesOf(entry);
  if (kind !== "consent" || (command !== "default" && command !== "update")) return undefined;
  for (const category of ["personalization_storage", "functionality_storage"]) {
    const answer = fieldOf(params, category);
    if (answer === "granted" || answer === "denied") return { command, answer };
  }
  return undefined;
}
