import { expect, it } from "vitest";
import { atOnce, createSlices, eachSlice, runSliced } from "./scheduler.ts";

/** A thread on which every step takes `stepMs`; measures how long it is held without yielding. */
function createThread(stepMs: number) {
  let nowMs = 100;
  let heldMs = 0;
  let longestMs = 0;
  let interactions = 0;
  const slices = createSlices(
    () => nowMs,
    async () => {
      heldMs = 0;
      interactions++;
      nowMs += 1000; // Time that other work takes does not count.
    },
  );
  function* steps(count: number) {
    for (let step = 0; step < count; step++) {
      nowMs += stepMs;
      heldMs += stepMs;
      longestMs = Math.max(longestMs, heldMs);
      yield;
    }
    return count;
  }
  return { slices, steps, longestMs: () => longestMs, interactions: () => interactions };
}

it("sliced work never holds its thread for five milliseconds, however long it takes in total", async () => {
  const thread = createThread(0.9);
  expect(await runSliced(thread.steps(1000), thread)).toBe(1000);
  expect(thread.longestMs()).toBeLessThan(5);
  expect(thread.interactions()).toBe(200);
});

it("work that fits into one slice never yields", async () => {
  const thread = createThread(0.9);
  expect(await runSliced(thread.steps(4), thread)).toBe(4);
  expect(thread.interactions()).toBe(0);
});

it("aborted work ends after its current step", async () => {
  const thread = createThread(0.9);
  const ended = runSliced(thread.steps(1000), { ...thread, signal: AbortSignal.abort() });
  await expect(ended).rejects.toThrow("abort");
  expect(thread.longestMs()).toBe(0.9);
});

it("the same steps can run without slices", () => {
  const thread = createThread(0.9);
  expect(atOnce(thread.steps(1000))).toBe(1000);
  expect(thread.interactions()).toBe(0);
});

it("the items of a list are processed in order, within the same slices", async () => {
  const thread = createThread(0.9);
  const steps = thread.steps(1000);
  const done: number[] = [];
  const items = Array.from({ length: 1000 }, (_, index) => index);
  const work = (item: number) => {
    steps.next();
    done.push(item);
  };
  await eachSlice(items, work, thread.slices);
  expect(done).toEqual(items);
  expect(thread.longestMs()).toBeLessThan(5);
  expect(thread.interactions()).toBe(200);
});
