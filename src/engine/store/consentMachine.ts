import {
  type Consent,
  type ConsentAnswer,
  type ConsentMode,
  consentOf,
  type Decision,
  type PrivacyChoices,
} from "../events/consent.ts";

/**
 * Consent as a pure state machine: a command leads from one state to the next, and lists the effects for
 * the log. Two purposes: *recommendations* (store the past and use it) and *offers* (marketing), each
 * with an answer of its own.
 *
 * A page makes two kinds of statements. A default (`ConsentState.page`, one row of `consentOf`'s table)
 * applies only until the shopper answers: it never overrides an answer of this visit. An explicit yes or
 * no is the command `answer`; another tab's arrives as `followed`. So a consent framework needs no states
 * of its own: its defaults are rows of that table, its answers are commands.
 */
export interface ConsentState {
  readonly page: ConsentMode;
  readonly globalPrivacyControl: boolean;
  /** The shopper's answers as this browser keeps them. */
  readonly stored: StoredAnswers;
  /** This visit's answer about recommendations, here or in another tab. */
  readonly answer: Decision | undefined;
}

export type StoredAnswers = Pick<PrivacyChoices, "consent" | "offers">;

export type ConsentCommand =
  /** The data of earlier visits was read, at the start of a visit or at the end of a guest's. */
  | { type: "opened"; stored: StoredAnswers }
  /** The shopper answered on this page. */
  | ({ type: "answer" } & ConsentAnswer)
  /** The stored data was read again because another tab changed it. */
  | { type: "followed"; stored: StoredAnswers };

/** An effect on the log. */
export type ConsentEffect =
  /** Erases the log of earlier visits, which was not read in this one; creates no database. */
  | "erase-unread"
  /** Erases the log in use, here and in other tabs. */
  | "erase"
  /** Saves the answers for later visits, if storing is allowed. */
  | "keep-answers"
  /** Switches to the log that may be used from now on. */
  | "move"
  /** Like `move`, and stores what was held in memory. */
  | "store-held";

export interface ConsentChange {
  readonly state: ConsentState;
  /** Effects to run, in order, before the state changes, which it does even if one fails. */
  readonly leaving: readonly ConsentEffect[];
  /** Effects to run, in order, after the state has changed. */
  readonly entering: readonly ConsentEffect[];
}

type Effects = Omit<ConsentChange, "state">;

const NOTHING: Effects = { leaving: [], entering: [] };
const GRANT: Effects = { leaving: [], entering: ["store-held", "keep-answers"] };

/** By the previous consent to recommendations, and the answer. */
const ANSWERED: Record<Consent, Record<Decision, Effects>> = {
  awaited: {
    granted: GRANT,
    // A refusal also counts for what was stored before the page had to ask.
    refused: { leaving: ["erase-unread", "erase", "keep-answers"], entering: ["move"] },
  },
  granted: {
    granted: NOTHING,
    refused: { leaving: ["erase", "keep-answers"], entering: ["move"] },
  },
  refused: { granted: GRANT, refused: NOTHING },
};

/** By the consent to recommendations after another tab's change; that tab has already stored or erased. */
const FOLLOWED: Record<Consent, Effects> = {
  awaited: { leaving: [], entering: ["move"] },
  granted: { leaving: [], entering: ["store-held"] },
  refused: { leaving: [], entering: ["move"] },
};

export function openingState(page: ConsentMode, globalPrivacyControl: boolean): ConsentState {
  return { page, globalPrivacyControl, stored: {}, answer: undefined };
}

/** Consent to recommendations. */
export function consentIn({ page, stored, answer }: ConsentState): Consent {
  return answer ?? consentOf(page, stored.consent);
}

/** Consent to offers. Without an answer, it is refused if the shopper refused to be remembered at all. */
export function offersConsentIn(state: ConsentState): Consent {
  if (state.stored.offers !== undefined) return state.stored.offers;
  const isRefused = state.globalPrivacyControl || consentIn(state) === "refused";
  return isRefused ? "refused" : "awaited";
}

export function changeConsent(state: ConsentState, command: ConsentCommand): ConsentChange {
  switch (command.type) {
    case "opened":
      return { ...NOTHING, state: opened(state, command.stored) };
    case "answer":
      return answered(state, command);
    case "followed":
      return followed(state, command.stored);
  }
}

/** This visit's answer applies unless another tab has stored a different one since. */
function opened(state: ConsentState, stored: StoredAnswers): ConsentState {
  const answer = stored.consent === state.stored.consent ? state.answer : undefined;
  return { ...state, stored, answer };
}

function answered(state: ConsentState, { recommendations, offers }: ConsentAnswer): ConsentChange {
  const before = consentIn(state);
  const isNew = recommendations !== undefined && recommendations !== before;
  const stored = {
    ...state.stored,
    ...(isNew ? { consent: recommendations } : {}),
    ...(offers === undefined ? {} : { offers }),
  };
  if (isNew) {
    return {
      ...ANSWERED[before][recommendations],
      state: { ...state, stored, answer: recommendations },
    };
  }
  if (offers === state.stored.offers || offers === undefined) return { ...NOTHING, state };
  return { leaving: ["keep-answers"], entering: [], state: { ...state, stored } };
}

/** An unchanged stored answer is not a new answer: other choices are stored with it and may have changed. */
function followed(state: ConsentState, stored: StoredAnswers): ConsentChange {
  const answer = stored.consent === state.stored.consent ? state.answer : stored.consent;
  const next = { ...state, stored, answer };
  const isMoved = consentIn(next) !== consentIn(state);
  return { ...(isMoved ? FOLLOWED[consentIn(next)] : NOTHING), state: next };
}
