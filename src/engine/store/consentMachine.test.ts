import { describe, expect, it } from "vitest";
import { CONSENT_MODES, type Consent, type Decision } from "../events/consent.ts";
import {
  type ConsentCommand,
  type ConsentState,
  changeConsent,
  consentIn,
  offersConsentIn,
  openingState,
  type StoredAnswers,
} from "./consentMachine.ts";

const ANSWERS = [undefined, "granted", "refused"] as const;

const STORED: StoredAnswers[] = ANSWERS.flatMap((consent) =>
  ANSWERS.map((offers) => ({ ...(consent && { consent }), ...(offers && { offers }) })),
);

/** What the page's framework assumes about offers, and the answer of this visit. */
const OFFERS: Pick<ConsentState, "offersDefault" | "offersAnswer">[] = [
  { offersDefault: undefined, offersAnswer: undefined },
  { offersDefault: "granted", offersAnswer: undefined },
  { offersDefault: "refused", offersAnswer: undefined },
  { offersDefault: "refused", offersAnswer: "granted" },
];

const STATES: ConsentState[] = CONSENT_MODES.flatMap((page) =>
  [false, true].flatMap((globalPrivacyControl) =>
    STORED.flatMap((stored) =>
      ANSWERS.flatMap((answer) =>
        OFFERS.map((offers) => ({ page, globalPrivacyControl, stored, answer, ...offers })),
      ),
    ),
  ),
);

const COMMANDS: ConsentCommand[] = [
  ...STORED.flatMap((stored): ConsentCommand[] => [
    { type: "opened", stored },
    { type: "followed", stored },
  ]),
  ...STORED.flatMap(({ consent, offers }) =>
    (["answer", "default"] as const).map(
      (type): ConsentCommand => ({
        type,
        ...(consent && { recommendations: consent }),
        ...(offers && { offers }),
      }),
    ),
  ),
];

/** The effects of each answer about recommendations, by the previous consent. */
const EFFECTS_OF_ANSWERS: [Consent, Decision, string[], string[]][] = [
  ["awaited", "granted", [], ["store-held", "keep-answers"]],
  ["awaited", "refused", ["erase-unread", "erase", "keep-answers"], ["move"]],
  ["granted", "granted", [], []],
  ["granted", "refused", ["erase", "keep-answers"], ["move"]],
  ["refused", "granted", [], ["store-held", "keep-answers"]],
  ["refused", "refused", [], []],
];

/** Every state with every command. */
function forEveryChange(
  check: (state: ConsentState, command: ConsentCommand, context: string) => void,
): void {
  for (const state of STATES) {
    for (const command of COMMANDS) check(state, command, JSON.stringify([state, command]));
  }
}

const effectsOf = (state: ConsentState, command: ConsentCommand) => {
  const { leaving, entering } = changeConsent(state, command);
  return [...leaving, ...entering];
};

it("there are 864 states and 36 commands, each once", () => {
  expect(new Set(STATES.map((state) => JSON.stringify(state))).size).toBe(864);
  expect(new Set(COMMANDS.map((command) => JSON.stringify(command))).size).toBe(36);
});

describe("an answer about recommendations", () => {
  it.each(EFFECTS_OF_ANSWERS)(
    "when consent is %s, and %s is answered, does %j and then %j",
    (before, recommendations, leaving, entering) => {
      const states = STATES.filter((state) => consentIn(state) === before);
      expect(states.length).toBeGreaterThan(0);
      for (const state of states) {
        for (const offers of ANSWERS) {
          const answer = { type: "answer", recommendations, ...(offers && { offers }) } as const;
          const change = changeConsent(state, answer);
          const isOffersNew = offers !== undefined && offers !== state.stored.offers;
          const isUnknown = recommendations !== state.stored.consent;
          const isOnlyKept = before === recommendations && (isOffersNew || isUnknown);
          expect(change.leaving).toEqual(isOnlyKept ? ["keep-answers"] : leaving);
          expect(change.entering).toEqual(entering);
          expect(consentIn(change.state)).toBe(recommendations);
          expect(change.state.stored.consent).toBe(recommendations);
          expect(change.state.stored.offers).toBe(offers ?? state.stored.offers);
        }
      }
    },
  );

  it("leaves the answer about offers as it is", () => {
    for (const state of STATES.filter(({ stored }) => stored.offers !== undefined)) {
      for (const recommendations of ["granted", "refused"] as const) {
        const next = changeConsent(state, { type: "answer", recommendations }).state;
        expect(next.offersAnswer).toBe(state.offersAnswer);
        if (state.offersDefault === undefined) {
          expect(offersConsentIn(next)).toBe(state.stored.offers);
        }
      }
    }
  });
});

describe("an answer about offers", () => {
  it.each(["granted", "refused"] as const)(
    "%s holds, is kept, and touches nothing else",
    (offers) => {
      for (const state of STATES) {
        const change = changeConsent(state, { type: "answer", offers });
        const isNew = state.stored.offers !== offers;
        expect(effectsOf(state, { type: "answer", offers })).toEqual(isNew ? ["keep-answers"] : []);
        const stored = { ...state.stored, offers };
        expect(change.state).toEqual({ ...state, stored, offersAnswer: offers });
        expect(offersConsentIn(change.state)).toBe(offers);
        expect(consentIn(change.state)).toBe(consentIn(state));
      }
    },
  );

  it("that was never given is refused with recommendations or by the browser's signal, else as the page assumes", () => {
    const unanswered = STATES.filter(
      ({ stored, offersAnswer }) => stored.offers === undefined && offersAnswer === undefined,
    );
    for (const state of unanswered) {
      const isRefused = state.globalPrivacyControl || consentIn(state) === "refused";
      const assumed = state.offersDefault === "granted" ? "granted" : "awaited";
      expect(offersConsentIn(state)).toBe(isRefused ? "refused" : assumed);
    }
  });

  it("of an earlier visit waits while the page's default is a no, and a no stays a no", () => {
    const asked = openingState("asking", false);
    const yes = changeConsent(asked, { type: "opened", stored: { offers: "granted" } }).state;
    expect(offersConsentIn(yes)).toBe("awaited");
    expect(offersConsentIn(changeConsent(yes, { type: "default", offers: "granted" }).state)).toBe(
      "granted",
    );
    const no = changeConsent(asked, { type: "opened", stored: { offers: "refused" } }).state;
    const lifted = changeConsent(no, { type: "default", offers: "granted" }).state;
    expect([no, lifted].map(offersConsentIn)).toEqual(["refused", "refused"]);
    const answered = changeConsent(lifted, { type: "answer", offers: "granted" }).state;
    const after = changeConsent(answered, { type: "default", offers: "refused" }).state;
    expect([answered, after].map(offersConsentIn)).toEqual(["granted", "granted"]);
  });
});

describe("in every state, with every command", () => {
  it("the page's default never overrides an answer of this visit", () => {
    for (const state of STATES.filter(({ answer }) => answer !== undefined)) {
      for (const page of CONSENT_MODES) expect(consentIn({ ...state, page })).toBe(state.answer);
    }
  });

  it("only another answer replaces an answer, here or in another tab", () => {
    forEveryChange((state, command, context) => {
      if (state.answer === undefined) return;
      const { state: next } = changeConsent(state, command);
      const isAnswer = command.type === "answer" && command.recommendations !== undefined;
      const isOtherTabs = "stored" in command && command.stored.consent !== state.stored.consent;
      if (!isAnswer && !isOtherTabs) expect(consentIn(next), context).toBe(state.answer);
    });
  });

  it("only an explicit no erases, and only a yes stores what was held in memory", () => {
    forEveryChange((state, command, context) => {
      const effects = effectsOf(state, command);
      const after = consentIn(changeConsent(state, command).state);
      const erases = effects.some((effect) => effect.startsWith("erase"));
      const refuses = command.type === "answer" && command.recommendations === "refused";
      if (erases) expect([refuses, after], context).toEqual([true, "refused"]);
      if (effects.includes("store-held")) expect(after, context).toBe("granted");
    });
  });

  it("the log moves exactly when consent changes, except at opening, which reads it anyway", () => {
    forEveryChange((state, command, context) => {
      const effects = effectsOf(state, command);
      const isMoved = consentIn(state) !== consentIn(changeConsent(state, command).state);
      const moves = effects.includes("move") || effects.includes("store-held");
      expect(moves, context).toBe(command.type !== "opened" && isMoved);
    });
  });

  it("this tab saves its own decisions, but not those of other tabs", () => {
    forEveryChange((state, command, context) => {
      const { stored } = changeConsent(state, command).state;
      const isNew = JSON.stringify(stored) !== JSON.stringify(state.stored);
      const keeps = effectsOf(state, command).includes("keep-answers");
      if (command.type === "answer" && isNew) expect(keeps, context).toBe(true);
      if (command.type === "answer") return;
      const known = "stored" in command ? command.stored : state.stored;
      expect([keeps, stored], context).toEqual([false, known]);
    });
  });

  it("only a default changes the page's, unless the page has asked, and none the browser's signal", () => {
    forEveryChange((state, command, context) => {
      const isDefault = command.type === "default" && command.recommendations !== undefined;
      const { page, globalPrivacyControl } = changeConsent(state, command).state;
      expect(globalPrivacyControl, context).toBe(state.globalPrivacyControl);
      const assumed = isDefault && command.recommendations === "granted" ? "auto" : "asking";
      const isKept = !isDefault || state.page === "granted";
      expect(page, context).toBe(isKept ? state.page : assumed);
    });
  });
});

describe("what is stored", () => {
  it.each([
    ["required", {}, "awaited"],
    ["required", { consent: "granted" }, "granted"],
    ["required", { consent: "refused" }, "refused"],
    ["asking", {}, "awaited"],
    ["asking", { consent: "granted" }, "awaited"],
    ["asking", { consent: "refused" }, "refused"],
    ["auto", {}, "granted"],
    ["auto", { consent: "refused" }, "refused"],
    ["granted", { consent: "refused" }, "granted"],
  ] as const)("opens a page where consent is %s, with %j, as %s", (page, stored, consent) => {
    const { state } = changeConsent(openingState(page, false), { type: "opened", stored });
    expect(consentIn(state)).toBe(consent);
  });

  it("counts as another tab's answer only if it has changed", () => {
    const stored = { consent: "refused" } as const;
    const asked = changeConsent(openingState("granted", false), { type: "opened", stored }).state;
    const paused = changeConsent(asked, { type: "followed", stored });
    expect(consentIn(paused.state)).toBe("granted");
    const granted = changeConsent(asked, {
      type: "followed",
      stored: { consent: "granted" },
    }).state;
    const refused = changeConsent(granted, { type: "followed", stored });
    expect(consentIn(refused.state)).toBe("refused");
    expect(refused.entering).toEqual(["move"]);
  });
});
