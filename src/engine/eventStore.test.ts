import { IDBFactory, IDBOpenDBRequest } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addToCart, NOW, purchase, view } from "../testing/fixtures.ts";
import { createMemoryStore, type EventStore, openEventStore } from "./eventStore.ts";

const opened: EventStore[] = [];

async function open(name = "shop"): Promise<EventStore> {
  const store = await openEventStore(name);
  opened.push(store);
  return store;
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const kinds: [EventStore["kind"], () => Promise<EventStore>][] = [
  ["indexeddb", () => open()],
  ["memory", () => Promise.resolve(createMemoryStore())],
];

describe.each(kinds)("a store in %s", (kind, create) => {
  const seqsOf = async (store: EventStore, after: number, limit: number) =>
    (await store.readAfter(after, limit)).map(({ seq }) => seq);

  it("says what it is, and starts empty", async () => {
    const store = await create();
    expect(store.kind).toBe(kind);
    expect(await store.count()).toBe(0);
    expect(await store.readAfter(0, 100)).toEqual([]);
    expect(await store.readValue("network")).toBeUndefined();
  });

  it("numbers events in the order they came and gives them back whole", async () => {
    const store = await create();
    expect(await store.append([view("k1"), addToCart("k2", NOW, 3)])).toBe(2);
    expect(await store.append([purchase(["k2"], 5)])).toBe(3);
    expect(await store.readAfter(0, 100)).toEqual([
      { ...view("k1"), seq: 1 },
      { ...addToCart("k2", NOW, 3), seq: 2 },
      { ...purchase(["k2"], 5), seq: 3 },
    ]);
    expect(await store.count()).toBe(3);
  });

  it("reads on after a number, and only the newest where there are too many", async () => {
    const store = await create();
    await store.append(Array.from({ length: 10 }, (_, at) => view("k1", at)));
    expect(await seqsOf(store, 7, 100)).toEqual([8, 9, 10]);
    expect(await seqsOf(store, 10, 100)).toEqual([]);
    expect(await seqsOf(store, 0, 4)).toEqual([7, 8, 9, 10]);
    expect(await seqsOf(store, 8, 4)).toEqual([9, 10]);
  });

  it("keeps values beside the events, and overwrites them", async () => {
    const store = await create();
    const bytes = Uint8Array.of(1, 2, 3).buffer;
    await store.writeValue("network", bytes);
    await store.writeValue("training", { turns: 3 });
    await store.writeValue("training", { turns: 4 });
    expect(await store.readValue("network")).toEqual(bytes);
    expect(await store.readValue("training")).toEqual({ turns: 4 });
  });

  it("erases values alone, leaving the events", async () => {
    const store = await create();
    await store.append([view("k1")]);
    await store.writeValue("training", 1);
    await store.eraseValues();
    expect(await store.readValue("training")).toBeUndefined();
    expect(await store.count()).toBe(1);
  });

  it("erases everything, and never gives a number twice", async () => {
    const store = await create();
    await store.append([view("k1"), view("k2")]);
    await store.writeValue("training", 1);
    await store.erase();
    expect(await store.count()).toBe(0);
    expect(await store.readAfter(0, 100)).toEqual([]);
    expect(await store.readValue("training")).toBeUndefined();
    expect(await store.append([view("k3")])).toBe(3);
    expect(await seqsOf(store, 2, 100)).toEqual([3]);
  });

  it("does not share its events with the caller's objects", async () => {
    const store = await create();
    const event = view("k1");
    await store.append([event]);
    expect(event).not.toHaveProperty("seq");
  });
});

describe("the store in indexeddb", () => {
  it("keeps everything for the next visit, apart for each name", async () => {
    const first = await open("one");
    await first.append([view("k1")]);
    await first.writeValue("training", { turns: 1 });
    first.close();
    const again = await open("one");
    expect(await again.count()).toBe(1);
    expect(await again.readValue("training")).toEqual({ turns: 1 });
    expect(await (await open("two")).count()).toBe(0);
  });

  it("stores all events of a call or none", async () => {
    const store = await open();
    const uncloneable = { ...view("k2"), extra: () => 0 };
    await expect(store.append([view("k1"), uncloneable])).rejects.toThrow();
    expect(await store.count()).toBe(0);
  });

  it("orders events of two tabs in one sequence", async () => {
    const [left, right] = [await open(), await open()];
    await left.append([view("k1")]);
    await right.append([view("k2")]);
    await left.append([view("k3")]);
    const ids = (await right.readAfter(0, 10)).map(
      (event) => event.type === "view" && event.productId,
    );
    expect(ids).toEqual(["k1", "k2", "k3"]);
  });

  it("is refused where the browser has none", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await expect(openEventStore("shop")).rejects.toThrow("this browser has no IndexedDB");
  });

  it("is refused when it does not open in time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("indexedDB", { open: () => new IDBOpenDBRequest() });
    const opening = expect(openEventStore("shop")).rejects.toThrow("did not open within 3000 ms");
    await vi.advanceTimersByTimeAsync(3000);
    await opening;
  });

  it("makes room for another tab's newer version, and tells", async () => {
    const onClosed = vi.fn();
    opened.push(await openEventStore("shop", { onClosed }));
    const upgrade = indexedDB.open("shop", 99);
    await vi.waitFor(() => expect(upgrade.readyState).toBe("done"));
    expect(onClosed).toHaveBeenCalledTimes(1);
    upgrade.result.close();
  });
});

it("a store in memory can go on from where another one stopped", async () => {
  const store = createMemoryStore(41);
  expect(await store.append([view("k1")])).toBe(41);
  expect(await store.readAfter(40, 10)).toHaveLength(1);
});
