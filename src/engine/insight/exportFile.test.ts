import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyEvent, fixtureCatalog, NOW, randomNetwork, view } from "../../testing/fixtures.ts";
import { hashTexts } from "../kit/hash.ts";
import { isOutdated, networkToBytes } from "../network/networkFile.ts";
import {
  type ExportContent,
  mergeEvents,
  mergeMuted,
  readExport,
  writeExport,
} from "./exportFile.ts";

const catalog = fixtureCatalog();
const CONTENT: ExportContent = {
  exportedAt: NOW,
  events: [view("k1"), { ...view("g1"), muted: true }],
  network: networkToBytes(randomNetwork(3)),
  choices: { paused: true, retentionDays: 30 },
  muted: { products: ["b1"], categories: [["Garden", "Tools"]] },
  page: { cart: '["k1"]' },
};
const PASSPHRASE = "a fox in the fog";
const fileOf = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).buffer;
const jsonOf = (bytes: ArrayBuffer) => JSON.parse(new TextDecoder().decode(bytes));
const read = (bytes: ArrayBuffer, passphrase?: string) =>
  readExport(bytes, { passphrase, now: NOW });
/** Comparable, because `toEqual` considers any two ArrayBuffers equal. */
const plain = ({ network, ...rest }: ExportContent) => ({
  ...rest,
  network: network && [...new Uint8Array(network)],
});

describe("an export file", () => {
  it.each([undefined, PASSPHRASE])(
    "comes back as it was, with the passphrase %j",
    async (passphrase) => {
      const bytes = await writeExport(CONTENT, passphrase);
      expect(plain(await read(bytes, passphrase))).toEqual(plain(CONTENT));
    },
  );

  it("survives a round trip for any history", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyEvent(catalog), { maxLength: 20 }), async (events) => {
        const content = { ...CONTENT, events, network: undefined };
        const kept = events.filter(({ type }) => type !== "search");
        expect(await read(await writeExport(content))).toEqual({ ...content, events: kept });
      }),
      { numRuns: 50, seed: 46 },
    );
  });

  it("of version 1, without the page's content, can still be imported", async () => {
    const { page: _page, ...content } = jsonOf(await writeExport(CONTENT)).content;
    const checksum = hashTexts([JSON.stringify(content)]);
    const file = fileOf({ format: "vitrine-export", version: 1, checksum, content });
    expect(plain(await read(file))).toEqual(plain({ ...CONTENT, page: {} }));
  });

  it("written by version 0.1 is imported without its consent, searches and outdated network", async () => {
    const file = readFileSync(new URL("../../testing/export-0.1.json", import.meta.url));
    const content = await read(new Uint8Array(file).buffer);
    const { events, network, ...others } = JSON.parse(file.toString()).content;
    expect(plain(content)).toEqual({
      ...others,
      events: events.filter(({ type }: { type: string }) => type !== "search"),
      network: undefined,
      choices: { paused: true, retentionDays: 30 },
    });
    expect(new Set(content.events.map(({ type }) => type)).size).toBe(9);
    expect(isOutdated(new Uint8Array(Buffer.from(network, "base64")).buffer)).toBe(true);
  });

  it("with consent, which we never write, is read without it", async () => {
    const content = jsonOf(await writeExport(CONTENT)).content;
    Object.assign(content.choices, { consent: "granted", offers: "granted" });
    const checksum = hashTexts([JSON.stringify(content)]);
    const file = fileOf({ format: "vitrine-export", version: 2, checksum, content });
    expect((await read(file)).choices).toEqual(CONTENT.choices);
  });

  it.each<[string, unknown]>([
    ["page", []],
    ["page.cart", { cart: 5 }],
    ["name of a page text", { "": "" }],
    ["number of page texts", Object.fromEntries(Array.from({ length: 33 }, (_, at) => [at, ""]))],
  ])("takes no bad %s out or in", async (field, page) => {
    await expect(writeExport({ ...CONTENT, page } as never)).rejects.toThrow(`"${field}"`);
    const content = { ...jsonOf(await writeExport(CONTENT)).content, page };
    const checksum = hashTexts([JSON.stringify(content)]);
    const file = fileOf({ format: "vitrine-export", version: 2, checksum, content });
    await expect(read(file)).rejects.toThrow(`"${field}"`);
  });

  it("with a passphrase reveals nothing, and is never the same twice", async () => {
    const [one, other] = [
      await writeExport(CONTENT, PASSPHRASE),
      await writeExport(CONTENT, PASSPHRASE),
    ];
    // Short words may occur in base64 by chance, so the encrypted bytes are checked directly.
    const sealed = atob(jsonOf(one).encrypted.data);
    const open = new TextDecoder().decode(await writeExport(CONTENT));
    for (const word of ["view", "Garden", "events", "productId"]) {
      expect(open).toContain(word);
      expect(sealed).not.toContain(word);
    }
    expect(jsonOf(one).encrypted.iterations).toBeGreaterThanOrEqual(600_000);
    expect(jsonOf(one).encrypted.data).not.toBe(jsonOf(other).encrypted.data);
  });

  it("does not carry consent from one browser to another", async () => {
    const bytes = await writeExport({
      ...CONTENT,
      choices: { consent: "granted", offers: "granted", paused: true },
    });
    expect((await read(bytes)).choices).toEqual({ paused: true });
  });

  it("is refused with a wrong, missing or short passphrase, and never shows the passphrase", async () => {
    const bytes = await writeExport(CONTENT, PASSPHRASE);
    await expect(read(bytes, "another fox")).rejects.toThrow(
      "The passphrase is wrong, or the file is",
    );
    await expect(read(bytes)).rejects.toMatchObject({ code: "passphrase-missing" });
    const short = writeExport(CONTENT, "fox");
    await expect(short).rejects.toThrow("has 3 characters, expected 8 to 1024");
  });

  it("is refused with damage anywhere", async () => {
    const whole = new Uint8Array(await writeExport(CONTENT));
    for (let at = 0; at < whole.length; at += 7) {
      const damaged = whole.slice();
      damaged[at]! ^= 1;
      await expect(read(damaged.buffer), `byte ${at}`).rejects.toThrow();
    }
    for (const length of [0, 1, whole.length >> 1, whole.length - 1]) {
      await expect(read(whole.slice(0, length).buffer)).rejects.toThrow();
    }
    const sealed = jsonOf(await writeExport(CONTENT, PASSPHRASE));
    const { data } = sealed.encrypted;
    sealed.encrypted.data = `${data.slice(0, 40)}${data[40] === "A" ? "B" : "A"}${data.slice(41)}`;
    await expect(read(fileOf(sealed), PASSPHRASE)).rejects.toThrow(
      "is wrong, or the file is damaged",
    );
  });

  it.each<[string, object]>([
    ["format", { format: "other" }],
    ["version", { version: 0 }],
    ["version", { version: 3 }],
    ["content", { content: [] }],
    ["checksum", { checksum: "1" }],
    ["encrypted.iterations", { encrypted: { iterations: 1 } }],
    ["encrypted.iterations", { encrypted: { iterations: 1e12 } }],
    ["encrypted.salt", { encrypted: { iterations: 600_000, salt: 5 } }],
    ["encrypted.iv", { encrypted: { iterations: 600_000, salt: "AAAA", iv: "%".repeat(16) } }],
  ])("is refused with a bad %s: %j", async (field, change) => {
    const file = { ...jsonOf(await writeExport(CONTENT)), ...change };
    await expect(read(fileOf(file), PASSPHRASE)).rejects.toThrow(`"${field}"`);
  });

  it("with arbitrary content is read completely or refused, and changes no prototype", async () => {
    const key = fc.oneof(
      fc.constantFrom(
        "__proto__",
        "constructor",
        "prototype",
        "events",
        "content",
        "muted",
        "type",
      ),
      fc.string(),
    );
    const content = fc.dictionary(key, fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(content, fc.jsonValue(), async (change, events) => {
        const hostile = { ...jsonOf(await writeExport(CONTENT)).content, events, ...change };
        const checksum = hashTexts([JSON.stringify(hostile)]);
        const file = fileOf({ format: "vitrine-export", version: 2, checksum, content: hostile });
        const content = await read(file).catch((error: unknown) => {
          expect(error).toBeInstanceOf(Error);
        });
        // Accepted content is as valid as an export: it can be written and read again.
        if (content) expect(plain(await read(await writeExport(content)))).toEqual(plain(content));
      }),
      { numRuns: 200, seed: 47 },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("with deep nesting or special keys is refused by field name", async () => {
    const deep = `{"format":"vitrine-export","version":1,"checksum":1,"content":{"events":${"[".repeat(1e5)}${"]".repeat(1e5)}}}`;
    await expect(read(new TextEncoder().encode(deep).buffer)).rejects.toThrow("nested too deep");
    const polluting = '{"__proto__":{"format":"vitrine-export"},"version":1}';
    await expect(read(new TextEncoder().encode(polluting).buffer)).rejects.toThrow('"format"');
    await expect(read("file" as never)).rejects.toThrow("expected an ArrayBuffer");
  });
});

describe("merging", () => {
  const stored = [view("k1", 10), view("k2", 30)].map((event, index) => ({
    ...event,
    seq: index + 1,
  }));

  it("sorts events by time, and skips those already stored", () => {
    const { events, added } = mergeEvents(stored, [view("k2", 30), view("g1", 20), view("k2", 31)]);
    expect(events).toEqual([view("k1", 10), view("g1", 20), view("k2", 30), view("k2", 31)]);
    expect(added).toBe(2);
  });

  it("of a file with itself adds nothing, and keeps duplicate events", () => {
    const twice = [view("k1", 10), view("k1", 10)];
    const { events, added } = mergeEvents([], twice);
    expect(added).toBe(2);
    expect(
      mergeEvents(
        events.map((event, seq) => ({ ...event, seq })),
        twice,
      ).added,
    ).toBe(0);
  });

  it("combines the muted products and categories", () => {
    const left = { products: ["k1"], categories: [["Books"]] };
    const right = { products: ["k1", "k2"], categories: [["Books"], ["Garden", "Tools"]] };
    expect(mergeMuted(left, right)).toEqual(right);
  });
});
