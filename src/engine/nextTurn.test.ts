import { afterEach, expect, it, vi } from "vitest";
import { createSlices } from "./nextTurn.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("a slice of background work is over before five milliseconds, and the next one starts anew", async () => {
  const now = vi.spyOn(performance, "now").mockReturnValue(100);
  const slices = createSlices();
  now.mockReturnValue(103);
  expect(slices.isOver()).toBe(false);
  now.mockReturnValue(104.9);
  expect(slices.isOver()).toBe(true);
  await slices.next();
  expect(slices.isOver()).toBe(false);
});
