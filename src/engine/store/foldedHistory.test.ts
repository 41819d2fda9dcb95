import { afterEach, expect, it, vi } from "vitest";
import { fixtureCatalog, view } from "../../testing/fixtures.ts";
import { createFoldedHistory } from "./foldedHistory.ts";
import { createMemoryStore } from "./memoryStore.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const catalog = fixtureCatalog();

async function foldedHistoryOf(events: number) {
  const store = createMemoryStore();
  await store.append(Array.from({ length: events }, (_, index) => view(index % 2 ? "k1" : "k2")));
  return createFoldedHistory(catalog, {
    run: (operation) => operation(store),
    readValue: async () => undefined,
  });
}

/** Every look at the clock finds it a millisecond on; counts the turns given to others. */
function countTurns(): () => number {
  let nowMs = 0;
  let interactions = 0;
  vi.spyOn(performance, "now").mockImplementation(() => nowMs++);
  const Channel = MessageChannel;
  vi.stubGlobal(
    "MessageChannel",
    class extends Channel {
      constructor() {
        super();
        interactions++;
      }
    },
  );
  return () => interactions;
}

it("a long past gives others a turn every few events, and is whole in the end", async () => {
  const history = await foldedHistoryOf(5000);
  const interactions = countTurns();
  await history.rebuild();
  expect(interactions()).toBeGreaterThanOrEqual(5000 / 5);
  expect(history.eventCount).toBe(5000);
  expect(history.history.interactions).toBe(5000);
});

it("a past that is folded anew is the old one until all of it is there", async () => {
  const history = await foldedHistoryOf(100);
  await history.rebuild();
  const before = history.history;
  const rebuilding = history.rebuild();
  countTurns();
  await Promise.resolve();
  expect(history.history).toBe(before);
  await rebuilding;
  expect(history.history).not.toBe(before);
  expect(history.history.interactions).toBe(100);
});
