import {
  type ConsentAnswer,
  type Decision,
  type PrivacyChoices,
  parseConsentAnswer,
} from "./events/consent.ts";
import type { Selection } from "./events/selection.ts";
import type { PageTexts } from "./insight/exportFile.ts";
import { decided } from "./kit/decided.ts";
import type { Learner } from "./learning/learner.ts";
import type { LogChange } from "./store/logState.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/**
 * The shopper's controls over their stored data. Each but `importFile` settles within two seconds; a
 * `VitrineError` with the code `decision-late` reports that the storage has not answered yet.
 */
export interface Control {
  /** Erases everything stored and learned about this shopper, in every tab; the choices made below stay. */
  erase(): Promise<void>;
  /**
   * Deletes one event, or everything about a product or a category, in every tab. An event about several
   * products keeps the others. The network that learned from the deleted data is taken out of use at
   * once, and a new one is trained without it; see `Status.relearning`.
   * @returns how many events were deleted or changed.
   * @throws {FieldError} for a malformed selection; {Error} when the store fails; nothing is deleted
   * then.
   */
  forget(selection: Selection): Promise<{ events: number }>;
  /**
   * Ignores an event, a product or a category from now on, without deleting it; in every tab.
   * @throws {FieldError} for a malformed selection; {Error} when the store fails; nothing is changed
   * then.
   */
  mute(selection: Selection): Promise<void>;
  /** The inverse of `mute`, with the same errors. */
  unmute(selection: Selection): Promise<void>;
  /**
   * Deletes events older than this, now and from now on, in every tab.
   * @param days a whole number from 7 to 400; 400 until it is set.
   * @throws {FieldError} for any other number.
   */
  setRetention(days: number): Promise<void>;
  /**
   * Reads a file written by `exportFile`: `merge` adds its events to those stored, `replace` replaces
   * them.
   * @returns how many events were added, and the page's own content of the file.
   * @throws {VitrineError} when the passphrase is wrong, or the file is damaged, malformed or of a newer
   * version: nothing is changed then.
   */
  importFile(bytes: ArrayBuffer, options: ImportOptions): Promise<Imported>;
  /** Stops recording, in every tab, until `resume`; kept for later visits. */
  pause(): Promise<void>;
  /** Records again, also where Global Privacy Control had paused it; kept for later visits. */
  resume(): Promise<void>;
  /**
   * Sets the shopper's history aside and starts an empty one in memory, with nothing stored anywhere. It
   * ends with `endGuestVisit`, or with the page.
   */
  startGuestVisit(): Promise<void>;
  /** Deletes the guest's events, and restores the shopper's own history. */
  endGuestVisit(): Promise<void>;
  /**
   * Sets the shopper's answer to a request for consent. `"granted"` and `"refused"` are about
   * recommendations, and do not change the answer about offers; `{ recommendations?, offers? }` answers
   * each purpose it names. Granting recommendations stores the events held in memory; refusing drops
   * them, and erases everything stored before. Offers are marketing; see `Status.offersConsent`. Answers
   * are kept for later visits once something may be stored. With `isDefault` it is the page's default
   * until the shopper answers; see `ConsentAnswer`. In a guest visit no answer changes.
   * @throws {FieldError} for any other answer, and for one that names no purpose.
   */
  setConsent(answer: Decision | ConsentAnswer): Promise<void>;
}

export interface ImportOptions {
  mode: "merge" | "replace";
  /** Of an encrypted file. */
  passphrase?: string;
}

export interface Imported {
  events: number;
  page: PageTexts;
}

export interface Relearning {
  /** Milliseconds since 1970; from then on the old network is out of use. */
  since: number;
  /** When the new network was ready, or there turned out to be nothing left to learn from. */
  doneAt?: number;
}

/** Keeps the network consistent with the log: whatever leaves the log must leave the network. */
export interface LogControl {
  readonly calls: Control;
  readonly relearning: Relearning | undefined;
  /** Called when another tab changed the stored data. */
  follow(change: LogChange): void;
}

interface Deps {
  log: ShopperLog;
  learner: Learner;
  clock: () => number;
  /** Called when the status may have changed. */
  onChange(): void;
}

interface Core extends Deps {
  state: { relearning: Relearning | undefined };
}

export function createControl(deps: Deps): LogControl {
  const core: Core = { ...deps, state: { relearning: undefined } };
  return {
    calls: controlCalls(core),
    follow: (change) => follow(core, change),
    get relearning() {
      return core.state.relearning;
    },
  };
}

function controlCalls(core: Core): Control {
  const { log } = core;
  return {
    erase: () => inTime(erase(core)),
    forget: (selection) => inTime(takeOut(core, () => log.forget(selection))),
    mute: (selection) => inTime(setMuted(core, selection, true)),
    unmute: (selection) => inTime(setMuted(core, selection, false)),
    setRetention: (retentionDays) => inTime(choose(core, { retentionDays })),
    importFile: (bytes, options) => importFile(core, bytes, options),
    pause: () => inTime(choose(core, { paused: true })),
    resume: () => inTime(choose(core, { paused: false })),
    startGuestVisit: () => inTime(move(core, () => log.setGuest(true))),
    endGuestVisit: () => inTime(move(core, () => log.setGuest(false))),
    setConsent: async (answer) => inTime(setConsent(core, parseConsentAnswer(answer))),
  };
}

/** With the time that a page gives a worker that hangs, at most two seconds. */
const DECISION_MS = 1500;

const inTime = <Result>(work: Promise<Result>) => decided(work, DECISION_MS);

function follow(core: Core, change: LogChange): void {
  const { learner } = core;
  if (change === "network") void learner.restore();
  if (change === "forgotten") void startOver(core);
  if (change === "events") learner.onNewEvents();
  if (change === "moved") void restart(core);
  core.onChange();
}

/** What was learned is invalid; training happens again when it is due. */
async function startOver({ learner }: Core): Promise<void> {
  await learner.reset();
  learner.onNewEvents();
}

async function erase({ state, learner, log, onChange }: Core): Promise<void> {
  state.relearning = undefined; // Cleared before the first await, so that a pending relearn does not start.
  await learner.reset();
  await log.erase();
  onChange();
}

/**
 * Removes something from the log. The network that learned from it is taken out of use first, and a new
 * one is trained without it; `status.relearning` reports when that is done.
 */
async function takeOut(core: Core, take: () => Promise<number>): Promise<{ events: number }> {
  await core.learner.reset();
  let events = 0;
  try {
    events = await take();
  } finally {
    if (events > 0) void relearn(core);
    else await restart(core);
  }
  return { events };
}

async function relearn({ state, learner, clock, onChange }: Core): Promise<void> {
  const current: Relearning = { since: clock() };
  state.relearning = current;
  await learner.reset(); // A training that began before the log changed must not count.
  if (state.relearning !== current) return; // Erased, or changed again, in the meantime.
  await learner.relearn();
  if (state.relearning !== current) return;
  state.relearning = { ...current, doneAt: clock() };
  onChange();
}

/** The log may have switched to another history, and the network follows. */
async function restart({ learner, onChange }: Core): Promise<void> {
  await learner.reset();
  await learner.restore();
  learner.onNewEvents();
  onChange();
}

async function move(core: Core, change: () => Promise<void>): Promise<void> {
  await core.learner.reset();
  await change().finally(() => restart(core));
}

/** An answer about offers alone changes neither the history nor what was learned from it. */
async function setConsent(core: Core, answer: ConsentAnswer): Promise<void> {
  if (answer.recommendations !== undefined) return move(core, () => core.log.decideConsent(answer));
  await core.log.decideConsent(answer);
  core.onChange();
}

async function setMuted(core: Core, selection: Selection, isMuted: boolean): Promise<void> {
  await takeOut(core, async () => {
    await core.log.mute(selection, isMuted);
    return 1;
  });
}

async function choose({ log, onChange }: Core, choices: PrivacyChoices): Promise<void> {
  await log.choose(choices);
  onChange();
}

async function importFile(
  core: Core,
  bytes: ArrayBuffer,
  options: ImportOptions,
): Promise<Imported> {
  const { importLog, readImport } = await import("./insight/exportImport.ts");
  const content = await readImport(bytes, { ...options, now: core.clock() });
  let events = 0;
  await move(core, async () => {
    events = await importLog(core.log, content, options.mode);
  });
  core.log.announceNetwork();
  return { events, page: content.page };
}
