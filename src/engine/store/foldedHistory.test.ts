import { afterEach, expect, it, vi } from "vitest";
import { fixtureCatalog, view } from "../../testing/fixtures.ts";
import { createFoldedPast } from "./foldedHistory.ts";
import { createMemoryStore } from "./memoryStore.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const catalog = fixtureCatalog();

async function foldedPastOf(events: number) {
  const store = createMemoryStore();
  await store.append(Array.from({ length: events }, (_, index) => view(index % 2 ? "k1" : "k2")));
  return createFoldedPast(catalog, { run: (operation) => operation(store) });
}

/** Every look at the clock finds it a millisecond on; counts the turns given to others. */
function countTurns(): () => number {
  let nowMs = 0;
  let turns = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs++);
  const Channel = MessageChannel;
  vi.stubGlobal(
    "MessageChannel",
    class extends Channel {
      constructor() {
        super();
        turns++;
      }
    },
  );
  return () => turns;
}

it("a long past gives others a turn every few events, and is whole in the end", async () => {
  const past = await foldedPastOf(5000);
  const turns = countTurns();
  await past.rebuild();
  expect(turns()).toBeGreaterThanOrEqual(5000 / 5);
  expect(past.eventCount).toBe(5000);
  expect(past.history.interactions).toBe(5000);
});

it("a past that is folded anew is the old one until all of it is there", async () => {
  const past = await foldedPastOf(100);
  await past.rebuild();
  const before = past.history;
  const rebuilding = past.rebuild();
  countTurns();
  await Promise.resolve();
  expect(past.history).toBe(before);
  await rebuilding;
  expect(past.history).not.toBe(before);
  expect(past.history.interactions).toBe(100);
});
