import type { Status } from "vitrine";
import { glassTexts } from "./texts.ts";

/**
 * Why the shared weights are in use; undefined if they are not. It makes no claim about losses: the
 * held-out loss may well have fallen in a training after which they are kept.
 */
export function priorNote(status: Pick<Status, "network" | "lastTraining"> | undefined) {
  const { network: texts } = glassTexts();
  if (status?.network === "personal") return undefined;
  return status?.lastTraining ? texts.priorKept : texts.untrained;
}
