import { entriesOf, fieldOf, tagOf, textOf } from "./pageValue.ts";

export type GoogleConsent = "granted" | "denied";
/** A default is the shop's stance until the shopper answers, an update is the answer. */
export type ConsentCommand = "default" | "update";

/**
 * What an entry of the data layer says about consent (Google's consent mode, version 2). Recommending
 * is personalisation; a banner that does not know it asks for functionality.
 */
export function readConsent(
  entry: unknown,
): { command: ConsentCommand; answer: GoogleConsent } | undefined {
  if (tagOf(entry) !== "[object Arguments]") return undefined;
  const [kind, command, params] = entriesOf(entry);
  if (kind !== "consent" || (command !== "default" && command !== "update")) return undefined;
  const answer =
    textOf(fieldOf(params, "personalization_storage")) ??
    textOf(fieldOf(params, "functionality_storage"));
  return answer === "granted" || answer === "denied" ? { command, answer } : undefined;
}

/** Whether the page's banner says that consent must be asked for first. */
export function mustAskFirst(page: object, dataLayer: string): boolean {
  const said = entriesOf(fieldOf(page, dataLayer)).map(readConsent);
  return said.some((consent) => consent?.command === "default" && consent.answer === "denied");
}
