import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { randomNetwork } from "../../testing/fixtures.ts";
import { NETWORK_SIZE } from "./network.ts";
import {
  FEATURE_LAYOUT_HASH,
  isOutdated,
  networkFromBytes,
  networksFromBytes,
  networksToBytes,
  networkToBytes,
} from "./networkFile.ts";

describe("a network's bytes", () => {
  const relu = randomNetwork(5);

  it("survive a round trip, bit for bit", () => {
    for (const network of [relu, randomNetwork(6, "sigmoid")]) {
      expect(networkFromBytes(networkToBytes(network))).toEqual(network);
    }
  });

  it("of more networks than any training makes are refused: each costs every shelf", () => {
    const many = Array.from({ length: 33 }, () => relu);
    expect(networksFromBytes(networksToBytes(many.slice(1)))).toHaveLength(32);
    expect(() => networksFromBytes(networksToBytes(many))).toThrow("times 1 to 32");
  });

  it("are copied: changing them does not change the network that was read", () => {
    const bytes = networkToBytes(relu);
    const read = networkFromBytes(bytes);
    new Uint8Array(bytes).fill(0);
    expect(read).toEqual(relu);
  });

  it.each<[string, number, number]>([
    ["signature", 0, 0x5649544e],
    ["format version", 1, 1],
    ["feature layout", 2, FEATURE_LAYOUT_HASH],
    ["weight count", 3, NETWORK_SIZE],
  ])("are refused with another %s, saying what it is and should be", (what, word, expected) => {
    const bytes = networkToBytes(relu);
    new Uint32Array(bytes)[word] = 77;
    expect(() => networkFromBytes(bytes)).toThrow(`Network: ${what} is 77, expected ${expected}`);
  });

  it("keep the input layout of the networks stored on devices", () => {
    // Another value discards every stored network, so it may only change with the formulas.
    expect(FEATURE_LAYOUT_HASH).toBe(2_932_056_259);
    expect(new Uint32Array(networkToBytes(relu))[2]).toBe(2_932_056_259);
  });

  it("are outdated only if they are complete and learned from other inputs", () => {
    const file = readFileSync(new URL("../../testing/export-0.1.json", import.meta.url), "utf8");
    const old = new Uint8Array(Buffer.from(JSON.parse(file).content.network, "base64"));
    expect(isOutdated(old.buffer)).toBe(true);
    expect(isOutdated(networkToBytes(relu))).toBe(false);
    expect(isOutdated(old.buffer.slice(0, -1))).toBe(false);
    const changed = old.slice();
    changed[50]! ^= 1;
    expect(isOutdated(changed.buffer)).toBe(false);
  });

  it("are refused with a changed weight, naming the checksum", () => {
    const bytes = networkToBytes(relu);
    new Float32Array(bytes)[50] = 0.125;
    const damaged = expect.objectContaining({ code: "network-damaged" });
    expect(() => networkFromBytes(bytes)).toThrow(damaged);
    expect(() => networkFromBytes(bytes)).toThrow(/^Network: checksum is \d+, expected \d+$/);
  });

  it("are refused when cut short or too long", () => {
    const bytes = networkToBytes(relu);
    const size = bytes.byteLength;
    for (const wrong of [new ArrayBuffer(0), bytes.slice(0, size - 1), new ArrayBuffer(size + 4)]) {
      expect(() => networkFromBytes(wrong)).toThrow(
        `Network: file size is ${wrong.byteLength}, expected ${size}`,
      );
    }
  });

  it("are refused with any single bit flipped", () => {
    for (const network of [relu, randomNetwork(6, "sigmoid")]) {
      const whole = new Uint8Array(networkToBytes(network));
      const accepted: string[] = [];
      for (let bit = 0; bit < 8 * whole.length; bit++) {
        const damaged = whole.slice();
        damaged[bit >> 3]! ^= 1 << (bit & 7);
        try {
          networkFromBytes(damaged.buffer);
          accepted.push(`byte ${bit >> 3} bit ${bit & 7}`);
        } catch (error) {
          expect((error as Error).message).toMatch(/^Network: .* is \d+, expected \d+$/);
        }
      }
      expect(accepted).toEqual([]);
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "are refused although whole when a weight is %d",
    (value) => {
      const weights = relu.weights.slice();
      weights[50] = value;
      expect(() => networkFromBytes(networkToBytes({ weights, activation: "relu" }))).toThrow(
        "Network: a weight is not finite",
      );
    },
  );
});

it("several networks are saved one after the other, and refused when truncated", () => {
  const relu = randomNetwork(7);
  const several = [relu, randomNetwork(8, "sigmoid"), randomNetwork(9)];
  const bytes = networksToBytes(several);
  expect(networksFromBytes(bytes)).toEqual(several);
  expect(networksFromBytes(networkToBytes(relu))).toEqual([relu]);
  expect(new Uint8Array(networksToBytes([relu]))).toEqual(new Uint8Array(networkToBytes(relu)));
  for (const size of [0, 1, bytes.byteLength - 4]) {
    expect(() => networksFromBytes(bytes.slice(0, size))).toThrow(
      `Network: file size is ${size}, expected 444 times 1 to 32`,
    );
  }
});
