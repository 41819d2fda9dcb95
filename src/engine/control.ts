import { type ConsentAnswer, type PrivacyChoices, parseConsentAnswer } from "./events/consent.ts";
import type { Selection } from "./events/selection.ts";
import type { Learner } from "./learning/learner.ts";
import type { Recommender, Relearning } from "./recommender.ts";
import type { LogChange } from "./store/logState.ts";
import type { ShopperLog } from "./store/shopperLog.ts";

/** What the shopper decides about the past as a whole; `Recommender` says what each call does. */
type ControlCalls = Pick<
  Recommender,
  | "erase"
  | "forget"
  | "mute"
  | "unmute"
  | "setRetention"
  | "importFile"
  | "pause"
  | "resume"
  | "startGuestVisit"
  | "endGuestVisit"
  | "setConsent"
>;

export interface Control {
  readonly calls: ControlCalls;
  readonly relearning: Relearning | undefined;
  /** Another tab changed what is stored. */
  follow(change: LogChange): void;
}

interface ControlSources {
  log: ShopperLog;
  learner: Learner;
  clock: () => number;
  /** Called when the status may have changed. */
  onChange(): void;
}

/** Keeps the network true to the log: what is gone from the one must be gone from the other. */
export function createControl({ log, learner, clock, onChange }: ControlSources): Control {
  let relearning: Relearning | undefined;

  function follow(change: LogChange): void {
    if (change === "network") void learner.restore();
    if (change === "forgotten") void startOver();
    if (change === "events") learner.onNewEvents();
    if (change === "moved") void restart();
    onChange();
  }

  /** What was learned is void; it is learned again when it is due. */
  async function startOver(): Promise<void> {
    await learner.reset();
    learner.onNewEvents();
  }

  /**
   * Takes something out of the log. The network that learned from it is out of use before, and one
   * that never saw it is trained at once; `status.relearning` tells when that is done.
   */
  async function forgetting(take: () => Promise<number>): Promise<{ events: number }> {
    await learner.reset();
    let events = 0;
    try {
      events = await take();
    } finally {
      if (events > 0) void relearn();
      else await restart();
    }
    return { events };
  }

  async function relearn(): Promise<void> {
    const current: Relearning = { since: clock() };
    relearning = current;
    await learner.reset(); // A training that began before the log had changed must not count.
    if (relearning !== current) return; // Erased, or changed once more, meanwhile.
    await learner.relearn();
    if (relearning !== current) return;
    relearning = { ...current, doneAt: clock() };
    onChange();
  }

  /** The log may have moved to another past: the network learned from it goes with it. */
  async function restart(): Promise<void> {
    await learner.reset();
    await learner.restore();
    learner.onNewEvents();
    onChange();
  }

  async function moving(move: () => Promise<void>): Promise<void> {
    await learner.reset();
    await move().finally(restart);
  }

  async function setMuted(selection: Selection, isMuted: boolean): Promise<void> {
    await forgetting(async () => {
      await log.mute(selection, isMuted);
      return 1;
    });
  }

  async function choose(choices: PrivacyChoices): Promise<void> {
    await log.choose(choices);
    onChange();
  }

  /** An answer about offers alone leaves the past, and what was learned from it, as they are. */
  async function setConsent(answer: ConsentAnswer): Promise<void> {
    if (answer.recommendations !== undefined) return moving(() => log.decideConsent(answer));
    await log.decideConsent(answer);
    onChange();
  }

  const calls: ControlCalls = {
    async erase() {
      relearning = undefined; // Before anything is awaited: one that waits must not begin.
      await learner.reset();
      await log.erase();
      onChange();
    },
    forget: (selection) => forgetting(() => log.forget(selection)),
    mute: (selection) => setMuted(selection, true),
    unmute: (selection) => setMuted(selection, false),
    setRetention: (retentionDays) => choose({ retentionDays }),
    async importFile(bytes, given) {
      const { importLog, readImport } = await import("./insight/exportImport.ts");
      const content = await readImport(bytes, { ...given, now: clock() });
      let events = 0;
      await moving(async () => {
        events = await importLog(log, content, given.mode);
      });
      log.announceNetwork();
      return { events, page: content.page };
    },
    pause: () => choose({ paused: true }),
    resume: () => choose({ paused: false }),
    startGuestVisit: () => moving(() => log.setGuest(true)),
    endGuestVisit: () => moving(() => log.setGuest(false)),
    setConsent: async (answer) => setConsent(parseConsentAnswer(answer)),
  };
  return {
    calls,
    follow,
    get relearning() {
      return relearning;
    },
  };
}
