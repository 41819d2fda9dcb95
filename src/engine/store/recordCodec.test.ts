import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectBytes } from "../../testing/expectBytes.ts";
import { anyEvent, fixtureCatalog, NOW, view } from "../../testing/fixtures.ts";
import { createCipher, createKey } from "./cipher.ts";
import type { EventRecord } from "./database.ts";
import { createRecordCodec, isSealed } from "./recordCodec.ts";

const sealing = async () => createRecordCodec(createCipher((await createKey())!));
const plain = async () => createRecordCodec(undefined);

describe.each([
  ["that seals", sealing, "sealed"],
  ["of a page that cannot encrypt", plain, "plain"],
] as const)("a codec %s", (_name, create, content) => {
  it("returns every event under its number", async () => {
    const codec = await create();
    await fc.assert(
      fc.asyncProperty(anyEvent(fixtureCatalog()), fc.nat(), async (event, seq) => {
        const record = await codec.recordOf(event, seq);
        expect(await codec.eventOf(record)).toEqual({ ...event, seq });
      }),
      { seed: 11, numRuns: 50 },
    );
  });

  it("leaves an event's number, once it has one, and day unencrypted", async () => {
    const codec = await create();
    expect(codec.isEncrypted).toBe(content === "sealed");
    const day = Math.floor(NOW / 86_400_000);
    expect(await codec.recordOf(view("k1"))).toEqual({ day, [content]: expect.anything() });
    expect(Object.keys(await codec.recordOf(view("k1"), 4)).sort()).toEqual(
      ["seq", "day", content].sort(),
    );
  });

  it("returns values, bytes as bytes", async () => {
    const codec = await create();
    for (const value of [{ plain: 1 }, { sealed: [] }, [1], "a", 0, null]) {
      const record = await codec.valueRecordOf(value);
      expect(isSealed(record)).toBe(content === "sealed");
      expect(await codec.valueOf(record)).toEqual(value);
    }
    const record = await codec.valueRecordOf(Uint8Array.of(1, 2, 3).buffer);
    expectBytes(await codec.valueOf(record), [1, 2, 3]);
  });

  it("reads unencrypted records of the version before encryption", async () => {
    const codec = await create();
    expect(await codec.eventOf({ ...view("k1"), seq: 7 })).toEqual({ ...view("k1"), seq: 7 });
    expect(await codec.valueOf({ epochs: 3 })).toEqual({ epochs: 3 });
    expectBytes(await codec.valueOf(Uint8Array.of(4, 5).buffer), [4, 5]);
    expect(await codec.valueOf(undefined)).toBeUndefined();
  });
});

describe("a sealed record", () => {
  it("is refused by another key, and by a page that cannot decrypt", async () => {
    const record = await (await sealing()).recordOf(view("k1"), 1);
    await expect((await sealing()).eventOf(record)).rejects.toThrow();
    const refused = (await plain()).eventOf(record);
    await expect(refused).rejects.toMatchObject({ code: "cannot-decrypt" });
  });

  it("without bytes is refused", async () => {
    const codec = await sealing();
    await expect(codec.valueOf({ sealed: "AAAA" })).rejects.toThrow("expected bytes");
    const broken = { seq: 1, day: 1, sealed: "AAAA" } as unknown as EventRecord;
    await expect(codec.eventOf(broken)).rejects.toThrow();
  });
});
