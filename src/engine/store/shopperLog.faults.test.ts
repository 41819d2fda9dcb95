import { IDBDatabase, IDBFactory, IDBObjectStore, IDBRequest } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { addToCart, fixtureCatalog, NOW, view } from "../../testing/fixtures.ts";
import type { Message } from "../kit/message.ts";
import { openEventStore } from "./indexedDbStore.ts";
import type { LogChange, ShopperLogOptions } from "./logState.ts";
import { openShopperLog, type ShopperLog } from "./shopperLog.ts";

const catalog = fixtureCatalog();
/** Generous, for a busy machine. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 });

const opened: ShopperLog[] = [];
let now = NOW;

async function open(options: Partial<ShopperLogOptions> = {}) {
  const onChange = vi.fn<(change: LogChange) => void>();
  const onWarning = vi.fn<(warning: Message) => void>();
  const log = await openShopperLog({
    catalog,
    databaseName: "shop",
    clock: () => now,
    onChange,
    onWarning,
    ...options,
  });
  opened.push(log);
  return { log, onChange, onWarning };
}

const ownIds = ({ history }: ShopperLog) =>
  [...history.own.keys()].map((row) => catalog.products[row]!.id);

const idsOf = async (log: ShopperLog) =>
  (await log.stored(100)).map((event) => "productId" in event && event.productId);

const codesOf = (onWarning: { mock: { calls: [Message][] } }) =>
  onWarning.mock.calls.map(([{ code }]) => code);

/** Every new event is refused, as on a full disk; the rest works. */
function refuseEvents(): { restore(): void } {
  const spy = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
    throw new DOMException("", "QuotaExceededError");
  });
  return { restore: () => spy.mockRestore() };
}

/** A tab with two stored events whose third fell back to memory. */
async function fallenBack() {
  const tab = await open();
  await tab.log.append([view("k1"), view("k2")]);
  const { restore } = refuseEvents();
  await tab.log.append([view("k3")]);
  restore();
  expect(tab.log.kind).toBe("memory");
  return tab;
}

/** Lets time pass for timers, in steps between which the database works, until the work is done. */
async function passTimeUntil<Result>(work: Promise<Result>): Promise<Result> {
  let isDone = false;
  work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await vi.advanceTimersByTimeAsync(250);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return work;
}

beforeEach(() => {
  now = NOW;
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(() => {
  for (const log of opened.splice(0)) log.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("a tab that fell back to memory", () => {
  it("still has its stored past when the history is folded again", async () => {
    const { log } = await fallenBack();
    await log.mute({ productId: "k2" }, true);
    expect(ownIds(log)).toEqual(["k1", "k3"]);
    expect(await idsOf(log)).toEqual(["k1", "k2", "k3"]);
  });

  it("forgets, in memory and in the store", async () => {
    const { log } = await fallenBack();
    expect(await log.forget({ productId: "k1" })).toBe(1);
    expect(await log.forget({ productId: "k3" })).toBe(1);
    expect(ownIds(log)).toEqual(["k2"]);
    expect(await idsOf((await open()).log)).toEqual(["k2"]);
  });

  it("erases, in memory and in the store", async () => {
    const { log } = await fallenBack();
    await log.erase();
    expect(await idsOf(log)).toEqual([]);
    expect(await idsOf((await open()).log)).toEqual([]);
  });

  it("does not take an erase for done that the store refused", async () => {
    const { log } = await fallenBack();
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
      throw new Error("the disk is broken");
    });
    await expect(log.erase()).rejects.toThrow("the disk is broken");
  });

  it("follows another tab's erase", async () => {
    const { log, onChange } = await fallenBack();
    await (await open()).log.erase();
    await eventually(() => expect(onChange).toHaveBeenCalledWith("forgotten"));
    expect(ownIds(log)).toEqual([]);
    expect(await idsOf(log)).toEqual([]);
  });

  it("keeps the rest of its stored past when another tab forgets a product", async () => {
    const { log, onChange } = await fallenBack();
    await (await open()).log.forget({ productId: "k1" });
    await eventually(() => expect(onChange).toHaveBeenCalledWith("forgotten"));
    expect(ownIds(log)).toEqual(["k2"]);
  });

  it("follows another tab's mute, pause and refusal", async () => {
    const { log } = await fallenBack();
    const { log: other } = await open();
    await other.mute({ productId: "k1" }, true);
    await eventually(() => expect(ownIds(log)).not.toContain("k1"));
    await other.choose({ paused: true });
    await eventually(() => expect(log.recording).toEqual({ to: "nowhere", because: "paused" }));
    await other.choose({ paused: false });
    await eventually(() => expect(log.recording.to).not.toBe("nowhere"));
    await other.decideConsent("refused");
    await eventually(() => expect(log.consent).toBe("refused"));
    expect(ownIds(log)).toEqual([]);
  });

  it("stores again when the store is back, what it held included, and says so", async () => {
    const { log, onWarning } = await fallenBack();
    now += 60_000;
    await log.append([addToCart("k4")]);
    expect(log.kind).toBe("indexeddb");
    await eventually(() => expect(log.eventCount).toBe(4));
    expect(ownIds(log)).toEqual(["k1", "k2", "k3", "k4"]);
    expect(log.history.interactions).toBe(4);
    expect(await idsOf((await open()).log)).toEqual(["k1", "k2", "k3", "k4"]);
    expect(codesOf(onWarning)).toEqual(["memory-only", "stored-again"]);
  });

  it("asks a store that still fails only now and then, and loses nothing", async () => {
    const { log, onWarning } = await fallenBack();
    refuseEvents();
    const opening = vi.spyOn(indexedDB, "open");
    for (const id of ["k4", "k5", "k6"]) {
      now += 15_000;
      await log.append([view(id)]);
    }
    expect(opening.mock.calls.length).toBeLessThanOrEqual(2);
    expect(ownIds(log)).toEqual(["k1", "k2", "k3", "k4", "k5", "k6"]);
    expect(log.history.interactions).toBe(6);
    expect(codesOf(onWarning)).toEqual(["memory-only"]);
  });

  it("at the start stores once the store is back", async () => {
    const blocked = vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("Internal error opening backing store", "UnknownError");
    });
    const { log } = await open();
    await log.append([view("k1")]);
    blocked.mockRestore();
    now += 60_000;
    await log.append([view("k2")]);
    expect(await idsOf((await open()).log)).toEqual(["k1", "k2"]);
    await eventually(() => expect(ownIds(log)).toEqual(["k1", "k2"]));
  });
});

describe("another tab's erase", () => {
  it("also drops what a tab holds that still waits for consent", async () => {
    const { log } = await open({ consent: "required" });
    await log.append([view("k1")]);
    await (await open({ consent: "required" })).log.erase();
    await eventually(() => expect(ownIds(log)).toEqual([]));
  });

  it("also drops what was set aside for a guest", async () => {
    const { log } = await open({ consent: "required" });
    await log.append([view("k1")]);
    await log.setGuest(true);
    await log.append([view("k2")]);
    const { onChange } = await open({ consent: "required" }); // It hears the erase too, and last.
    await (await open({ consent: "required" })).log.erase();
    await eventually(() => expect(onChange).toHaveBeenCalledWith("forgotten"));
    expect(ownIds(log)).toEqual(["k2"]);
    await log.setGuest(false);
    expect(ownIds(log)).toEqual([]);
  });
});

describe("a store that was emptied while a tab was open", () => {
  it("takes in what comes next, and what was there no longer counts", async () => {
    const { log } = await open();
    await log.append([view("k1"), view("k2"), view("k3")]);
    await new Promise((resolve) => {
      indexedDB.deleteDatabase("shop").onsuccess = resolve;
    });
    await log.append([view("k4")]);
    await eventually(() => expect(ownIds(log)).toEqual(["k4"]));
    expect(log.eventCount).toBe(1);
    await log.append([view("k5")]);
    expect(ownIds(log)).toEqual(["k4", "k5"]);
  });
});

/** Calls of these methods of a store are never answered. */
const HANGING: [name: string, methods: (keyof IDBObjectStore)[]][] = [
  ["reading", ["getAll", "get", "count", "openKeyCursor"]],
  ["writing", ["add", "put"]],
  ["deleting", ["clear", "delete"]],
];

function hang(method: keyof IDBObjectStore): void {
  vi.spyOn(IDBObjectStore.prototype, method as "get").mockImplementation(
    () => new IDBRequest() as never,
  );
}

describe("a store that does not answer", () => {
  it.each(HANGING)("to %s holds up nothing for long", async (_name, methods) => {
    const { log } = await open();
    await log.append([view("k1")]);
    for (const method of methods) hang(method);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await passTimeUntil(
      Promise.all([
        log.append([view("k2")]),
        log.erase().catch((error: Error) => error),
        log.append([view("k3")]),
      ]),
    );
    expect(ownIds(log)).toContain("k3");
  });

  it("when it is opened leads to memory, with cards", async () => {
    hang("get");
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const { log, onWarning } = await passTimeUntil(open());
    await log.append([view("k1")]);
    expect(ownIds(log)).toEqual(["k1"]);
    expect(codesOf(onWarning)).toEqual(["memory-only"]);
  });
});

describe("what was learned from events that another tab deleted", () => {
  it("is not stored, even by a tab that has not heard of it", async () => {
    vi.stubGlobal("BroadcastChannel", undefined);
    const [own, other] = [await openEventStore("shop"), await openEventStore("shop")];
    await own.append([view("k1")]);
    await other.erase();
    await own.writeValue("network", new ArrayBuffer(4));
    await own.writeValue("trainerChoice", "plain");
    expect(await other.readValue("network")).toBeUndefined();
    expect(await other.readValue("trainerChoice")).toBe("plain");
    own.close();
    other.close();
  });
});
