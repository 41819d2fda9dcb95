import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { leftAlone } from "./leftAlone.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("resolves after the quiet time, and not before", async () => {
  const { isOver } = watched(new EventTarget());
  await vi.advanceTimersByTimeAsync(1999);
  expect(isOver()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isOver()).toBe(true);
});

test.each(["pointerdown", "keydown", "wheel", "scroll"])("waits anew after a %s", async (act) => {
  const page = new EventTarget();
  const { isOver } = watched(page);
  await vi.advanceTimersByTimeAsync(1500);
  page.dispatchEvent(new Event(act));
  await vi.advanceTimersByTimeAsync(1999);
  expect(isOver()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(isOver()).toBe(true);
});

function watched(page: EventTarget) {
  let isOver = false;
  leftAlone(page, 2000).then(() => {
    isOver = true;
  });
  return { isOver: () => isOver };
}
