import type { ReceivedConsent } from "./consent.ts";
import { entriesOf, fieldOf, tagOf, textOf } from "./pageValue.ts";

/**
 * Reads consent from a data layer entry (Google's consent mode, version 2). Recommending counts as
 * personalization; a banner without that category asks for functionality.
 */
export function readConsent(entry: unknown): ReceivedConsent | undefined {
  if (tagOf(entry) !== "[object Arguments]") return undefined;
  const [kind, command, params] = entriesOf(entry);
  if (kind !== "consent" || (command !== "default" && command !== "update")) return undefined;
  const answer =
    textOf(fieldOf(params, "personalization_storage")) ??
    textOf(fieldOf(params, "functionality_storage"));
  return answer === "granted" || answer === "denied" ? { command, answer } : undefined;
}
