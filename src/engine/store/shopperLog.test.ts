import { IDBDatabase, IDBFactory } from "fake-indexeddb";
import type { Message } from "../kit/message.ts";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addToCart, fixtureCatalog, NOW, view } from "../../testing/fixtures.ts";
import { openEventStore } from "./indexedDbStore.ts";
import type { LogChange } from "./logState.ts";
import { openShopperLog, type ShopperLog } from "./shopperLog.ts";

const catalog = fixtureCatalog();
/** Generous, for a busy machine. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 });

const opened: ShopperLog[] = [];

async function open(databaseName = "shop") {
  const onChange = vi.fn<(change: LogChange) => void>();
  const onWarning = vi.fn<(warning: Message) => void>();
  const log = await openShopperLog({
    catalog,
    databaseName,
    clock: () => NOW,
    onChange,
    onWarning,
  });
  opened.push(log);
  return { log, onChange, onWarning };
}

/** A parser that accepts values of any shape. */
const asStored = (value: unknown) => value;

const ownIds = ({ history }: ShopperLog) =>
  [...history.own.keys()].map((row) => catalog.products[row]!.id);

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  for (const log of opened.splice(0)) log.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a shopper's log", () => {
  it("stores events and folds them in", async () => {
    const { log, onWarning } = await open();
    await log.append([view("k1"), addToCart("k2")]);
    expect(ownIds(log)).toEqual(["k1", "k2"]);
    expect(log.history.cart.size).toBe(1);
    expect(log).toMatchObject({ kind: "indexeddb", eventCount: 2 });
    expect(await log.newest(1)).toEqual([{ ...addToCart("k2"), seq: 2 }]);
    expect(onWarning).not.toHaveBeenCalled();
  });

  it("is restored on the next visit", async () => {
    const { log } = await open();
    await log.append([view("k1"), view("gone"), addToCart("k2")]);
    await log.writeValue("training", { interactions: 2 });
    log.close();
    const again = (await open()).log;
    expect(again.eventCount).toBe(3);
    expect(again.history.own).toEqual(log.history.own);
    expect(again.history.recent).toEqual(log.history.recent);
    expect(await again.readValue("training", asStored)).toEqual({ interactions: 2 });
  });

  it("folds every event once, however many calls run concurrently", async () => {
    const { log } = await open();
    await Promise.all(Array.from({ length: 20 }, () => log.append([view("k1")])));
    expect(log.history.interactions).toBe(20);
    expect(log.eventCount).toBe(20);
  });

  it("stores no search, and deletes those that version 0.1 stored", async () => {
    const search = { type: "search", at: NOW, query: "something private" } as const;
    const old = await openEventStore("shop");
    await old.append([view("k1"), search, view("k2"), search]);
    old.close();
    const { log, onWarning } = await open();
    const { log: other } = await open();
    await log.append([search, addToCart("k3")]);
    await eventually(() => expect(ownIds(other)).toEqual(["k1", "k2", "k3"]));
    for (const one of [log, other]) {
      const types = (await one.newest(10)).map(({ type }) => type);
      expect(types.sort()).toEqual(["add_to_cart", "view", "view"]);
    }
    expect(log.eventCount).toBe(3);
    await log.append([search]);
    expect(await log.newest(10)).toHaveLength(3);
    expect(onWarning).not.toHaveBeenCalled();
  });

  it("does nothing for an empty list", async () => {
    const { log } = await open();
    await log.append([]);
    expect(log.eventCount).toBe(0);
  });

  it("forgets everything when erased, and keeps working", async () => {
    const { log } = await open();
    await log.append([view("k1")]);
    await log.writeValue("training", 1);
    await log.erase();
    expect(log.eventCount).toBe(0);
    expect(log.history.own.size).toBe(0);
    expect(await log.newest(10)).toEqual([]);
    expect(await log.readValue("training", asStored)).toBeUndefined();
    await log.append([view("k2")]);
    expect(ownIds(log)).toEqual(["k2"]);
    expect(log.eventCount).toBe(1);
  });
});

describe("two tabs", () => {
  it("see each other's events", async () => {
    const [left, right] = [await open(), await open()];
    await left.log.append([view("k1")]);
    await eventually(() => expect(right.onChange).toHaveBeenCalledWith("events"));
    expect(ownIds(right.log)).toEqual(["k1"]);
    await right.log.append([view("k2")]);
    expect(ownIds(right.log)).toEqual(["k1", "k2"]);
    await eventually(() => expect(ownIds(left.log)).toEqual(["k1", "k2"]));
    expect([left.log.eventCount, right.log.eventCount]).toEqual([2, 2]);
  });

  it("read the other's events even if they append first", async () => {
    const [left, right] = [await open(), await open()];
    await Promise.all([left.log.append([view("k1")]), right.log.append([view("k2")])]);
    await eventually(() => {
      expect(ownIds(left.log).sort()).toEqual(["k1", "k2"]);
      expect(ownIds(right.log).sort()).toEqual(["k1", "k2"]);
    });
    expect(left.log.history.interactions).toBe(2);
  });

  it("forget together", async () => {
    const [left, right] = [await open(), await open()];
    await left.log.append([view("k1")]);
    await eventually(() => expect(right.log.eventCount).toBe(1));
    await left.log.erase();
    await eventually(() => expect(right.onChange).toHaveBeenCalledWith("forgotten"));
    expect(right.log.eventCount).toBe(0);
    expect(right.log.history.own.size).toBe(0);
  });

  it("notify each other of a new network", async () => {
    const [left, right] = [await open(), await open()];
    left.log.announceNetwork();
    await eventually(() => expect(right.onChange).toHaveBeenCalledWith("network"));
    expect(left.onChange).not.toHaveBeenCalled();
  });

  it("of different shops do not notify each other", async () => {
    const [left, right, same] = [await open("one"), await open("two"), await open("one")];
    await left.log.append([view("k1")]);
    await eventually(() => expect(same.onChange).toHaveBeenCalled());
    expect(right.onChange).not.toHaveBeenCalled();
    expect(right.log.eventCount).toBe(0);
  });
});

describe("a store that fails", () => {
  it("at the start is replaced by memory, and a warning gives the reason", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const { log, onWarning } = await open();
    expect(log.kind).toBe("memory");
    expect(onWarning.mock.calls).toMatchObject([
      [{ code: "memory-only", params: { because: { code: "no-indexeddb" } } }],
    ]);
    await log.append([view("k1")]);
    expect(ownIds(log)).toEqual(["k1"]);
    expect(log.eventCount).toBe(1);
  });

  it("permanently during a visit is replaced by memory, without losing or duplicating an event", async () => {
    const { log, onWarning } = await open();
    await log.append([view("k1"), view("k2")]);
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
      throw new Error("the disk is full");
    });
    await log.append([view("k3")]);
    expect(log.kind).toBe("memory");
    expect(ownIds(log)).toEqual(["k1", "k2", "k3"]);
    expect(log.history.interactions).toBe(3);
    expect(log.eventCount).toBe(3);
    expect(onWarning.mock.calls).toMatchObject([
      [{ message: "Events are kept in memory only: the disk is full" }],
    ]);
    await log.append([view("k4")]);
    expect(ownIds(log)).toEqual(["k1", "k2", "k3", "k4"]);
    expect(onWarning).toHaveBeenCalledTimes(1);
  });

  it("once is reopened without a warning", async () => {
    const { log, onWarning } = await open();
    await log.append([view("k1")]);
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementationOnce(() => {
      throw new Error("the connection was lost");
    });
    await log.append([view("k2")]);
    expect(log).toMatchObject({ kind: "indexeddb", eventCount: 2 });
    expect(onWarning).not.toHaveBeenCalled();
    const store = await openEventStore("shop");
    expect(await store.count()).toBe(2);
    store.close();
  });
});

describe("stored values of an unknown shape", () => {
  it("for muted products count as none, with one warning, until something is muted again", async () => {
    const { log } = await open();
    await log.append([view("k1"), view("k2")]);
    await log.mute({ productId: "k1" }, true);
    await log.writeValue("muted", { products: "k1" });
    log.close();
    const { log: again, onWarning } = await open();
    expect(again.muted).toEqual({ products: [], categories: [] });
    expect(ownIds(again)).toEqual(["k1", "k2"]);
    await again.mute({ productId: "k2" }, true);
    expect(ownIds(again)).toEqual(["k1"]);
    expect(onWarning.mock.calls).toMatchObject([
      [{ code: "value-unreadable", message: expect.stringContaining('stored as "muted"') }],
    ]);
    again.close();
    const third = await open();
    expect(third.log.muted).toEqual({ products: ["k2"], categories: [] });
    expect(third.onWarning).not.toHaveBeenCalled();
  });

  it.each([[{ offers: "maybe" }], [{ consent: 1 }], ["paused"]])(
    "of the choices pause the log, with a warning: %j",
    async (choices) => {
      const store = await openEventStore("shop");
      await store.writeChoices(choices as never);
      store.close();
      const { log, onWarning } = await open();
      await log.append([view("k1")]);
      expect(log.recording).toEqual({ to: "nowhere", because: "paused" });
      expect(log.eventCount).toBe(0);
      expect(onWarning.mock.calls).toMatchObject([[{ code: "choices-unreadable" }]]);
    },
  );
});
