import { describe, expect, it } from "vitest";
import { readConsentCommand, readGoogleConsent } from "./googleConsent.ts";

type Command = [command: string, signals: Record<string, unknown>];

function entry(..._: unknown[]): unknown {
  // biome-ignore lint/complexity/noArguments: gtag pushes exactly this
  return arguments;
}

function read(...commands: Command[]) {
  const parsed = commands.map(([command, params]) =>
    readConsentCommand(entry("consent", command, params)),
  );
  return readGoogleConsent(parsed.filter((one) => one !== undefined));
}

const every = (names: string[], value: string) =>
  Object.fromEntries(names.map((name) => [name, value]));
const FOUR = ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"];
const SEVEN = [...FOUR, "personalization_storage", "functionality_storage", "security_storage"];

describe("Google's own snippet of four signals", () => {
  it("waits while it is denied by default", () => {
    expect(read(["default", { ...every(FOUR, "denied"), wait_for_update: 500 }])).toEqual({
      recommendations: "default-no",
      offers: "default-no",
    });
  });

  it("takes an update of all four as an answer", () => {
    const denied: Command = ["default", every(FOUR, "denied")];
    const [yes, no] = ["yes", "no"].map((said) => ({ recommendations: said, offers: said }));
    expect(read(denied, ["update", every(FOUR, "granted")])).toEqual(yes);
    expect(read(denied, ["update", every(FOUR, "denied")])).toEqual(no);
    expect(read(["update", every(FOUR, "granted")], denied)).toEqual(yes);
  });

  it("waits where analytics and advertising were answered differently", () => {
    expect(
      read(["default", every(FOUR, "denied")], ["update", { analytics_storage: "granted" }]),
    ).toEqual({ recommendations: "default-no", offers: "default-no" });
  });
});

describe("regions", () => {
  const denied = { ...every(SEVEN, "denied"), region: ["DE", "FR", "IT"] };
  it.each<[string, Command[], string]>([
    [
      "the region's first",
      [
        ["default", denied],
        ["default", every(SEVEN, "granted")],
      ],
      "default-no",
    ],
    [
      "the region's last",
      [
        ["default", every(SEVEN, "granted")],
        ["default", denied],
      ],
      "default-no",
    ],
    [
      "a region that is one text and no list",
      [
        ["default", every(SEVEN, "denied")],
        ["default", { ...every(SEVEN, "granted"), region: "US" }],
      ],
      "default-no",
    ],
    [
      "one state's denial",
      [
        ["default", { personalization_storage: "denied", region: ["US-CA"] }],
        ["default", every(SEVEN, "granted")],
      ],
      "default-no",
    ],
    [
      "a later default of the same regions, in another order",
      [
        ["default", denied],
        ["default", { ...every(SEVEN, "granted"), region: ["IT", "DE", "FR"] }],
      ],
      "default-yes",
    ],
    [
      "an update, which holds everywhere",
      [
        ["update", every(SEVEN, "granted")],
        ["default", denied],
      ],
      "yes",
    ],
  ])("%s: the strictest default counts", (_, commands, expected) => {
    expect(read(...commands)?.recommendations).toBe(expected);
  });
});

it("personalization decides about recommendations, else functionality; ad_personalization about offers", () => {
  const answer = (signals: Record<string, string>) => read(["update", signals]);
  expect(answer({ ...every(SEVEN, "granted"), personalization_storage: "denied" })).toEqual({
    recommendations: "no",
    offers: "yes",
  });
  expect(answer({ ...every(FOUR, "denied"), functionality_storage: "granted" })).toEqual({
    recommendations: "yes",
    offers: "no",
  });
  expect(answer({ ad_user_data: "denied", ad_personalization: "denied" })).toEqual({
    recommendations: "default-no",
    offers: "no",
  });
  expect(answer({ ad_storage: "granted" })?.recommendations).toBe("default-no");
  expect(answer({ analytics_storage: "denied", ad_storage: "denied" })?.recommendations).toBe("no");
});

it("reads only what gtag pushes, and only its two commands", () => {
  for (const other of [
    ["consent", "default", {}],
    { event: "consent" },
    entry("consent", "request", {}),
    entry("event", "default", {}),
    entry("consent"),
    null,
  ]) {
    expect(readConsentCommand(other)).toBeUndefined();
  }
  expect(readGoogleConsent([])).toBeUndefined();
});
