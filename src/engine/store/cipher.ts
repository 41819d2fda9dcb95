/**
 * Encryption at rest. AES-GCM with a 256-bit key that scripts can use but not read, stored in the same
 * database. It protects a copy of the profile's files from plain reading or search, but not from a script
 * of the same site, which can use the key, nor from forensics (see SECURITY.md).
 */
export interface Cipher {
  /** Seals JSON, or bytes as they are. */
  seal(value: unknown): Promise<ArrayBuffer>;
  /** @throws when the bytes were sealed with another key, or changed since. */
  open(sealed: ArrayBuffer): Promise<unknown>;
}

const IV_BYTES = 12;
/** Lengths are rounded up, so that the length of an event does not reveal its product. */
const BLOCK_BYTES = 128;
const [JSON_TAG, BYTES_TAG] = [0, 1];

/**
 * Undefined where nothing can be encrypted: on pages without HTTPS, and where the browser refuses it. It is
 * tried, because an interface that exists may still throw.
 */
export async function createKey(): Promise<CryptoKey | undefined> {
  try {
    const { subtle } = crypto;
    const key = await subtle.generateKey({ name: "AES-GCM", length: 256 }, false, [
      "encrypt",
      "decrypt",
    ]);
    await createCipher(key).seal(0);
    return key;
  } catch {
    return undefined;
  }
}

/** Sealed: a random initialization vector of 12 bytes, then the ciphertext with its tag. */
export function createCipher(key: CryptoKey): Cipher {
  return {
    async seal(value) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const ciphertext = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plainOf(value));
      const sealed = new Uint8Array(IV_BYTES + ciphertext.byteLength);
      sealed.set(iv);
      sealed.set(new Uint8Array(ciphertext), IV_BYTES);
      return sealed.buffer;
    },
    async open(sealed) {
      const iv = new Uint8Array(sealed, 0, IV_BYTES);
      const ciphertext = new Uint8Array(sealed, IV_BYTES);
      const plain = new Uint8Array(
        await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, ciphertext),
      );
      const content = plain.subarray(1);
      return plain[0] === BYTES_TAG
        ? content.slice().buffer
        : JSON.parse(new TextDecoder().decode(content));
    },
  };
}

/** A tag, then the bytes, or JSON padded with spaces. */
function plainOf(value: unknown): Uint8Array<ArrayBuffer> {
  if (value instanceof ArrayBuffer) return tagged(BYTES_TAG, new Uint8Array(value));
  const text = new TextEncoder().encode(JSON.stringify(value));
  const length = Math.ceil((text.length + 1) / BLOCK_BYTES) * BLOCK_BYTES - 1;
  const padded = new Uint8Array(length).fill(32);
  padded.set(text);
  return tagged(JSON_TAG, padded);
}

function tagged(tag: number, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(content.length + 1);
  plain[0] = tag;
  plain.set(content, 1);
  return plain;
}
