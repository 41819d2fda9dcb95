import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { BEAT_MS, createHeartbeat } from "./heartbeat.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function listen(maxSilentBeats: number) {
  const ping = vi.fn();
  const onSilence = vi.fn();
  const heart = createHeartbeat({ ping, maxSilentBeats: () => maxSilentBeats, onSilence });
  return { heart, ping, onSilence };
}

it("pings at every beat, and reports silence after the allowed number", () => {
  const { heart, ping, onSilence } = listen(2);
  heart.start();
  vi.advanceTimersByTime(2 * BEAT_MS);
  expect(ping).toHaveBeenCalledTimes(2);
  expect(onSilence).not.toHaveBeenCalled();
  vi.advanceTimersByTime(BEAT_MS);
  expect(onSilence).toHaveBeenCalledTimes(1);
});

it("any message restarts the count", () => {
  const { heart, onSilence } = listen(2);
  heart.start();
  for (let beat = 0; beat < 10; beat++) {
    vi.advanceTimersByTime(2 * BEAT_MS);
    heart.heard();
  }
  expect(onSilence).not.toHaveBeenCalled();
});

it("there are no pings when nothing is awaited, and a second start has no effect", () => {
  const { heart, ping } = listen(9);
  vi.advanceTimersByTime(5 * BEAT_MS);
  heart.start();
  heart.start();
  vi.advanceTimersByTime(BEAT_MS);
  expect(ping).toHaveBeenCalledTimes(1);
  heart.stop();
  vi.advanceTimersByTime(5 * BEAT_MS);
  expect(ping).toHaveBeenCalledTimes(1);
});
