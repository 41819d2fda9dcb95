import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FieldError } from "../engine/kit/fields.ts";
import { FRAME_METHODS } from "../worker/protocol.ts";
import { isHello, parseCall } from "./frameProtocol.ts";

const SHOP = "https://shop.example";
const parent = {};
const hello = { vitrine: 1, type: "hello", consent: "required" };

function message(changes: object): Parameters<typeof isHello>[0] {
  return { data: hello, origin: SHOP, source: parent, ports: [{}], ...changes } as never;
}

describe("isHello", () => {
  const greets = (changes: object) => isHello(message(changes), { shops: [SHOP], parent });

  it("is true for the first message of a shop that the frame serves, from the page around it", () => {
    expect(greets({})).toBe(true);
  });

  it("is false for another origin, another window, another form, or without a port", () => {
    for (const origin of ["https://shop.example.evil", "http://shop.example", "null", ""]) {
      expect(greets({ origin })).toBe(false);
    }
    expect(greets({ source: {} })).toBe(false);
    expect(greets({ ports: [] })).toBe(false);
    expect(greets({ data: { ...hello, consent: "whatever" } })).toBe(false);
  });

  it("is false for messages of any other kind", () => {
    fc.assert(
      fc.property(fc.anything(), (data) => !greets({ data })),
      { seed: 52 },
    );
  });
});

describe("parseCall", () => {
  it("accepts calls of allowed methods", () => {
    const call = { id: 1, method: "recommend", args: [{ strategy: "for-you" }] };
    expect(parseCall(call)).toEqual(call);
  });

  it("refuses methods that would read events or weights, and any other name", () => {
    for (const method of ["inspect", "exportNetwork", "train", "constructor", "__proto__"]) {
      expect(() => parseCall({ id: 1, method, args: [] })).toThrow(FieldError);
    }
    expect(FRAME_METHODS).toEqual([
      "observe",
      "recommend",
      "products",
      "erase",
      "pause",
      "resume",
      "startGuestVisit",
      "endGuestVisit",
      "setConsent",
    ]);
  });

  it("accepts a call of an allowed method, and throws a FieldError for anything else", () => {
    const call = fc.record({
      id: fc.oneof(fc.nat(), fc.anything()),
      method: fc.oneof(fc.constantFrom(...FRAME_METHODS), fc.anything()),
      args: fc.oneof(fc.array(fc.anything()), fc.anything()),
    });
    fc.assert(
      fc.property(fc.oneof(call, fc.anything()), (data) => {
        try {
          expect(FRAME_METHODS).toContain(parseCall(data).method);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldError);
        }
      }),
      { seed: 53 },
    );
  });
});
