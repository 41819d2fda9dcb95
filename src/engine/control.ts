import {
  type ConsentAnswer,
  type Decision,
  type PrivacyChoices,
  parseConsentAnswer,
} from "./events/consent.ts";
import type { Selection } from "./events/selection.ts";
import type { PageTexts } from "./insight/exportFile.ts";
import type { Learner } from "./learning/learner.ts";
import type { LogChange } from "./store/logState.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/** What the shopper decides about the past as a whole. */
export interface Control {
  /** Erases everything stored and learned about this shopper, in every tab; the choices below stay. */
  erase(): Promise<void>;
  /**
   * Deletes one event, or everything about a product or a category, in every tab. An event about
   * several products keeps the others. The network that learned from it is out of use at once, and
   * one that never saw it is trained; see `Status.relearning`.
   * @returns how many events were deleted or changed.
   * @throws {FieldError} for a malformed selection; {Error} when the store fails: nothing is deleted.
   */
  forget(selection: Selection): Promise<{ events: number }>;
  /**
   * Ignores an event, a product or a category from now on, without deleting it; in every tab.
   * @throws {FieldError} for a malformed selection; {Error} when the store fails: nothing is changed.
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
   * Reads a file that `exportFile` wrote: `merge` adds its events to those stored, `replace` puts them
   * in their place.
   * @returns how many events were added, and what the page had put into the file.
   * @throws {VitrineError} when the passphrase is wrong, or the file is damaged, malformed or of a newer
   * version: nothing is changed then.
   */
  importFile(bytes: ArrayBuffer, options: ImportOptions): Promise<Imported>;
  /** Records nothing more, in any tab, until `resume`; kept for later visits. */
  pause(): Promise<void>;
  /** Records again, also where Global Privacy Control had paused it; kept for later visits. */
  resume(): Promise<void>;
  /**
   * Sets the shopper's past aside and begins one that lives in memory only, with nothing stored
   * anywhere. It ends with `endGuestVisit`, or with the page.
   */
  startGuestVisit(): Promise<void>;
  /** Drops what the guest did, and restores the shopper's own past. */
  endGuestVisit(): Promise<void>;
  /**
   * Takes the shopper's answer when asked for consent. `"granted"` and `"refused"` are about
   * recommendations, and leave the answer about offers as it is; `{ recommendations?, offers? }` is about
   * each purpose it names. Recommendations granted stores what memory held back; refused drops it, and
   * erases what was stored before. Offers are marketing; see `Status.offersConsent`. Answers are kept for
   * later visits once something may be stored. With `isDefault` it is not the shopper's answer but what
   * the page assumes until then; see `ConsentAnswer`. In a guest visit nothing changes.
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
  /** Milliseconds since 1970; from here on the old network is out of use. */
  since: number;
  /** When the new network was ready, or it turned out that there is nothing to learn any more. */
  doneAt?: number;
}

/** Keeps the network true to the log: what is gone from the one must be gone from the other. */
export interface LogControl {
  readonly calls: Control;
  readonly relearning: Relearning | undefined;
  /** Another tab changed what is stored. */
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
    erase: () => erase(core),
    forget: (selection) => takeOut(core, () => log.forget(selection)),
    mute: (selection) => setMuted(core, selection, true),
    unmute: (selection) => setMuted(core, selection, false),
    setRetention: (retentionDays) => choose(core, { retentionDays }),
    importFile: (bytes, options) => importFile(core, bytes, options),
    pause: () => choose(core, { paused: true }),
    resume: () => choose(core, { paused: false }),
    startGuestVisit: () => move(core, () => log.setGuest(true)),
    endGuestVisit: () => move(core, () => log.setGuest(false)),
    setConsent: async (answer) => setConsent(core, parseConsentAnswer(answer)),
  };
}

function follow(core: Core, change: LogChange): void {
  const { learner } = core;
  if (change === "network") void learner.restore();
  if (change === "forgotten") void startOver(core);
  if (change === "events") learner.onNewEvents();
  if (change === "moved") void restart(core);
  core.onChange();
}

/** What was learned is void; it is learned again when it is due. */
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
 * Takes something out of the log. The network that learned from it is out of use before, and one
 * that never saw it is trained at once; `status.relearning` says when that is done.
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
  await learner.reset(); // A training that began before the log had changed must not count.
  if (state.relearning !== current) return; // Erased, or changed once more, meanwhile.
  await learner.relearn();
  if (state.relearning !== current) return;
  state.relearning = { ...current, doneAt: clock() };
  onChange();
}

/** The log may have moved to another past: the network learned from it goes with it. */
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

/** An answer about offers alone leaves the past, and what was learned from it, as they are. */
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
