import { hashTexts, hashWords } from "../kit/hash.ts";
import { VitrineError } from "../kit/message.ts";
import { INPUT_NAMES, NETWORK_SIZE, type Network, OUTCOMES } from "./network.ts";

/** Reads and writes saved networks; loaded only when one is saved, restored, exported or imported. */
const MAGIC = 0x5649544e; // "VITN"
const VERSION = 1;
const HEADER_BYTES = 24;
const CHECKSUM_AT = 20;
/** Size of one saved network. */
export const NETWORK_BYTES = HEADER_BYTES + 4 * NETWORK_SIZE;

/**
 * Changes when the meaning of the inputs changes, so that weights learned from other inputs are
 * refused: FNV-1a over the names of inputs and outcomes and the version of their formulas.
 */
export const FEATURE_LAYOUT_HASH = hashTexts([...INPUT_NAMES, ...OUTCOMES, "formulas 4"]);

/** One saved network: a 24-byte header, then the 105 weights, little-endian. */
export function networkToBytes({ weights, activation }: Network): ArrayBuffer {
  const buffer = new ArrayBuffer(NETWORK_BYTES);
  new Float32Array(buffer, HEADER_BYTES).set(weights);
  const isSigmoid = activation === "sigmoid" ? 1 : 0;
  const header = [MAGIC, VERSION, FEATURE_LAYOUT_HASH, NETWORK_SIZE, isSigmoid];
  new Uint32Array(buffer).set(header);
  new Uint32Array(buffer, CHECKSUM_AT, 1)[0] = checksum(buffer);
  return buffer;
}

/** Several times as many as a training makes; each one costs every shelf. */
const MAX_NETWORKS = 32;

/** Several networks, one after the other. */
export function networksToBytes(networks: readonly Network[]): ArrayBuffer {
  const files = networks.map((network) => new Uint8Array(networkToBytes(network)));
  const bytes = new Uint8Array(files.length * NETWORK_BYTES);
  files.forEach((file, k) => {
    bytes.set(file, k * NETWORK_BYTES);
  });
  return bytes.buffer;
}

/** @throws {Error} as `networkFromBytes` does, and if the length is not that of 1 to 32 networks. */
export function networksFromBytes(buffer: ArrayBuffer): Network[] {
  const count = buffer.byteLength / NETWORK_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > MAX_NETWORKS) {
    const expected = `${NETWORK_BYTES} times 1 to ${MAX_NETWORKS}`;
    throw damaged(`file size is ${buffer.byteLength}, expected ${expected}`);
  }
  return Array.from({ length: count }, (_, k) =>
    networkFromBytes(buffer.slice(k * NETWORK_BYTES, (k + 1) * NETWORK_BYTES)),
  );
}

/**
 * @throws {Error} unless the bytes are a complete network of this format and feature layout, with finite
 * weights. The caller retrains from the event log.
 */
export function networkFromBytes(buffer: ArrayBuffer): Network {
  expect("file size", buffer.byteLength, NETWORK_BYTES);
  const [magic = 0, version = 0, layout = 0, count = 0, isSigmoid = 0, sum = 0] = new Uint32Array(
    buffer,
    0,
    6,
  );
  expect("signature", magic, MAGIC);
  expect("format version", version, VERSION);
  expect("feature layout", layout, FEATURE_LAYOUT_HASH);
  expect("weight count", count, NETWORK_SIZE);
  expect("checksum", checksum(buffer), sum);
  const weights = new Float32Array(buffer.slice(HEADER_BYTES));
  if (!weights.every(Number.isFinite)) throw damaged("a weight is not finite");
  return { weights, activation: isSigmoid === 1 ? "sigmoid" : "relu" };
}

/** Whether this is a complete network that learned from the inputs of another version. */
export function isOutdated(buffer: ArrayBuffer): boolean {
  if (buffer.byteLength < NETWORK_BYTES || buffer.byteLength % NETWORK_BYTES > 0) return false;
  const first = buffer.slice(0, NETWORK_BYTES);
  const header = new Uint32Array(first, 0, HEADER_BYTES / 4);
  const isWhole = header[0] === MAGIC && header[CHECKSUM_AT / 4] === checksum(first);
  return isWhole && header[2] !== FEATURE_LAYOUT_HASH;
}

function expect(what: string, got: number, expected: number): void {
  if (got !== expected) throw damaged(`${what} is ${got}, expected ${expected}`);
}

function damaged(what: string): VitrineError {
  return new VitrineError("network-damaged", `Network: ${what}`, {});
}

function checksum(buffer: ArrayBuffer): number {
  const header = new Uint32Array(buffer, 0, CHECKSUM_AT / 4);
  return hashWords(new Uint32Array(buffer, HEADER_BYTES), hashWords(header));
}
