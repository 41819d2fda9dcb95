import { expect } from "vitest";

/** Compares bytes one by one, because `toEqual` considers any two ArrayBuffers equal. */
export function expectBytes(actual: unknown, expected: ArrayLike<number>): void {
  expect(actual).toBeInstanceOf(ArrayBuffer);
  expect([...new Uint8Array(actual as ArrayBuffer)]).toEqual(Array.from(expected));
}
