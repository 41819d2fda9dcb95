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
    parsed: async () => undefined,
  });
}

/** A clock that advances a millisecond per reading, and counts yields. */
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

it("a long history yields every few events, and is complete in the end", async () => {
  const history = await foldedHistoryOf(5000);
  const interactions = countTurns();
  await history.rebuild();
  expect(interactions()).toBeGreaterThanOrEqual(5000 / 5);
  expect(history.eventCount).toBe(5000);
  expect(history.history.interactions).toBe(5000);
});

it("a history that is being refolded stays the old one until the new one is complete", async () => {
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
