import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { expectBytes } from "../../testing/expectBytes.ts";
import { createCipher, createKey } from "./cipher.ts";

const cipherOf = async () => createCipher((await createKey())!);

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the cipher", () => {
  it("decrypts any value that it encrypted", async () => {
    const { seal, open } = await cipherOf();
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        // JSON writes −0 as 0.
        expect(await open(await seal(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 6 },
    );
  });

  it("keeps bytes as bytes", async () => {
    const { seal, open } = await cipherOf();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expectBytes(await open(await seal(bytes.slice().buffer)), bytes);
      }),
      { seed: 7 },
    );
    expectBytes(await open(await seal(Uint8Array.of(0, 255, 32, 32).buffer)), [0, 255, 32, 32]);
  });

  it("never seals to the same bytes twice", async () => {
    const { seal } = await cipherOf();
    const sealed = await Promise.all(Array.from({ length: 50 }, () => seal({ type: "view" })));
    expect(new Set(sealed.map((bytes) => new Uint8Array(bytes).join())).size).toBe(50);
  });

  it("reveals neither a word nor, within 128 bytes, the length of its content", async () => {
    const { seal } = await cipherOf();
    const lengths = new Set<number>();
    for (let letters = 1; letters < 60; letters++) {
      const sealed = await seal({ type: "view", at: 1, productId: "x".repeat(letters) });
      expect(new TextDecoder("latin1").decode(sealed)).not.toMatch(/view|xxx/);
      lengths.add(sealed.byteLength);
    }
    expect([...lengths]).toEqual([12 + 128 + 16]); // Initialization vector, a block, tag.
  });

  it("refuses bytes with any change", async () => {
    const { seal, open } = await cipherOf();
    const sealed = await seal({ type: "view", productId: "mug" });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(sealed.byteLength - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const changed = new Uint8Array(sealed.slice(0));
          changed[at]! ^= flip;
          await expect(open(changed.buffer)).rejects.toThrow();
        },
      ),
      { seed: 8 },
    );
    await expect(open(sealed.slice(0, -1))).rejects.toThrow();
    await expect(open(new ArrayBuffer(0))).rejects.toThrow();
  });

  it("cannot decrypt with another key", async () => {
    const [own, other] = [await cipherOf(), await cipherOf()];
    await expect(other.open(await own.seal(1))).rejects.toThrow();
  });
});

describe("the key", () => {
  it("can be used by scripts, but not read", async () => {
    const key = (await createKey())!;
    expect(key.extractable).toBe(false);
    expect([...key.usages].sort()).toEqual(["decrypt", "encrypt"]);
    await expect(crypto.subtle.exportKey("raw", key)).rejects.toThrow();
    await expect(crypto.subtle.exportKey("jwk", key)).rejects.toThrow();
  });

  it("does not exist on a page without HTTPS", async () => {
    vi.stubGlobal("crypto", {});
    expect(await createKey()).toBeUndefined();
  });
});
