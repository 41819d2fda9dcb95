import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FieldError } from "../kit/fields.ts";
import {
  consentOf,
  parseConsentAnswer,
  parseConsentMode,
  parseDecision,
  parsePrivacyChoices,
  type RecordingFacts,
  recordingOf,
  withoutConsent,
} from "./consent.ts";

const FACTS: RecordingFacts = {
  choices: {},
  consent: "granted",
  isGuest: false,
  globalPrivacyControl: false,
  hasStorage: true,
};

describe("recording", () => {
  it.each<[Partial<RecordingFacts>, ReturnType<typeof recordingOf>]>([
    [{}, { to: "browser" }],
    [{ choices: { paused: false } }, { to: "browser" }],
    [{ choices: { paused: true } }, { to: "nowhere", because: "paused" }],
    [{ globalPrivacyControl: true }, { to: "nowhere", because: "global-privacy-control" }],
    [{ globalPrivacyControl: true, choices: { paused: false } }, { to: "browser" }],
    [
      { globalPrivacyControl: true, isGuest: true },
      { to: "memory", because: "guest" },
    ],
    [{ consent: "awaited" }, { to: "memory", because: "consent-awaited" }],
    [{ consent: "refused" }, { to: "nowhere", because: "consent-refused" }],
    [
      { consent: "refused", choices: { paused: false } },
      { to: "nowhere", because: "consent-refused" },
    ],
    [
      { consent: "refused", isGuest: true },
      { to: "memory", because: "guest" },
    ],
    [
      { isGuest: true, choices: { paused: true } },
      { to: "nowhere", because: "paused" },
    ],
    [{ hasStorage: false }, { to: "memory", because: "no-storage" }],
  ])("with %j goes %j", (facts, expected) => {
    expect(recordingOf({ ...FACTS, ...facts })).toEqual(expected);
  });

  it("is never stored in the browser without consent, for a guest or when paused, and always gives the reason", () => {
    const facts = fc.record<RecordingFacts>({
      choices: fc.constantFrom({}, { paused: true }, { paused: false }),
      consent: fc.constantFrom("awaited", "granted", "refused"),
      isGuest: fc.boolean(),
      globalPrivacyControl: fc.boolean(),
      hasStorage: fc.boolean(),
    });
    fc.assert(
      fc.property(facts, (given) => {
        const { to, because } = recordingOf(given);
        const mayStore = given.consent === "granted" && !given.isGuest && !given.choices.paused;
        if (!mayStore) expect(to).not.toBe("browser");
        expect(because === undefined).toBe(to === "browser");
      }),
      { seed: 45 },
    );
  });
});

describe("consent", () => {
  it.each([
    ["required", undefined, "awaited"],
    ["required", "granted", "granted"],
    ["required", "refused", "refused"],
    ["auto", undefined, "granted"],
    ["auto", "refused", "refused"],
    ["granted", undefined, "granted"],
    ["granted", "refused", "granted"],
  ] as const)("where it is %s, and %s is stored, is %s", (mode, stored, expected) => {
    expect(consentOf(mode, stored)).toBe(expected);
  });
});

describe("choices", () => {
  it("survive a round trip", () => {
    const choices = { paused: true, consent: "granted", retentionDays: 30 };
    expect(parsePrivacyChoices({ ...choices, other: 1 })).toEqual(choices);
    expect(parsePrivacyChoices({ ...choices, offers: "refused" })).toEqual({
      ...choices,
      offers: "refused",
    });
    expect(parsePrivacyChoices({})).toEqual({});
  });

  it.each([
    ["paused", { paused: "yes" }],
    ["consent", { consent: "awaited" }],
    ["offers", { offers: "awaited" }],
    ["offers", { offers: true }],
    ["retentionDays", { retentionDays: 6 }],
    ["retentionDays", { retentionDays: 401 }],
    ["retentionDays", { retentionDays: 7.5 }],
    ["choices", []],
  ])("with a bad %s are refused: %j", (field, value) => {
    expect(() => parsePrivacyChoices(value)).toThrow(FieldError);
    expect(() => parsePrivacyChoices(value)).toThrow(`"${field}"`);
  });

  it("leave this browser without the consent", () => {
    const choices = { paused: true, consent: "granted", offers: "refused" } as const;
    expect(withoutConsent(choices)).toEqual({ paused: true });
    expect(withoutConsent({})).toEqual({});
  });

  it("accept only known values", () => {
    expect((["required", "granted", "auto"] as const).map(parseConsentMode)).toEqual([
      "required",
      "granted",
      "auto",
    ]);
    expect(["granted", "refused"].map((value) => parseDecision(value))).toEqual([
      "granted",
      "refused",
    ]);
    expect(() => parseDecision("")).toThrow('"consent"');
  });

  it("name what was expected", () => {
    expect(() => parseConsentMode("maybe")).toThrow('"consent"');
    expect(() => parseConsentMode("maybe")).toThrow(
      '"maybe", expected one of required, granted, auto',
    );
    expect(() => parseDecision("yes")).toThrow('"yes", expected granted or refused');
  });
});

describe("an answer", () => {
  it.each([
    ["granted", { recommendations: "granted" }],
    ["refused", { recommendations: "refused" }],
    [{ offers: "granted" }, { offers: "granted" }],
    [{ recommendations: "refused", other: 1 }, { recommendations: "refused" }],
    [
      { recommendations: "granted", offers: "refused" },
      { recommendations: "granted", offers: "refused" },
    ],
  ])("%j is about %j", (value, answer) => {
    expect(parseConsentAnswer(value)).toEqual(answer);
  });

  it.each<[string, unknown]>([
    ["consent", "yes"],
    ["consent", true],
    ["consent", undefined],
    ["consent", null],
    ["consent", ["granted"]],
    ["consent", {}],
    ["consent", { offer: "granted" }],
    ["recommendations", { recommendations: "awaited" }],
    ["offers", { recommendations: "granted", offers: true }],
    ["offers", { offers: null }],
    ["isDefault", { offers: "granted", isDefault: "yes" }],
    ["consent", { isDefault: true }],
  ])("with a bad %s is refused: %j", (field, value) => {
    expect(() => parseConsentAnswer(value)).toThrow(FieldError);
    expect(() => parseConsentAnswer(value)).toThrow(`"${field}"`);
  });
});
