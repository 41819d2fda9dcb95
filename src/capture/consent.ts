import type { ConsentMode } from "../engine/events/consent.ts";

/** A page banner's consent for storing the shopper's events. */
export type ConsentAnswer = "granted" | "denied";
/** A default holds until the shopper answers; an update is the answer. */
export type ConsentCommand = "default" | "update";
/** A report from one framework. */
export interface ReceivedConsent {
  answer: ConsentAnswer;
  command: ConsentCommand;
}
export type EmitConsent = (answer: ConsentAnswer, command: ConsentCommand) => void;

/**
 * One banner may report through several frameworks, with different answers: a no counts until the same
 * framework reports a yes. Returns a reporter for each framework.
 */
export function combineConsent(emit: EmitConsent): (framework: string) => EmitConsent {
  const refusals = new Set<string>();
  return (framework) => (answer, command) => {
    if (answer === "granted") refusals.delete(framework);
    else if (command === "update") refusals.add(framework);
    if (answer === "denied" || refusals.size === 0) emit(answer, command);
  };
}

/** An answer always counts; a default counts unless it only repeats that consent is awaited. */
export function consentDecision(
  mode: ConsentMode,
  { answer, command }: ReceivedConsent,
): "granted" | "refused" | undefined {
  const isAwaited = mode === "required" && command === "default" && answer === "denied";
  if (mode === "granted" || isAwaited) return undefined;
  return answer === "granted" ? "granted" : "refused";
}
