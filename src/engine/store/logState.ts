import {
  type ConsentMode,
  type PrivacyChoices,
  RETENTION_DAYS,
  type Recording,
  recordingOf,
} from "../events/consent.ts";
import { failed, type Message, VitrineError } from "../kit/message.ts";
import type { Catalog } from "../shop/catalog.ts";
import { type ConsentState, consentIn } from "./consentMachine.ts";
import type { EventStore } from "./eventStore.ts";
import type { FoldedHistory } from "./foldedHistory.ts";
import type { ResilientStore } from "./resilientStore.ts";
import type { StoredChange, Tabs } from "./tabs.ts";

/** A change to the log made by other tabs, the browser, or age. */
export type LogChange =
  /**
   * `forgotten`: events were removed or no longer count, so what was learned from them is invalid;
   * `erased`: all of them, also those in memory; `network`: another tab stored a new one.
   */
  | StoredChange
  /** A different history is in use: consent was decided, or the store was lost and opened again. */
  | "moved";

export interface ShopperLogOptions {
  catalog: Catalog;
  databaseName: string;
  /** Default `auto`. */
  consent?: ConsentMode | undefined;
  isGuest?: boolean | undefined;
  globalPrivacyControl?: boolean | undefined;
  clock: () => number;
  onChange: (change: LogChange) => void;
  onWarning: (warning: Message) => void;
}

/** The parts of a shopper's log, and its mutable state. */
export interface LogState {
  readonly options: ShopperLogOptions;
  readonly store: ResilientStore;
  readonly history: FoldedHistory;
  readonly tabs: Tabs;
  choices: PrivacyChoices;
  consent: ConsentState;
  isGuest: boolean;
  /** The store in use before the guest visit, if it is in memory only. */
  aside: { store: EventStore; choices: PrivacyChoices } | undefined;
  /** The time of the last deletion of old events, milliseconds since 1970. */
  expiredAt: number;
}

const DAY_MS = 86_400_000;

export function mayStore({ isGuest, consent }: LogState): boolean {
  return !isGuest && consentIn(consent) === "granted";
}

export function recordingNow({ choices, consent, isGuest, options, store }: LogState): Recording {
  return recordingOf({
    choices,
    consent: consentIn(consent),
    isGuest,
    globalPrivacyControl: options.globalPrivacyControl ?? false,
    hasStorage: store.current?.kind !== "memory",
  });
}

/** Switches to another store (default: the one that may be used now), and reads it. */
export async function moveTo(log: LogState, next?: EventStore): Promise<void> {
  log.store.switchTo(next, log.aside?.store);
  log.history.mutedHere = undefined;
  if (await expire(log)) announce(log, "forgotten");
  await log.history.rebuild();
}

/**
 * Changes some of the shopper's choices, here and in other tabs; the others stay.
 * @throws {VitrineError} `choice-not-saved` when they hold for this visit only.
 */
export async function saveChoices(log: LogState, change: PrivacyChoices): Promise<void> {
  log.choices = { ...log.choices, ...change };
  const failure = await log.store
    .runOrFail((open) => open.writeChoices(log.choices))
    .then(() => undefined, notSaved);
  if (failure === undefined) announce(log, "choices");
  if (change.retentionDays !== undefined && (await expire(log))) {
    await noteForgotten(log);
    log.options.onChange("forgotten");
  }
  if (failure) throw failure;
}

/** Of a decision that holds for this visit. */
export function notSaved(error: Error): VitrineError {
  const what = "This holds for this visit only, as it could not be saved";
  const { message, params } = failed(
    "choice-not-saved",
    what,
    error,
  ) as Message<"choice-not-saved">;
  return new VitrineError("choice-not-saved", message, params);
}

export function retentionDaysOf({ choices }: LogState): number {
  return choices.retentionDays ?? RETENTION_DAYS.max;
}

/** Deletes events past the retention period. Resolves with whether there were any. */
async function expire(log: LogState): Promise<boolean> {
  log.expiredAt = log.options.clock();
  const oldest = log.expiredAt - retentionDaysOf(log) * DAY_MS;
  return (await log.store.run((open) => open.expire(oldest))) > 0;
}

export async function expireDaily(log: LogState): Promise<void> {
  const isRecent = Math.abs(log.options.clock() - log.expiredAt) < DAY_MS;
  if (isRecent || !(await expire(log))) return;
  await noteForgotten(log);
  log.options.onChange("forgotten");
}

/** Erases everything stored, here and in the memory of other tabs. @throws when the store fails. */
export async function eraseAll(log: LogState): Promise<void> {
  await log.store.runOrFail((open) => open.erase());
  log.history.mutedHere = undefined;
  await noteForgotten(log);
  announce(log, "erased");
}

export async function noteForgotten(log: LogState): Promise<void> {
  await log.history.rebuild();
  announce(log, "forgotten");
}

/** Other tabs are not notified of a guest. */
export function announce({ isGuest, tabs }: LogState, change: StoredChange): void {
  if (!isGuest) tabs.announce(change);
}
