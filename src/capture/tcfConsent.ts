import type { EmitConsent, ReceivedConsent } from "./consent.ts";
import { lookFor } from "./lookFor.ts";
import { attempt, fieldOf, textOf } from "./pageValue.ts";

type Tcf = (...args: unknown[]) => unknown;

/** Purpose 1 of the framework: store and access information on a device. */
const STORING = "1";

/** The page's consent platform, by the name that IAB Europe's framework gives it. */
export function tcfOf(page: object): Tcf | undefined {
  const tcf = fieldOf(page, "__tcfapi");
  return typeof tcf === "function" ? (tcf as Tcf) : undefined;
}

/**
 * Reads the platform's report to its listeners (IAB Tech Lab, TCF 2.x, "CMP API": TCData). While it
 * asks, the legal default applies.
 */
export function readTcData(data: unknown): ReceivedConsent | undefined {
  if (fieldOf(data, "gdprApplies") === false) return { answer: "granted", command: "default" };
  const status = textOf(fieldOf(data, "eventStatus"));
  if (status === "cmpuishown") return { answer: "denied", command: "default" };
  if (status !== "tcloaded" && status !== "useractioncomplete") return undefined;
  const mayStore = fieldOf(fieldOf(fieldOf(data, "purpose"), "consents"), STORING);
  return { answer: mayStore === true ? "granted" : "denied", command: "update" };
}

/** Listens to the page's consent platform. Returns a function that stops. */
export function watchTcf(page: object, emit: EmitConsent): () => void {
  let isStopped = false;
  let remove = () => {};
  function listenTo(tcf: Tcf): void {
    const call = (...args: unknown[]) => void attempt(() => Reflect.apply(tcf, page, args));
    call("addEventListener", 2, (data: unknown, isGood: unknown) => {
      if (isStopped || isGood === false) return;
      const listenerId = fieldOf(data, "listenerId");
      remove = () => call("removeEventListener", 2, () => {}, listenerId);
      const said = readTcData(data);
      if (said !== undefined) emit(said.answer, said.command);
    });
  }
  const stopLooking = lookFor(() => tcfOf(page), listenTo);
  return () => {
    isStopped = true;
    stopLooking();
    remove();
  };
}
