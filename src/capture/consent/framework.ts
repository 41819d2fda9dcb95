import { attempt, fieldOf } from "../pageValue.ts";
import type { ConsentReading } from "./consentReading.ts";

/** A consent framework that a page may use. All its values belong to the page. */
export interface Framework {
  /** As `vitrine.report()` names it. */
  name: string;
  /** What it, or its snippet, adds to a page, also before it has loaded. */
  traces: readonly string[];
  /** The page's events after which it is read again at once; it is also read every second. */
  events?: readonly string[];
  /**
   * What it says; undefined if it has not loaded, or says nothing.
   * @param page the page's window.
   * @param heard what it last reported through an event, a listener or a promise.
   */
  read(page: object, heard: unknown): ConsentReading | undefined;
  /** Starts listening and returns a function that stops; undefined while the framework is not there. */
  listen?(page: object, hear: (data: unknown) => void): (() => void) | undefined;
  /** Asks for a report that comes later. */
  ask?(page: object): Promise<unknown> | undefined;
}

/** Where a framework finds that its law does not apply. */
export const NOT_NEEDED: ConsentReading = { recommendations: "default-yes", offers: "default-yes" };

/** The result of the page's own method; undefined where there is none, or where it throws. */
export function callOn(owner: unknown, name: string, ...args: unknown[]): unknown {
  const method = fieldOf(owner, name);
  if (typeof method !== "function") return undefined;
  return attempt(() => Reflect.apply(method, owner, args));
}

/** Listens by a command function, as the IAB's frameworks offer it. */
export function listenBy(
  page: object,
  name: string,
  args: { before: unknown[]; listenerOf: (data: unknown) => unknown },
): (hear: (data: unknown) => void) => (() => void) | undefined {
  return (hear) => {
    if (typeof fieldOf(page, name) !== "function") return undefined;
    let isStopped = false;
    let listener: unknown;
    callOn(page, name, "addEventListener", ...args.before, (data: unknown, isGood: unknown) => {
      if (isStopped || isGood === false) return;
      listener = args.listenerOf(data);
      hear(data);
    });
    return () => {
      isStopped = true;
      const [first] = args.before;
      if (first === undefined) callOn(page, name, "removeEventListener", () => {}, listener);
      else callOn(page, name, "removeEventListener", first, () => {}, listener);
    };
  };
}
