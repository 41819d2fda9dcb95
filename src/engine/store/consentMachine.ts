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
 * A page makes two kinds of statements. A default (`ConsentState.page`, see `consentOf`) applies only
 * until the shopper answers: it never overrides an answer of this visit. The command `default` changes it.
 * An explicit yes or no is the command `answer`; another tab's arrives as `followed`. So a consent framework
 * needs no states of its own.
 */
export interface ConsentState {
  readonly page: ConsentMode;
  /** The framework's default for offers; undefined if there is no framework or it has no such default. */
  readonly offersDefault: Decision | undefined;
  readonly globalPrivacyControl: boolean;
  /** The shopper's answers as this browser keeps them. */
  readonly stored: StoredAnswers;
  /** This visit's answer about recommendations, here or in another tab. */
  readonly answer: Decision | undefined;
  /** The same for offers. */
  readonly offersAnswer: Decision | undefined;
}

export type StoredAnswers = Pick<PrivacyChoices, "consent" | "offers">;

type PurposeAnswers = Omit<ConsentAnswer, "isDefault">;

export type ConsentCommand =
  /** The data of earlier visits was read, at the start of a visit or at the end of a guest's. */
  | { type: "opened"; stored: StoredAnswers }
  /** The shopper answered on this page. */
  | ({ type: "answer" } & PurposeAnswers)
  /** The page's default until the shopper answers. */
  | ({ type: "default" } & PurposeAnswers)
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
const REFUSE: Effects = { leaving: ["erase", "keep-answers"], entering: ["move"] };
/** A refusal also counts for what was stored before the page had to ask. */
const REFUSE_AWAITED: Effects = { ...REFUSE, leaving: ["erase-unread", ...REFUSE.leaving] };

export function openingState(page: ConsentMode, globalPrivacyControl: boolean): ConsentState {
  return {
    page,
    offersDefault: page === "asking" ? "refused" : undefined,
    globalPrivacyControl,
    stored: {},
    answer: undefined,
    offersAnswer: undefined,
  };
}

/** Consent to recommendations. */
export function consentIn({ page, stored, answer }: ConsentState): Consent {
  return answer ?? consentOf(page, stored.consent);
}

/** Consent to offers. Without an answer, it is refused if the shopper refused to be remembered at all. */
export function offersConsentIn(state: ConsentState): Consent {
  const { stored, offersAnswer, offersDefault } = state;
  if (offersAnswer) return offersAnswer;
  const isWaiting = stored.offers === "granted" && offersDefault === "refused";
  if (stored.offers && !isWaiting) return stored.offers;
  if (state.globalPrivacyControl || consentIn(state) === "refused") return "refused";
  return offersDefault === "granted" ? "granted" : "awaited";
}

export function changeConsent(state: ConsentState, command: ConsentCommand): ConsentChange {
  switch (command.type) {
    case "opened":
      return { ...NOTHING, state: reread(state, command.stored, {}) };
    case "answer":
      return answered(state, command);
    case "default":
      return assumed(state, command);
    case "followed":
      return movedTo(state, reread(state, command.stored, command.stored));
  }
}

/**
 * This visit's answers apply unless another tab has stored different ones since; then `others` do. An
 * unchanged stored answer is not a new one: other choices are stored with it and may have changed.
 */
function reread(state: ConsentState, stored: StoredAnswers, others: StoredAnswers): ConsentState {
  const { consent, offers } = state.stored;
  return {
    ...state,
    stored,
    answer: stored.consent === consent ? state.answer : others.consent,
    offersAnswer: stored.offers === offers ? state.offersAnswer : others.offers,
  };
}

function answered(state: ConsentState, answer: PurposeAnswers): ConsentChange {
  const { recommendations, offers } = answer;
  const before = consentIn(state);
  const isNew = recommendations !== undefined && recommendations !== before;
  const stored = {
    ...state.stored,
    ...(recommendations === undefined ? {} : { consent: recommendations }),
    ...(offers === undefined ? {} : { offers }),
  };
  const next = {
    ...state,
    stored,
    answer: recommendations ?? state.answer,
    offersAnswer: offers ?? state.offersAnswer,
  };
  if (isNew) {
    const refuse = before === "awaited" ? REFUSE_AWAITED : REFUSE;
    return { ...(recommendations === "granted" ? GRANT : refuse), state: next };
  }
  const { consent: oldConsent, offers: oldOffers } = state.stored;
  const isKept = stored.consent === oldConsent && stored.offers === oldOffers;
  return { ...(isKept ? NOTHING : { leaving: ["keep-answers"], entering: [] }), state: next };
}

/** A page that has asked the shopper itself is not changed by its frameworks' defaults. */
function assumed(state: ConsentState, { recommendations, offers }: PurposeAnswers): ConsentChange {
  const isFixed = state.page === "granted" || recommendations === undefined;
  return movedTo(state, {
    ...state,
    page: isFixed ? state.page : DEFAULTS[recommendations],
    offersDefault: offers ?? state.offersDefault,
  });
}

const DEFAULTS: Record<Decision, ConsentMode> = { granted: "auto", refused: "asking" };

/**
 * After another tab's change, which that tab has already stored or erased; or after a default, which erases
 * nothing.
 */
function movedTo(before: ConsentState, state: ConsentState): ConsentChange {
  const consent = consentIn(state);
  if (consent === consentIn(before)) return { ...NOTHING, state };
  return { leaving: [], entering: [consent === "granted" ? "store-held" : "move"], state };
}
