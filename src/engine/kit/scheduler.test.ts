import { expect, it } from "vitest";
import { createSlices, eachSlice } from "./scheduler.ts";

/** A thread on which each item takes `itemMs`; measures how long it is held without yielding. */
function createThread(itemMs: number) {
  let nowMs = 100;
  let heldMs = 0;
  let longestMs = 0;
  let yields = 0;
  const slices = createSlices(
    () => nowMs,
    async () => {
      heldMs = 0;
      yields++;
      nowMs += 1000; // Time that other work takes does not count.
    },
  );
  const done: number[] = [];
  function work(item: number) {
    nowMs += itemMs;
    heldMs += itemMs;
    longestMs = Math.max(longestMs, heldMs);
    done.push(item);
  }
  return { slices, work, done, longestMs: () => longestMs, yields: () => yields };
}

const THOUSAND = Array.from({ length: 1000 }, (_, index) => index);

it("sliced work keeps its order and never holds its thread for five milliseconds", async () => {
  const thread = createThread(0.9);
  await eachSlice(THOUSAND, thread.work, thread.slices);
  expect(thread.done).toEqual(THOUSAND);
  expect(thread.longestMs()).toBeLessThan(5);
  expect(thread.yields()).toBe(200);
});

it("work that fits into one slice never yields", async () => {
  const thread = createThread(0.9);
  await eachSlice(THOUSAND.slice(0, 4), thread.work, thread.slices);
  expect(thread.done).toHaveLength(4);
  expect(thread.yields()).toBe(0);
});

it("work that fails ends with its error, and later items are not touched", async () => {
  const thread = createThread(0.9);
  const failing = (item: number) => {
    if (item === 7) throw new RangeError("item 7");
    thread.work(item);
  };
  await expect(eachSlice(THOUSAND, failing, thread.slices)).rejects.toThrow("item 7");
  expect(thread.done).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
