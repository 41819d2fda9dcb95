/** What a page's banner says about storing what the shopper does. */
export type ConsentAnswer = "granted" | "denied";
/** A default is the shop's stance until the shopper answers, an update is the answer. */
export type ConsentCommand = "default" | "update";
/** What one framework was heard to say. */
export interface ReceivedConsent {
  answer: ConsentAnswer;
  command: ConsentCommand;
}
export type EmitConsent = (answer: ConsentAnswer, command: ConsentCommand) => void;

/**
 * One banner may speak through several frameworks, and not say the same in each: a shopper's no counts
 * until the framework that told of it tells of a yes. Gives each its way to tell.
 */
export function combineConsent(emit: EmitConsent): (framework: string) => EmitConsent {
  const refusals = new Set<string>();
  return (framework) => (answer, command) => {
    if (answer === "granted") refusals.delete(framework);
    else if (command === "update") refusals.add(framework);
    if (answer === "denied" || refusals.size === 0) emit(answer, command);
  };
}
