import { gunzipSync } from "node:zlib";
import { FieldError } from "../../engine/kit/fields.ts";

export interface FeedText {
  text: string;
  /** The assumption that was made, as a sentence; undefined if none was needed. */
  note?: string;
}

export interface FeedTextOptions {
  /** The encoding given to the command; by default what the file declares. */
  encoding?: string | undefined;
  /** The encoding that the server named. */
  served?: string | undefined;
}

const MARKS: [encoding: string, bytes: number[]][] = [
  ["utf-8", [0xef, 0xbb, 0xbf]],
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];
const HEAD_BYTES = 2048;

/**
 * The text of a feed's bytes, gzip or not: in the encoding that the command, a byte order mark, the file
 * itself or its server names, else UTF-8, else Windows-1252.
 * @throws {FieldError} for an archive, an unknown encoding, or one that cannot be guessed.
 */
export function feedText(bytes: Uint8Array, options: FeedTextOptions = {}): FeedText {
  const plain = unpacked(bytes);
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => plain[at] === byte))?.[0];
  const named = options.encoding ?? marked ?? declaredIn(plain) ?? options.served;
  if (named !== undefined && !/^utf-?8$/i.test(named)) return { text: decode(plain, named, true) };
  const utf16 = named === undefined ? zerosOf(plain) : undefined;
  if (utf16 !== undefined) return { text: decode(plain, utf16, true) };
  return guessed(plain);
}

function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new FieldError("feed", "a ZIP archive or spreadsheet", "the file inside it, or CSV");
  }
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new FieldError("feed", (error as Error).message, "whole gzip data");
  }
}

/** `<?xml encoding="…"?>`, or a page's `<meta charset>`. */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, HEAD_BYTES));
  const [, xml] = /^\s*<\?xml[^>]*\bencoding=["']([\w-]+)["']/i.exec(head) ?? [];
  const [, page] = /<meta[^>]+charset=["']?([\w-]+)/i.exec(head) ?? [];
  return xml ?? page;
}

/** UTF-16 without a byte order mark: every second byte of the first letters is 0. */
function zerosOf(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 64);
  if (head.length < 4 || head.indexOf(0) < 0) return undefined;
  return head[0] === 0 ? "utf-16be" : "utf-16le";
}

function guessed(bytes: Uint8Array): FeedText {
  const text = decode(bytes, "utf-8", false);
  const damaged = text.split("\ufffd").length - 1;
  if (damaged === 0) return { text };
  const whole = (text.match(/[\u0080-\ufffc]/g) ?? []).length;
  if (whole > 10 * damaged) {
    return {
      text,
      note: `${damaged} characters are damaged: they are not UTF-8 like the rest`,
    };
  }
  const western = decode(bytes, "windows-1252", true);
  const foreign = western.match(/[\u0080-\u00ff]{4,}/g)?.length ?? 0;
  if (foreign > 5) {
    throw new FieldError("encoding", "neither UTF-8 nor named", "its name with --encoding");
  }
  const note =
    "it is not UTF-8 and names no encoding: read as windows-1252 (--encoding names another)";
  return { text: western, note };
}

/** @throws {FieldError} for an unknown encoding, and, if `isFatal`, for bytes that are invalid in it. */
function decode(bytes: Uint8Array, encoding: string, isFatal: boolean): string {
  try {
    const decoder = new TextDecoder(encoding, { fatal: isFatal });
    const text = decoder.decode(bytes);
    return decoder.encoding === "windows-1252" ? withWindowsSigns(text) : text;
  } catch (error) {
    const expected =
      error instanceof RangeError
        ? 'the name of an encoding, such as "windows-1252"'
        : "the encoding that the file is in; name it with --encoding";
    throw new FieldError("encoding", encoding, expected);
  }
}

const WINDOWS_SIGNS = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Some versions of Node read windows-1252 as Latin-1, which has control characters there. */
function withWindowsSigns(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_SIGNS[sign.charCodeAt(0) - 0x80]!);
}
