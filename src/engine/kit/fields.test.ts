import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytes, FieldError, flag, integer, list, number, object, siteUrl, text } from "./fields.ts";

const BOUNDS = { min: 1, max: 3 };
const SITE = "https://shop.example";

function refusalOf(read: () => unknown): FieldError {
  try {
    read();
  } catch (error) {
    if (error instanceof FieldError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("a refusal", () => {
  it("names the field, the value and what was expected", () => {
    const error = refusalOf(() => number(7, "items[2].quantity", BOUNDS));
    expect(error.field).toBe("items[2].quantity");
    expect(error.message).toBe(
      'Vitrine: field "items[2].quantity" is 7, expected a number from 1 to 3',
    );
  });

  it("abbreviates values of every kind", () => {
    const shown = (value: unknown) => refusalOf(() => flag(value, "f")).message;
    expect(shown("x".repeat(1000))).toContain(`"${"x".repeat(60)}",`);
    expect(shown([1, 2])).toContain("is a list of 2");
    expect(shown({ a: 1 })).toContain("is an object");
    expect(shown(null)).toContain("is null");
    expect(shown(undefined)).toContain("is undefined");
    expect(shown(Symbol("s"))).toContain("is Symbol(s)");
    expect(shown(10n)).toContain("is 10");
    expect(shown(Object.create(null))).toContain("is an object");
  });
});

describe("the readers", () => {
  it("accept an object, but neither null nor a list", () => {
    const fields = { a: 1 };
    expect(object(fields, "f")).toBe(fields);
    for (const bad of [null, [], "a", 1, undefined]) {
      expect(refusalOf(() => object(bad, "f")).message).toContain("expected an object");
    }
  });

  it("trim text before measuring it", () => {
    expect(text("  a b ", "f")).toBe("a b");
    expect(text("x".repeat(256), "f")).toHaveLength(256);
    for (const bad of ["", "   ", "x".repeat(257), 3, null]) {
      expect(refusalOf(() => text(bad, "f")).message).toContain("text of 1 to 256 characters");
    }
  });

  it("accept numbers within inclusive bounds, and never NaN", () => {
    expect(number(1, "f", BOUNDS)).toBe(1);
    expect(number(3, "f", BOUNDS)).toBe(3);
    for (const bad of [0.999, 3.001, Number.NaN, Number.POSITIVE_INFINITY, "2", null]) {
      expect(() => number(bad, "f", BOUNDS)).toThrow(FieldError);
    }
  });

  it("accept only whole numbers for counts", () => {
    expect(integer(2, "f", BOUNDS)).toBe(2);
    for (const bad of [2.5, 0, 4, Number.NaN, "2"]) {
      expect(() => integer(bad, "f", BOUNDS)).toThrow(FieldError);
    }
  });

  it("accept bytes only as a buffer", () => {
    const buffer = new ArrayBuffer(3);
    expect(bytes(buffer, "f")).toBe(buffer);
    for (const bad of [new Uint8Array(3), [1], "AAA", {}, null, undefined]) {
      expect(refusalOf(() => bytes(bad, "f")).message).toContain("expected bytes");
    }
  });

  it("accept true and false as flags, but no other truthy or falsy value", () => {
    expect(flag(false, "f")).toBe(false);
    for (const bad of [1, "true", null, undefined])
      expect(() => flag(bad, "f")).toThrow(FieldError);
  });

  it("name the wrong entry of a list", () => {
    const read = () => list(["a", 5], "tags", BOUNDS, (entry, field) => text(entry, field));
    expect(refusalOf(read).field).toBe("tags[1]");
    expect(refusalOf(() => list([], "tags", BOUNDS, String)).message).toContain(
      "is a list of 0, expected a list of 1 to 3 entries",
    );
  });

  it("refuse holes in a list like any other missing entry", () => {
    const holey = ["a", "b"];
    delete holey[0];
    const read = () => list(holey, "tags", BOUNDS, (entry, field) => text(entry, field));
    expect(refusalOf(read).field).toBe("tags[0]");
  });
});

describe("siteUrl", () => {
  it.each([
    "https://cdn.example/a.png",
    "HTTPS://cdn.example",
    "/p/1",
    "p/1?q=a:b",
    "#top",
    "?q=1",
  ])("takes %s", (url) => {
    expect(siteUrl(url, "url")).toBe(url);
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "  javascript:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "\u0000javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://a/b",
    "http://plain.example/a.png",
    "//elsewhere.example/a.png",
    "\u0001//elsewhere.example/a.png",
    "/\\elsewhere.example/a.png",
    "\\\\elsewhere.example",
    "https:///",
    "https:elsewhere.example",
    "https://",
  ])("refuses %j", (url) => {
    expect(refusalOf(() => siteUrl(url, "url")).message).toContain("expected an https address");
  });

  it("accepts nothing that a browser would read as another scheme or another site", () => {
    const piece = fc.constantFrom(
      "javascript:",
      "data:",
      "https:",
      "http:",
      "/",
      "\\",
      "//",
      "\t",
      "\n",
      "\u0000",
      "\u001f",
      "\u007f",
      "\u00a0",
      "\ufeff",
      " ",
      ":",
      "a",
      "evil.example",
      "?",
      "#",
      ".",
      "@",
    );
    const hostile = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((p) => p.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(hostile, (given) => {
        let url: string;
        try {
          url = siteUrl(given, "url");
        } catch (error) {
          expect(error).toBeInstanceOf(FieldError);
          return;
        }
        if (!URL.canParse(url, SITE)) return;
        const { protocol, origin } = new URL(url, SITE);
        expect(protocol).toBe("https:");
        if (!/^https:/i.test(url)) expect(origin).toBe(SITE);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });
});
