import { VitrineError } from "./message.ts";
import { within } from "./within.ts";

/** A decision of the shopper is made or refused in time, whatever it has to wait for; it then goes on. */
export function decided<Result>(work: Promise<Result>, ms: number): Promise<Result> {
  return within(work, ms, () => {
    const message = `Not done yet: there was no answer within ${ms} ms. It is done once there is one.`;
    return new VitrineError("decision-late", message, { ms });
  });
}
