import { type PrivacyChoices, parsePrivacyChoices, withoutConsent } from "../events/consent.ts";
import { isOfUse, type Muted, parseMuted } from "../events/selection.ts";
import { type KeptEvent, parseShopEvent, type StoredEvent } from "../events/shopEvent.ts";
import {
  type Bounds,
  FieldError,
  type Fields,
  flag,
  integer,
  list,
  number,
  object,
  text,
} from "../kit/fields.ts";
import { hashTexts } from "../kit/hash.ts";
import { messageOf, VitrineError } from "../kit/message.ts";
import { isOutdated, networksFromBytes } from "../network/networkFile.ts";

/**
 * Everything about a shopper in one file: JSON, in UTF-8.
 *
 *     { "format": "vitrine-export", "version": 2, "checksum": 123, "content": {
 *         "exportedAt": 1768478400000,        milliseconds since 1970
 *         "events": [{ "type": "view", "at": …, "productId": …, "muted"?: true }, …],   oldest first
 *         "network": "…" or null,             base64 of the networks in use, see networkFile.ts
 *         "choices": { "paused"?: …, "retentionDays"?: … },
 *         "muted": { "products": […], "categories": [[…], …] },
 *         "page": { "cart": "…", … } } }      what the page keeps for this shopper, in its own format
 *
 * Version 1, which can still be read, had no `page`.
 *
 * `checksum` is FNV-1a over `JSON.stringify(content)`, to detect damage. With a passphrase, `encrypted`
 * replaces `checksum` and `content`: { "iterations": 600000, "salt", "iv", "data" }, the last three in
 * base64; `data` is the content's JSON, encrypted with AES-GCM under a key derived from the passphrase
 * with PBKDF2 (SHA-256).
 */
export interface ExportContent {
  exportedAt: number;
  events: KeptEvent[];
  network: ArrayBuffer | undefined;
  choices: PrivacyChoices;
  muted: Muted;
  page: PageTexts;
}

/**
 * The data that the page around the engine keeps for this shopper (a cart, orders): one text per name.
 * The engine passes it on without reading it.
 */
export type PageTexts = Readonly<Record<string, string>>;

const FORMAT = "vitrine-export";
const VERSION = 2;
/** OWASP's recommendation for PBKDF2 with SHA-256, and a limit, so that a hostile file cannot demand hours. */
const ITERATIONS = { min: 600_000, max: 5_000_000 };
const PASSPHRASE_LENGTH = { min: 8, max: 1024 };
export const MAX_FILE_BYTES = 256 * 2 ** 20;
const EVENTS = { min: 0, max: 1_000_000 };
const BASE64 = { min: 0, max: 4 * 2 ** 20 };
const MAX_PAGE_TEXTS = 32;
const PAGE_NAME = { min: 1, max: 64 };
const PAGE_TEXT = { min: 0, max: 4 * 2 ** 20 };
const LATEST_TIME = 8.64e15;

/** @throws {FieldError} for a passphrase of fewer than 8 characters, or a malformed `page`. */
export async function writeExport(
  content: ExportContent,
  passphrase?: string,
): Promise<ArrayBuffer> {
  const { network, choices, page, ...rest } = content;
  const plain = {
    ...rest,
    network: network ? toBase64(new Uint8Array(network)) : null,
    choices: withoutConsent(choices),
    page: parsePage(page),
  };
  const json = JSON.stringify(plain);
  const body =
    passphrase === undefined
      ? { checksum: hashTexts([json]), content: plain }
      : { encrypted: await encrypt(json, phrase(passphrase)) };
  return bytesOf(JSON.stringify({ format: FORMAT, version: VERSION, ...body })).buffer;
}

/**
 * Reads and checks a complete file before anything in it is used.
 * @throws {FieldError} naming the wrong field; {Error} for a wrong passphrase or a damaged file.
 */
export async function readExport(
  bytes: ArrayBuffer,
  { passphrase, now }: { passphrase?: string | undefined; now: number },
): Promise<ExportContent> {
  if (!(bytes instanceof ArrayBuffer)) throw new FieldError("file", bytes, "an ArrayBuffer");
  integer(bytes.byteLength, "file size", { min: 2, max: MAX_FILE_BYTES });
  const file = object(parseJson(bytes), "file");
  if (file.format !== FORMAT) throw noExport(new FieldError("format", file.format, FORMAT).message);
  const version = integer(file.version, "version", { min: 1, max: 2 ** 31 });
  if (version > VERSION) throw newer(version);
  if (file.encrypted === undefined) return parseContent(checked(file), now);
  if (passphrase === undefined)
    throw new VitrineError(
      "passphrase-missing",
      "The file is encrypted and needs its passphrase",
      {},
    );
  return parseContent(await decrypt(object(file.encrypted, "encrypted"), passphrase), now);
}

/**
 * Merges a file's events into the stored ones, sorted by time, and skips those already stored. Two equal
 * events in the file count twice.
 */
export function mergeEvents(
  stored: readonly StoredEvent[],
  added: readonly KeptEvent[],
): { events: KeptEvent[]; added: number } {
  const kept = stored.map(({ seq: _seq, ...event }) => event as KeptEvent);
  const counts = new Map<string, number>();
  for (const event of kept) counts.set(keyOf(event), (counts.get(keyOf(event)) ?? 0) + 1);
  const fresh = added.filter((event) => {
    const count = counts.get(keyOf(event)) ?? 0;
    counts.set(keyOf(event), count - 1);
    return count <= 0;
  });
  const events = [...kept, ...fresh].sort((left, right) => left.at - right.at);
  return { events, added: fresh.length };
}

export function mergeMuted(left: Muted, right: Muted): Muted {
  const categories = [...left.categories, ...right.categories].map((path) => JSON.stringify(path));
  return {
    products: [...new Set([...left.products, ...right.products])],
    categories: [...new Set(categories)].map((path) => JSON.parse(path) as string[]),
  };
}

function keyOf({ muted: _muted, ...event }: KeptEvent): string {
  return JSON.stringify(Object.entries(event).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function parseJson(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw noExport((error as Error).message);
  }
}

function checked({ checksum, content }: Fields): unknown {
  const expected = number(checksum, "checksum", { min: 0, max: 2 ** 32 });
  const actual = hashTexts([writtenAnew(object(content, "content"))]);
  if (actual !== expected) throw damaged("its checksum does not match");
  return content;
}

/** JSON can be read at any depth, but not written. */
function writtenAnew(content: Fields): string {
  try {
    return JSON.stringify(content);
  } catch (error) {
    throw damaged(`it is nested too deep for an export (${(error as Error).message})`);
  }
}

function noExport(why: string): VitrineError {
  return new VitrineError("no-export", `The file is not a Vitrine export: ${why}`, {});
}

function newer(version: number): VitrineError {
  const message = `The file's field "version" is ${version}, expected ${VERSION} at most`;
  return new VitrineError("export-newer", message, { version, known: VERSION });
}

function damaged(how: string): VitrineError {
  return new VitrineError("export-damaged", `The file is damaged: ${how}`, {});
}

function parseContent(value: unknown, now: number): ExportContent {
  const content = object(value, "content");
  return {
    exportedAt: number(content.exportedAt, "exportedAt", { min: 0, max: LATEST_TIME }),
    events: list(content.events, "events", EVENTS, (event, field) =>
      parseEvent(event, field, now),
    ).filter(isOfUse),
    network: content.network === null ? undefined : parseNetwork(content.network),
    choices: withoutConsent(parsePrivacyChoices(content.choices)),
    muted: parseMuted(content.muted),
    page: content.page === undefined ? {} : parsePage(content.page),
  };
}

function parsePage(value: unknown): PageTexts {
  const texts = Object.entries(object(value, "page"));
  integer(texts.length, "number of page texts", { min: 0, max: MAX_PAGE_TEXTS });
  for (const [name, content] of texts) {
    text(name, "name of a page text", PAGE_NAME);
    text(content, `page.${name}`, PAGE_TEXT);
  }
  return Object.fromEntries(texts) as PageTexts;
}

function parseEvent(value: unknown, field: string, now: number): KeptEvent {
  try {
    const event = parseShopEvent(value, now);
    const { muted = false } = value as Fields;
    return flag(muted, "muted") ? { ...event, muted: true } : event;
  } catch (error) {
    const because = messageOf(error);
    const message = `The file's ${field} is no event: ${because.message}`;
    throw new VitrineError("export-event", message, { field, because });
  }
}

/** A network of another version is left out: the events are here to learn from again. */
function parseNetwork(value: unknown): ArrayBuffer | undefined {
  const bytes = fromBase64(value, "network", BASE64).buffer;
  if (isOutdated(bytes)) return undefined;
  networksFromBytes(bytes); // Throws unless they are complete.
  return bytes;
}

async function encrypt(json: string, passphrase: string) {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const iterations = ITERATIONS.min;
  const key = await keyFrom(passphrase, salt, iterations);
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytesOf(json));
  const [saltText, ivText] = [toBase64(salt), toBase64(iv)];
  return { iterations, salt: saltText, iv: ivText, data: toBase64(new Uint8Array(data)) };
}

async function decrypt(fields: Fields, passphrase: string): Promise<unknown> {
  const iterations = integer(fields.iterations, "encrypted.iterations", ITERATIONS);
  const salt = fromBase64(fields.salt, "encrypted.salt", { min: 1, max: 1024 });
  const iv = fromBase64(fields.iv, "encrypted.iv", { min: 16, max: 16 });
  const data = fromBase64(fields.data, "encrypted.data", { min: 1, max: MAX_FILE_BYTES });
  const key = await keyFrom(passphrase, salt, iterations);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, data).catch(() => {
    throw new VitrineError(
      "wrong-passphrase",
      "The passphrase is wrong, or the file is damaged",
      {},
    );
  });
  return parseJson(plain);
}

async function keyFrom(
  passphrase: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<CryptoKey> {
  if (globalThis.crypto?.subtle === undefined) {
    const message = "This page's connection is not secure, so that browsers do not encrypt on it";
    throw new VitrineError("cannot-encrypt", message, {});
  }
  const secret = bytesOf(passphrase.normalize("NFC"));
  const base = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  const cipher = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(derivation, base, cipher, false, ["encrypt", "decrypt"]);
}

/** Not shown in an error: a passphrase must not end up on a screen or in a log. */
function phrase(passphrase: string): string {
  const { min, max } = PASSPHRASE_LENGTH;
  const length = typeof passphrase === "string" ? passphrase.length : 0;
  if (length >= min && length <= max) return passphrase;
  const message = `The passphrase has ${length} characters, expected ${min} to ${max}`;
  throw new VitrineError("passphrase-length", message, { min, max });
}

function bytesOf(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(content);
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

function fromBase64(value: unknown, field: string, bounds: Bounds): Uint8Array<ArrayBuffer> {
  const encoded = text(value, field, bounds);
  try {
    return Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
  } catch {
    throw new FieldError(field, value, "base64");
  }
}
