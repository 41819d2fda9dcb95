import { IDBFactory, IDBOpenDBRequest } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { expectBytes } from "../../testing/expectBytes.ts";
import { addToCart, DAY, NOW, purchase, view } from "../../testing/fixtures.ts";
import type { StoredEvent } from "../events/shopEvent.ts";
import { createCipher } from "./cipher.ts";
import type { EventStore } from "./eventStore.ts";
import { openEventStore, openExistingEventStore } from "./indexedDbStore.ts";
import { createMemoryStore } from "./memoryStore.ts";

/** Generous, for a busy machine. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 });

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
  vi.restoreAllMocks();
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

  it("reports its kind, and starts empty", async () => {
    const store = await create();
    expect(store.kind).toBe(kind);
    expect(await store.count()).toBe(0);
    expect(await store.readAfter(0, 100)).toEqual([]);
    expect(await store.readValue("network")).toBeUndefined();
  });

  it("numbers events in order of arrival and returns them complete", async () => {
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

  it("reads the events after a number, and only the newest if there are too many", async () => {
    const store = await create();
    await store.append(Array.from({ length: 10 }, (_, at) => view("k1", at)));
    expect(await seqsOf(store, 7, 100)).toEqual([8, 9, 10]);
    expect(await seqsOf(store, 10, 100)).toEqual([]);
    expect(await seqsOf(store, 0, 4)).toEqual([7, 8, 9, 10]);
    expect(await seqsOf(store, 8, 4)).toEqual([9, 10]);
  });

  it("stores values with the events, and overwrites them", async () => {
    const store = await create();
    const bytes = Uint8Array.of(1, 2, 3).buffer;
    await store.writeValue("network", bytes);
    await store.writeValue("training", { interactions: 3 });
    await store.writeValue("training", { interactions: 4 });
    expectBytes(await store.readValue("network"), [1, 2, 3]);
    expect(await store.readValue("training")).toEqual({ interactions: 4 });
  });

  it("erases only what was learned, and keeps the events and other values", async () => {
    const store = await create();
    await store.append([view("k1")]);
    await store.writeValue("training", 1);
    await store.writeValue("trainerChoice", "plain");
    await store.eraseLearned();
    expect(await store.readValue("training")).toBeUndefined();
    expect(await store.readValue("trainerChoice")).toBe("plain");
    expect(await store.count()).toBe(1);
  });

  it("edits and deletes events, and deletes what was learned with them", async () => {
    const store = await create();
    await store.append([view("k1"), view("k2"), view("k3")]);
    await store.writeValue("training", 1);
    const edit = (event: StoredEvent) => {
      if (event.seq === 1) return undefined;
      return event.seq === 2 ? { ...view("k9"), muted: true as const } : event;
    };
    expect(await store.edit(edit)).toBe(2);
    expect(await store.readAfter(0, 9)).toEqual([
      { ...view("k9"), muted: true, seq: 2 },
      { ...view("k3"), seq: 3 },
    ]);
    expect(await store.readValue("training")).toBeUndefined();
  });

  it("edits a single event, and keeps what was learned if nothing changed", async () => {
    const store = await create();
    await store.append([view("k1"), view("k2")]);
    await store.writeValue("training", 1);
    expect(await store.edit((event) => event)).toBe(0);
    expect(await store.edit(() => undefined, { only: 7 })).toBe(0);
    expect(await store.readValue("training")).toBe(1);
    expect(await store.edit(() => undefined, { only: 1 })).toBe(1);
    expect(await seqsOf(store, 0, 9)).toEqual([2]);
  });

  it("deletes events from days before a time", async () => {
    const store = await create();
    await store.append([view("k1", NOW - 2 * DAY), view("k2", NOW - DAY), view("k3", NOW)]);
    await store.writeValue("training", 1);
    expect(await store.expire(NOW - 3 * DAY)).toBe(0);
    expect(await store.readValue("training")).toBe(1);
    expect(await store.expire(NOW)).toBe(2);
    expect(await seqsOf(store, 0, 9)).toEqual([3]);
    expect(await store.readValue("training")).toBeUndefined();
  });

  it("replaces all events and values", async () => {
    const store = await create();
    await store.append([view("k1"), view("k2")]);
    await store.writeValue("trainerChoice", 1);
    await store.replace((events) => ({
      events: [addToCart("k5"), ...events.map(({ seq: _, ...event }) => event)],
      values: { training: { interactions: 1 } },
    }));
    const events = await store.readAfter(0, 9);
    expect(events.map(({ type, seq }) => [type, seq])).toEqual([
      ["add_to_cart", 3],
      ["view", 4],
      ["view", 5],
    ]);
    expect(await store.readValue("training")).toEqual({ interactions: 1 });
    expect(await store.readValue("trainerChoice")).toBeUndefined();
  });

  it("keeps the shopper's choices, even when everything is erased", async () => {
    const store = await create();
    expect(await store.readChoices()).toEqual({});
    await store.writeChoices({ paused: true, retentionDays: 30 });
    await store.erase();
    expect(await store.readChoices()).toEqual({ paused: true, retentionDays: 30 });
  });

  it("erases everything, and never assigns a number twice", async () => {
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
  it("keeps everything for the next visit, separately for each name", async () => {
    const first = await open("one");
    await first.append([view("k1")]);
    await first.writeValue("training", { interactions: 1 });
    first.close();
    const again = await open("one");
    expect(await again.count()).toBe(1);
    expect(await again.readValue("training")).toEqual({ interactions: 1 });
    expect(await (await open("two")).count()).toBe(0);
  });

  it("stores all events of a call or none", async () => {
    const store = await open();
    const add = IDBObjectStore.prototype.add;
    let calls = 0;
    vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
    ) {
      if (++calls === 2) throw new Error("the disk is full");
      return add.call(this, value);
    });
    await expect(store.append([view("k1"), view("k2")])).rejects.toThrow("the disk is full");
    expect(await store.count()).toBe(0);
  });

  it("is opened only if it exists, if asked not to create it", async () => {
    expect(await openExistingEventStore("shop")).toBeUndefined();
    expect(await indexedDB.databases()).toEqual([]);
    await (await open()).append([view("k1")]);
    const store = (await openExistingEventStore("shop"))!;
    opened.push(store);
    expect(await store.count()).toBe(1);
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

  it("is refused if the browser has no IndexedDB", async () => {
    vi.stubGlobal("indexedDB", undefined);
    await expect(openEventStore("shop")).rejects.toThrow("this browser has no IndexedDB");
  });

  it("is refused if it does not open in time", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    vi.stubGlobal("indexedDB", { open: () => new IDBOpenDBRequest() });
    const opening = expect(openEventStore("shop")).rejects.toThrow("did not open within 3000 ms");
    await vi.advanceTimersByTimeAsync(3000);
    await opening;
  });

  it("closes for another tab's newer version, and reports it", async () => {
    const onClosed = vi.fn();
    opened.push(await openEventStore("shop", { onClosed }));
    const upgrade = indexedDB.open("shop", 99);
    await eventually(() => expect(upgrade.readyState).toBe("done"));
    expect(onClosed).toHaveBeenCalledTimes(1);
    upgrade.result.close();
  });
});

/** Every record of a database, as it is stored on disk. */
async function rawRecords(name = "shop"): Promise<Map<string, unknown>> {
  const database = await openDB(name);
  const records = new Map<string, unknown>();
  for (const store of database.objectStoreNames) {
    for (const key of await database.getAllKeys(store)) {
      records.set(`${store}/${key}`, await database.get(store, key));
    }
  }
  database.close();
  return records;
}

/** All text and numbers in a record; bytes as Latin letters. */
function textOf(value: unknown): string {
  if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value));
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .flatMap(([key, part]) => [key, textOf(part)])
    .join(" ");
}

/** A database as version 1 wrote it. */
async function makeVersion1(events: object[], values: Record<string, unknown>): Promise<void> {
  const database = await openDB("shop", 1, {
    upgrade(upgrading) {
      upgrading.createObjectStore("events", { keyPath: "seq", autoIncrement: true });
      upgrading.createObjectStore("values");
    },
  });
  for (const event of events) await database.add("events", event);
  for (const [key, value] of Object.entries(values)) await database.put("values", value, key);
  database.close();
}

const isSealed = async () => [...(await rawRecords())].every(([name]) => name !== "state/plain");

describe("encryption at rest", () => {
  it("leaves only an event's number and day unencrypted", async () => {
    const store = await open();
    const at = Date.UTC(2026, 0, 15, 12, 34, 56, 789);
    await store.append([view("fell-2-trail-shoe", at), purchase(["espresso-cup"], at)]);
    await store.writeValue("training", { secretLoss: 1 });
    await store.writeValue("muted", { products: ["lip-balm"], categories: [] });
    await store.writeValue("network", new TextEncoder().encode("network-bytes").buffer);
    const records = await rawRecords();
    expect([...records.keys()].sort()).toEqual([
      "events/1",
      "events/2",
      "state/key",
      "values/muted",
      "values/network",
      "values/training",
    ]);
    const text = textOf([...records.values()]);
    for (const word of [
      "fell",
      "trail",
      "espresso",
      "view",
      "purchase",
      "lip",
      "network-b",
      "Loss",
    ]) {
      expect(text).not.toContain(word);
    }
    expect(text).not.toContain(String(at));
    for (const [name, record] of records) {
      const fields = Object.keys(record as object);
      if (name.startsWith("events")) expect(fields.sort()).toEqual(["day", "sealed", "seq"]);
      if (name.startsWith("values")) expect(fields).toEqual(["sealed"]);
    }
    expect(await store.readValue("training")).toEqual({ secretLoss: 1 });
  });

  it("pads events of different lengths to the same length", async () => {
    const store = await open();
    await store.append([view("k"), view("k".repeat(40)), addToCart("kk")]);
    const lengths = [...(await rawRecords())].flatMap(([name, record]) =>
      name.startsWith("events") ? (record as { sealed: ArrayBuffer }).sealed.byteLength : [],
    );
    expect(new Set(lengths).size).toBe(1);
  });

  it("uses a key that no script can read, and a new one after each erase", async () => {
    const store = await open();
    const keyOf = async () => (await rawRecords()).get("state/key") as { key: CryptoKey };
    const before = await keyOf();
    expect(before.key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("raw", before.key)).rejects.toThrow();
    await store.append([view("k1")]);
    const [sealed] = [...(await rawRecords()).values()] as { sealed: ArrayBuffer }[];
    await store.erase();
    const after = await keyOf();
    await expect(createCipher(after.key).open(sealed!.sealed)).rejects.toThrow();
    expect(await createCipher(before.key).open(sealed!.sealed)).toEqual(view("k1"));
  });

  it("is the same for two tabs that start together", async () => {
    const [left, right] = await Promise.all([open(), open()]);
    await left.append([view("k1")]);
    await right.append([view("k2")]);
    expect(await left.readAfter(0, 9)).toEqual(await right.readAfter(0, 9));
  });

  it("keeps working in a tab that missed an erase, and reports it", async () => {
    const onForgotten = vi.fn();
    const deaf = await openEventStore("shop", { onForgotten });
    opened.push(deaf);
    const other = await open();
    await deaf.append([view("k1")]);
    await other.erase();
    await other.append([view("k2")]);
    const [event] = await deaf.readAfter(0, 9);
    expect(event).toMatchObject({ productId: "k2" });
    expect(onForgotten).toHaveBeenCalledTimes(1);
    await other.erase();
    await deaf.append([view("k3")]);
    expect(onForgotten).toHaveBeenCalledTimes(2);
    expect((await other.readAfter(0, 9)).map(({ seq }) => seq)).toEqual([3]);
  });

  it("does not miss events that another tab adds during a deletion", async () => {
    const [left, right] = [await open(), await open()];
    await left.append([view("k1"), view("g1")]);
    let isFirst = true;
    const added: Promise<number>[] = [];
    await left.edit((event) => {
      if (isFirst) added.push(right.append([view("k1"), view("g2")]));
      isFirst = false;
      return event.type === "view" && event.productId === "k1" ? undefined : event;
    });
    await Promise.all(added);
    await left.edit((event) => event);
    const ids = (await left.readAfter(0, 9)).map(
      (event) => event.type === "view" && event.productId,
    );
    expect(ids.filter((id) => id === "k1").length).toBeLessThanOrEqual(1);
    expect(ids).toEqual(expect.arrayContaining(["g1", "g2"]));
  });

  it("skips what cannot be decrypted, and reports it", async () => {
    const onWarning = vi.fn();
    const store = await openEventStore("shop", { onWarning });
    opened.push(store);
    await store.append([view("k1"), view("k2")]);
    await store.writeValue("training", 1);
    const database = await openDB("shop");
    for (const [name, key] of [
      ["events", 1],
      ["values", "training"],
    ] as const) {
      const record = await database.get(name, key);
      new Uint8Array(record.sealed)[20]! ^= 1;
      await database.put(name, record, name === "values" ? key : undefined);
    }
    database.close();
    expect((await store.readAfter(0, 9)).map(({ seq }) => seq)).toEqual([2]);
    expect(await store.readValue("training")).toBeUndefined();
    expect(onWarning.mock.calls.flat()).toMatchObject([
      { message: "Events that could not be decrypted and are ignored: 1" },
      { message: expect.stringContaining('stored as "training" could not be decrypted') },
    ]);
  });

  it("is missing on an insecure page, which works without it and reports that", async () => {
    vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues });
    const onWarning = vi.fn();
    const store = await openEventStore("shop", { onWarning });
    opened.push(store);
    await store.append([view("k1")]);
    await store.writeValue("training", { interactions: 1 });
    expect(store.isEncrypted).toBe(false);
    expect(await store.readAfter(0, 9)).toEqual([{ ...view("k1"), seq: 1 }]);
    expect(await store.readValue("training")).toEqual({ interactions: 1 });
    expect(onWarning.mock.calls).toMatchObject([[{ code: "unencrypted" }]]);
    await store.erase();
    expect(await store.count()).toBe(0);
    vi.unstubAllGlobals();
  });
});

describe("a database of the version without encryption", () => {
  const events = Array.from({ length: 1200 }, (_, at) => ({ ...view(`k${at % 7}`, NOW + at) }));

  it("keeps every event and value, readable at once and encrypted soon after", async () => {
    const network = new Uint8Array([1, 2, 3]).buffer;
    await makeVersion1(events, { network, training: { interactions: 3 } });
    const store = await open();
    expect(await store.readAfter(0, 5000)).toEqual(
      events.map((event, index) => ({ ...event, seq: index + 1 })),
    );
    await eventually(async () => expect(await isSealed()).toBe(true));
    for (const [name, record] of await rawRecords()) {
      if (!name.startsWith("state")) expect(record).toHaveProperty("sealed");
    }
    expect(await store.readAfter(0, 5000)).toHaveLength(events.length);
    expectBytes(await store.readValue("network"), [1, 2, 3]);
    expect(await store.readValue("training")).toEqual({ interactions: 3 });
    expect(await store.append([view("k1")])).toBe(events.length + 1);
    expect(await store.expire(NOW + DAY)).toBe(events.length + 1);
  });

  it("loses nothing when the tab closes during encryption, and continues the next time", async () => {
    await makeVersion1(events, {});
    const first = await openEventStore("shop");
    await eventually(async () => {
      const sealed = [...(await rawRecords()).values()].filter(
        (one) => "sealed" in (one as object),
      );
      expect(sealed.length).toBeGreaterThan(0);
    });
    first.close();
    const store = await open();
    expect(await store.readAfter(0, 5000)).toHaveLength(events.length);
    await eventually(async () => expect(await isSealed()).toBe(true));
    expect(await store.readAfter(0, 5000)).toEqual(
      events.map((event, index) => ({ ...event, seq: index + 1 })),
    );
  });

  it("does not restore events that are deleted during encryption", async () => {
    await makeVersion1(events, {});
    const store = await open();
    await store.edit((event) => (event.seq % 2 === 0 ? undefined : event));
    await eventually(async () => expect(await isSealed()).toBe(true));
    expect(await store.count()).toBe(events.length / 2);
  });
});

it("a store in memory can continue from where another one stopped", async () => {
  const store = createMemoryStore(41);
  expect(await store.append([view("k1")])).toBe(41);
  expect(await store.readAfter(40, 10)).toHaveLength(1);
});
