import { expect, it } from "vitest";
import { atOnce, createSlices, eachSlice, runSliced } from "./scheduler.ts";

/** A thread on which every step takes `stepMs`; counts how long it is held without a turn for others. */
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
      nowMs += 1000; // Others take their time, which is none of ours.
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

it("work in slices never holds its thread for five milliseconds, however long it takes in all", async () => {
  const thread = createThread(0.9);
  expect(await runSliced(thread.steps(1000), thread)).toBe(1000);
  expect(thread.longestMs()).toBeLessThan(5);
  expect(thread.interactions()).toBe(200);
});

it("work that fits into one slice gives no turn away", async () => {
  const thread = createThread(0.9);
  expect(await runSliced(thread.steps(4), thread)).toBe(4);
  expect(thread.interactions()).toBe(0);
});

it("work that is called off ends with the step that it is at", async () => {
  const thread = createThread(0.9);
  const ended = runSliced(thread.steps(1000), { ...thread, signal: AbortSignal.abort() });
  await expect(ended).rejects.toThrow("abort");
  expect(thread.longestMs()).toBe(0.9);
});

it("the same steps can be done at once", () => {
  const thread = createThread(0.9);
  expect(atOnce(thread.steps(1000))).toBe(1000);
  expect(thread.interactions()).toBe(0);
});

it("each item of a list is worked on in order, within the same slices", async () => {
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
