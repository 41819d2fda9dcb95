import type { ReceivedConsent } from "./consent.ts";
import { entriesOf, fieldOf, tagOf, textOf } from "./pageValue.ts";

/**
 * What an entry of the data layer says about consent (Google's consent mode, version 2). Recommending
 * is personalization; a banner that does not know it asks for functionality.
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
