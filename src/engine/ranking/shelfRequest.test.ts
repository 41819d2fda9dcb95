import { describe, expect, it } from "vitest";
import { FieldError } from "../kit/fields.ts";
import { parseShelfRequest, REQUEST_DEFAULTS, STRATEGIES } from "./shelfRequest.ts";

const parse = (more: object = {}) => parseShelfRequest({ strategy: "for-you", ...more });

describe("a request for a shelf", () => {
  it("is read with its defaults, and nothing else", () => {
    expect(parse()).toEqual({
      strategy: "for-you",
      limit: 12,
      exclude: [],
      kept: [],
      diversity: 0.3,
      exploration: 0,
      personalization: 1,
      reroll: 0,
    });
    expect(REQUEST_DEFAULTS).toEqual({
      diversity: 0.3,
      exploration: 0,
      personalization: 1,
      reroll: 0,
    });
  });

  it("is read completely, without unknown fields", () => {
    const whole = {
      strategy: "related",
      limit: 3,
      productId: "k1",
      exclude: ["k2"],
      among: ["k3", "k4"],
      diversity: 1,
      exploration: 0.5,
      kept: ["k5"],
      personalization: 0.25,
      reroll: 7,
      at: 5,
    };
    expect(parseShelfRequest({ ...whole, color: "red" })).toEqual(whole);
  });

  it.each([
    "limit",
    "productId",
    "exclude",
    "among",
    "kept",
    "at",
    ...Object.keys(REQUEST_DEFAULTS),
  ])("with %s undefined is one without it", (field) => {
    expect(parse({ [field]: undefined })).toEqual(parse());
  });

  it("may be for any strategy", () => {
    expect(STRATEGIES.map((strategy) => parse({ strategy }).strategy)).toEqual([...STRATEGIES]);
  });

  it("accepts version 0.1's spelling of personalization, but prefers the new one", () => {
    expect(parse({ personalisation: 0.5 }).personalization).toBe(0.5);
    expect(parse({ personalisation: 0.5, personalization: 0.2 }).personalization).toBe(0.2);
  });

  it.each([
    ["limit", 1, 200, 1],
    ["diversity", 0, 10, 0.01],
    ["exploration", 0, 1, 0.01],
    ["personalization", 0, 1, 0.01],
    ["reroll", 0, 2 ** 32 - 1, 1],
    ["at", 0, 8.64e15, 1],
  ])("takes %s from %d to %d, ends included, and nothing beyond", (field, min, max, step) => {
    for (const value of [min, max])
      expect(parse({ [field]: value })).toMatchObject({ [field]: value });
    for (const value of [min - step, max + step, "1"]) {
      expect(() => parse({ [field]: value })).toThrow(FieldError);
      expect(() => parse({ [field]: value })).toThrow(`"${field}"`);
    }
  });

  it.each(["exclude", "among", "kept"])("accepts a list of up to 10,000 ids as %s", (field) => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `p${index}`);
    expect(parse({ [field]: [] })).toMatchObject({ [field]: [] });
    expect(parse({ [field]: ids(10_000) })).toMatchObject({ [field]: ids(10_000) });
    expect(() => parse({ [field]: ids(10_001) })).toThrow(`"${field}"`);
    expect(() => parse({ [field]: ["k1", 2] })).toThrow(`"${field}[1]"`);
  });

  it.each([
    ["request", null],
    ["request", "for-you"],
    ["strategy", {}],
    ["strategy", { strategy: "for-me" }],
    ["limit", { strategy: "new", limit: 1.5 }],
    ["productId", { strategy: "related", productId: " " }],
    ["reroll", { strategy: "new", reroll: 0.5 }],
  ])("is refused by the name %s: %j", (field, value) => {
    expect(() => parseShelfRequest(value)).toThrow(FieldError);
    expect(() => parseShelfRequest(value)).toThrow(`"${field}"`);
  });
});
