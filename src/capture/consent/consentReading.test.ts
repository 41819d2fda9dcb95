import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ConsentReading,
  combineReadings,
  commandsOf,
  type Said,
  updateReading,
} from "./consentReading.ts";

const SAID: (Said | undefined)[] = ["yes", "no", "default-yes", "default-no", undefined];
const saids = fc.constantFrom(...SAID);
const readings: fc.Arbitrary<ConsentReading> = fc.record({ recommendations: saids, offers: saids });

describe("what several frameworks say together", () => {
  it.each<[Said[], Said]>([
    [["yes", "no"], "no"],
    [["no", "default-yes"], "no"],
    [["yes", "default-no"], "yes"],
    [["default-yes", "default-no"], "default-no"],
    [["default-yes", "yes"], "yes"],
    [["default-yes"], "default-yes"],
  ])("%j is %s, in any order and for both purposes", (all, expected) => {
    for (const order of [all, [...all].reverse()]) {
      for (const purpose of ["recommendations", "offers"] as const) {
        const combined = combineReadings(order.map((said) => ({ [purpose]: said })));
        expect(combined[purpose]).toBe(expected);
      }
    }
  });

  it("is a no exactly where one of them says no", () => {
    fc.assert(
      fc.property(fc.array(readings), (all) => {
        const hasNo = all.some(({ offers }) => offers === "no");
        expect(combineReadings(all).offers === "no").toBe(hasNo);
      }),
      { seed: 18 },
    );
  });
});

it("a framework's default never replaces its answer, and an answer always counts", () => {
  fc.assert(
    fc.property(fc.array(readings, { minLength: 1 }), (all) => {
      const last = all.reduce(updateReading, {});
      const answers = all.map(({ offers }) => offers).filter((s) => s === "yes" || s === "no");
      const defaults = all.map(({ offers }) => offers).filter((said) => said !== undefined);
      expect(last.offers).toBe(answers.at(-1) ?? defaults.at(-1));
    }),
    { seed: 18 },
  );
});

it.each<[ConsentReading, object[]]>([
  [{}, []],
  [
    { recommendations: "yes", offers: "no" },
    [
      { recommendations: "granted", isDefault: false },
      { offers: "refused", isDefault: false },
    ],
  ],
  [{ recommendations: "default-no" }, [{ recommendations: "refused", isDefault: true }]],
  [{ offers: "default-yes" }, [{ offers: "granted", isDefault: true }]],
])("%j becomes the commands %j", (reading, commands) => {
  expect(commandsOf({}, reading)).toEqual(commands);
});
