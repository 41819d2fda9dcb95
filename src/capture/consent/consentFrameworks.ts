import { find } from "../lists.ts";
import { attempt, fieldOf } from "../pageValue.ts";
import { BANNERS } from "./banners.ts";
import { type ConsentReading, UNANSWERED } from "./consentReading.ts";
import type { Framework } from "./framework.ts";
import { gpp } from "./gpp.ts";
import { shopifyConsent } from "./shopifyConsent.ts";
import { tcfConsent } from "./tcfConsent.ts";

/** The frameworks whose readers load once one of them is on the page. */
export const CONSENT_FRAMEWORKS: readonly Framework[] = [
  tcfConsent,
  gpp,
  shopifyConsent,
  ...BANNERS,
];

/** How often the frameworks are read that do not announce a change. */
const LOOK_MS = 1000;

type Hear = (framework: string, reading: ConsentReading) => void;

/** Reads every framework now, after its events, and every second. Returns a function that stops. */
export function followFrameworks(page: Window, hear: Hear): () => void {
  const stops: (() => void)[] = [];
  const looks: (() => void)[] = [];
  for (const framework of CONSENT_FRAMEWORKS) {
    const look = followFramework(page, framework, { hear, stops });
    looks[looks.length] = look;
    look();
  }
  const timer = setInterval(() => {
    for (const look of looks) look();
  }, LOOK_MS);
  return () => {
    clearInterval(timer);
    for (const stop of stops) stop();
  };
}

/** Returns a function that reads the framework. */
function followFramework(
  page: Window,
  framework: Framework,
  { hear, stops }: { hear: Hear; stops: (() => void)[] },
): () => void {
  let heard: unknown;
  let isListening = false;
  let isStopped = false;

  const isThere = () => find(framework.traces, (name) => fieldOf(page, name) != null) !== undefined;

  function read(): void {
    if (isStopped) return;
    const reading =
      attempt(() => framework.read(page, heard)) ?? (isThere() ? UNANSWERED : undefined);
    if (reading !== undefined) hear(framework.name, reading);
  }
  function take(data: unknown): void {
    heard = data;
    read();
  }
  function look(): void {
    if (!isListening) {
      const stop = framework.listen?.(page, take);
      isListening = stop !== undefined;
      if (stop !== undefined) stops[stops.length] = stop;
    }
    read();
    framework.ask?.(page)?.then(take, () => undefined); // A banner that fails has not answered.
  }
  function onEvent(event: Event): void {
    heard = fieldOf(event, "detail") ?? heard;
    look();
  }

  for (const name of framework.events ?? []) page.addEventListener(name, onEvent, true);
  stops[stops.length] = () => {
    isStopped = true;
    for (const name of framework.events ?? []) page.removeEventListener(name, onEvent, true);
  };
  return look;
}
