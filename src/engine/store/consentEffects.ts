import type { ConsentAnswer, PrivacyChoices } from "../events/consent.ts";
import {
  type ConsentChange,
  type ConsentEffect,
  changeConsent,
  consentIn,
  type StoredAnswers,
} from "./consentMachine.ts";
import { withoutSeq } from "./eventStore.ts";
import { MAX_EVENTS } from "./foldedHistory.ts";
import { withStored } from "./indexedDbStore.ts";
import {
  announce,
  eraseAll,
  type LogChange,
  type LogState,
  mayStore,
  moveTo,
  notSaved,
  saveChoices,
} from "./logState.ts";

/** Reads the data of earlier visits that may be used. */
export async function startLog(log: LogState): Promise<void> {
  if (!log.isGuest) {
    await readChoices(log);
    const stored = answersIn(log.choices);
    log.consent = changeConsent(log.consent, { type: "opened", stored }).state;
  }
  await moveTo(log, mayStore(log) ? log.store.current : undefined);
}

/** A guest's answer is deleted with the guest's data, so it has no effect; the page's default remains. */
export async function answerConsent(log: LogState, answer: ConsentAnswer): Promise<void> {
  const { isDefault, ...purposes } = answer;
  const change = changeConsent(log.consent, {
    type: isDefault ? "default" : "answer",
    ...purposes,
  });
  if (!log.isGuest) await carryOut(log, change);
  else if (isDefault) log.consent = change.state;
}

/** Applies another tab's change to the stored data. */
export async function followTabs(log: LogState, change: LogChange): Promise<void> {
  if (change === "erased") return followErase(log);
  if (log.isGuest) return;
  // Only the store says what was removed, so what is in memory only goes with it.
  if (change === "forgotten") log.store.dropStandIn();
  if (change === "forgotten" || change === "moved") await log.history.rebuild();
  if (change === "events") await log.history.catchUp();
  if (change === "choices") await followChoices(log);
  log.options.onChange(change);
}

/** What is stored was erased by the other tab; this tab's memory is not, be it set aside or in use. */
async function followErase(log: LogState): Promise<void> {
  if (log.isGuest) return log.aside?.store.erase();
  if (mayStore(log)) return;
  await log.store.run((open) => open.erase());
  await log.history.rebuild();
  log.options.onChange("forgotten");
}

async function followChoices(log: LogState): Promise<void> {
  const before = consentIn(log.consent);
  await readChoices(log);
  const stored = answersIn(log.choices);
  await carryOut(log, changeConsent(log.consent, { type: "followed", stored }));
  if (consentIn(log.consent) !== before) log.options.onChange("moved");
}

/** Starts a guest visit, in memory; or ends it and restores the shopper's own history. */
export async function setGuest(log: LogState, isGuest: boolean): Promise<void> {
  if (isGuest === log.isGuest) return;
  log.isGuest = isGuest;
  if (isGuest) {
    const { current } = log.store;
    const { choices } = log;
    log.aside = current?.kind === "memory" ? { store: current, choices } : undefined;
    log.choices = {};
    return moveTo(log);
  }
  const { aside } = log;
  log.aside = undefined;
  log.store.switchTo(undefined);
  if (aside === undefined) return startLog(log);
  log.choices = aside.choices;
  return moveTo(log, aside.store);
}

/** Whatever fails, the answer holds for this visit. @throws the first failure, once all was tried. */
async function carryOut(log: LogState, change: ConsentChange): Promise<void> {
  const { state, leaving, entering } = change;
  const failures: unknown[] = [];
  const apply = async (effects: readonly ConsentEffect[]) => {
    for (const effect of effects) {
      await EFFECTS[effect](log, state.stored).catch((error) => failures.push(error));
    }
  };
  await apply(leaving);
  log.consent = state;
  await apply(entering);
  if (failures.length > 0) throw failures[0];
}

/** Erases everything, also a past that was not read because consent is awaited. A guest erases a guest's. */
export async function eraseLog(log: LogState): Promise<void> {
  if (!log.isGuest && !mayStore(log)) await eraseUnread(log);
  await eraseAll(log);
}

const EFFECTS: Record<ConsentEffect, (log: LogState, answers: StoredAnswers) => Promise<void>> = {
  "erase-unread": eraseUnread,
  erase: eraseAll,
  "keep-answers": keepAnswers,
  move: (log) => moveTo(log),
  "store-held": storeHeld,
};

/** After consent, stores what was held in memory. */
async function storeHeld(log: LogState): Promise<void> {
  const held = await log.store.run((open) => open.readAfter(0, MAX_EVENTS));
  await moveTo(log);
  await log.store.run((open) => open.append(held.map(withoutSeq)));
  await log.history.catchUp();
  announce(log, "events");
}

/**
 * Saves the answers in the current store, with its other choices; if that is memory, also in an existing
 * database.
 */
async function keepAnswers(log: LogState, answers: StoredAnswers): Promise<void> {
  const isStored = mayStore(log);
  const stored = await log.store.run((open) => open.readChoices());
  await saveChoices(log, { ...stored, ...log.choices, ...answers });
  if (isStored) return;
  await withStored(log.options.databaseName, async (existing) =>
    existing.writeChoices({ ...(await existing.readChoices()), ...answers }),
  ).catch((error) => {
    throw notSaved(error);
  });
}

async function eraseUnread({ options }: LogState): Promise<void> {
  await withStored(options.databaseName, (existing) => existing.erase());
}

/** Creates no database if that is not allowed yet. Memory knows nothing of other tabs' choices. */
async function readChoices(log: LogState): Promise<void> {
  if (mayStore(log) && log.store.current?.kind !== "memory") {
    log.choices = await log.store.run((open) => open.readChoices());
  } else {
    await withStored(log.options.databaseName, async (existing) => {
      log.choices = { ...log.choices, ...(await existing.readChoices()) };
    }).catch(() => undefined); // As without an answer: nothing is stored, and no past is used.
  }
}

function answersIn({ consent, offers }: PrivacyChoices): StoredAnswers {
  return { ...(consent && { consent }), ...(offers && { offers }) };
}
