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
