import {
  type Consent,
  type ConsentAnswer,
  type ConsentMode,
  consentOf,
  type Decision,
  type PrivacyChoices,
} from "../events/consent.ts";

/**
 * Consent as a machine without effects of its own: a command leads from one state to the next, and
 * names what the log has to do about it. Two purposes: *recommendations* (store the past and use it)
 * and *offers* (marketing), each with an answer of its own.
 *
 * What a page says is of two kinds. A default (`ConsentState.page`, one row of `consentOf`'s table)
 * holds only as long as the shopper has not answered: it never lifts or takes back an answer of this
 * visit. A framework's default chooses the row by the command `default`. An explicit yes or no is the
 * command `answer`; another tab's arrives as `followed`. So a framework needs no states of its own.
 */
export interface ConsentState {
  readonly page: ConsentMode;
  /** What the page's framework assumes about offers; undefined: there is none, or it does not say. */
  readonly offersDefault: Decision | undefined;
  readonly globalPrivacyControl: boolean;
  /** The shopper's answers as this browser keeps them. */
  readonly stored: StoredAnswers;
  /** The answer for recommendations of this visit, here or in another tab. */
  readonly answer: Decision | undefined;
  /** The same for offers. */
  readonly offersAnswer: Decision | undefined;
}

export type StoredAnswers = Pick<PrivacyChoices, "consent" | "offers">;

type PurposeAnswers = Omit<ConsentAnswer, "isDefault">;

export type ConsentCommand =
  /** What earlier visits stored was read, at the start of a visit or at the end of a guest's. */
  | { type: "opened"; stored: StoredAnswers }
  /** The shopper answered on this page. */
  | ({ type: "answer" } & PurposeAnswers)
  /** The page's framework assumes this until the shopper answers. */
  | ({ type: "default" } & PurposeAnswers)
  /** What is stored was read again, as another tab changed it. */
  | { type: "followed"; stored: StoredAnswers };

/** What the log does about a change. */
export type ConsentEffect =
  /** Erases the log of earlier visits, which was not read in this one; makes no database. */
  | "erase-unread"
  /** Erases the log in use, here and in other tabs. */
  | "erase"
  /** Keeps the answers for later visits, as far as something may be stored. */
  | "keep-answers"
  /** Goes on with the log that may be used from now on. */
  | "move"
  /** As `move`, and stores what waited in memory. */
  | "store-held";

export interface ConsentChange {
  readonly state: ConsentState;
  /** To do, in order, while the state before still holds; when one fails, it goes on to hold. */
  readonly leaving: readonly ConsentEffect[];
  /** To do, in order, once the new state holds. */
  readonly entering: readonly ConsentEffect[];
}

type Effects = Omit<ConsentChange, "state">;

const NOTHING: Effects = { leaving: [], entering: [] };
const GRANT: Effects = { leaving: [], entering: ["store-held", "keep-answers"] };

/** By the consent to recommendations before, and the answer. */
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

/**
 * By the consent to recommendations after another tab's change, which has stored and erased there; or
 * after a default, which erases nothing.
 */
const FOLLOWED: Record<Consent, Effects> = {
  awaited: { leaving: [], entering: ["move"] },
  granted: { leaving: [], entering: ["store-held"] },
  refused: { leaving: [], entering: ["move"] },
};

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

/** Consent to offers: without an answer, none where the shopper refused to be remembered at all. */
export function offersConsentIn(state: ConsentState): Consent {
  const { stored, offersAnswer, offersDefault } = state;
  const isWaiting = stored.offers === "granted" && offersDefault === "refused";
  const answer = offersAnswer ?? (isWaiting ? undefined : stored.offers);
  if (answer !== undefined) return answer;
  if (state.globalPrivacyControl || consentIn(state) === "refused") return "refused";
  return offersDefault === "granted" ? "granted" : "awaited";
}

export function changeConsent(state: ConsentState, command: ConsentCommand): ConsentChange {
  switch (command.type) {
    case "opened":
      return { ...NOTHING, state: opened(state, command.stored) };
    case "answer":
      return answered(state, command);
    case "default":
      return assumed(state, command);
    case "followed":
      return followed(state, command.stored);
  }
}

/** An answer of this visit holds, unless another tab stored another one since. */
function opened(state: ConsentState, stored: StoredAnswers): ConsentState {
  return {
    ...state,
    stored,
    answer: stored.consent === state.stored.consent ? state.answer : undefined,
    offersAnswer: stored.offers === state.stored.offers ? state.offersAnswer : undefined,
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
  if (isNew) return { ...ANSWERED[before][recommendations], state: next };
  const { consent: oldConsent, offers: oldOffers } = state.stored;
  const isKept = stored.consent === oldConsent && stored.offers === oldOffers;
  return { ...(isKept ? NOTHING : { leaving: ["keep-answers"], entering: [] }), state: next };
}

/** A page that has asked says so itself, whatever its frameworks assume. */
function assumed(state: ConsentState, { recommendations, offers }: PurposeAnswers): ConsentChange {
  const isFixed = state.page === "granted" || recommendations === undefined;
  return movedTo(state, {
    ...state,
    page: isFixed ? state.page : DEFAULTS[recommendations],
    offersDefault: offers ?? state.offersDefault,
  });
}

const DEFAULTS: Record<Decision, ConsentMode> = { granted: "auto", refused: "asking" };

/** What is stored as it was before is no answer: other choices lie beside it, and may have changed. */
function followed(state: ConsentState, stored: StoredAnswers): ConsentChange {
  return movedTo(state, {
    ...state,
    stored,
    answer: stored.consent === state.stored.consent ? state.answer : stored.consent,
    offersAnswer: stored.offers === state.stored.offers ? state.offersAnswer : stored.offers,
  });
}

function movedTo(before: ConsentState, state: ConsentState): ConsentChange {
  const consent = consentIn(state);
  return { ...(consent === consentIn(before) ? NOTHING : FOLLOWED[consent]), state };
}
