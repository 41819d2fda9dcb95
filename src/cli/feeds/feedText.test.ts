import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { feedText } from "./feedText.ts";

const latin = (text: string) => Buffer.from(text, "latin1");
const utf16 = (text: string) => Buffer.from(text, "utf16le");
const WORDS = "id,title\n1,Gläser für Öl à 5 €";

describe("feedText", () => {
  it.each([
    ["UTF-8", Buffer.from(WORDS), {}],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${WORDS}`), {}],
    ["UTF-16 with a mark", utf16(`\ufeff${WORDS}`), {}],
    ["UTF-16 with a mark, high byte first", utf16(`\ufeff${WORDS}`).swap16(), {}],
    ["UTF-16 without a mark", utf16(WORDS), {}],
    ["UTF-16 without a mark, high byte first", utf16(WORDS).swap16(), {}],
    ["gzip", gzipSync(WORDS), {}],
    ["gzip of another encoding", gzipSync(utf16(`\ufeff${WORDS}`)), {}],
    ["Windows' Western letters", Buffer.concat([latin(WORDS.slice(0, -1)), Buffer.of(0x80)]), {}],
    ["an encoding that the command names", utf16(WORDS), { encoding: "utf-16le" }],
    ["an encoding that the server names", utf16(WORDS), { served: "utf-16le" }],
  ])("reads %s", (_, bytes, options) => {
    expect(feedText(bytes, options).text).toBe(WORDS);
  });

  it("believes what XML and pages say of themselves", () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-2"?><title>\u00b3</title>';
    expect(feedText(latin(xml)).text).toContain("ł");
    const page = '<html><meta charset="windows-1251"><title>\u00ea</title>';
    expect(feedText(latin(page)).text).toContain("к");
  });

  it("says what it has taken for granted", () => {
    expect(feedText(latin("id,title\n1,Gläser")).note).toContain("windows-1252");
    const mixed = Buffer.concat([Buffer.from("Gläser".repeat(40)), Buffer.of(0xe4)]);
    expect(feedText(mixed)).toMatchObject({ note: expect.stringContaining("1 characters") });
    expect(feedText(Buffer.from(WORDS)).note).toBeUndefined();
  });

  it.each([
    [
      "letters that could be of any language",
      latin("\u00ea\u00f0\u00f3\u00e6\u00ea\u00e0 ".repeat(9)),
      {},
      "--encoding",
    ],
    ["an archive", Buffer.from("PK\u0003\u0004"), {}, "the file inside it"],
    ["half a gzip", gzipSync(WORDS).subarray(0, 20), {}, "whole gzip data"],
    ["an encoding that is none", Buffer.from(WORDS), { encoding: "klingon" }, "such as"],
    [
      "bytes that are not in the encoding named",
      Buffer.of(0xff, 0xff, 0x81),
      { encoding: "euc-kr" },
      "--encoding",
    ],
  ])("refuses %s", (_, bytes, options, reason) => {
    expect(() => feedText(bytes, options)).toThrow(reason);
  });
});
