import { IDBDatabase, IDBFactory, IDBObjectStore, IDBRequest } from "fake-indexeddb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { coffeeShopper, DAY, impression, NOW, randomNetwork, view } from "../testing/fixtures.ts";
import { close, open, statusOf } from "../testing/openRecommender.ts";
import type { ShopEvent } from "./events/shopEvent.ts";
import { networkToBytes } from "./network/networkFile.ts";
import type { Recommender } from "./recommender.ts";
import { openEventStore } from "./store/indexedDbStore.ts";

/** Every decision of a shopper, with what must hold afterwards. */
const DECISIONS: [name: string, decide: (shop: Recommender) => Promise<unknown>, left: number][] = [
  ["erase", (shop) => shop.erase(), 0],
  ["forget", (shop) => shop.forget({ category: ["Kitchen"] }), 6],
  ["mute", (shop) => shop.mute({ category: ["Kitchen"] }), 30],
  ["pause", (shop) => shop.pause(), 30],
  ["setRetention", (shop) => shop.setRetention(7), 30],
  ["refuse", (shop) => shop.setConsent("refused"), 0],
  ["close", (shop) => shop.close(), 30],
];

/** Another tab's lock, which it never releases. */
function takenLocks() {
  return {
    request(
      _name: string,
      { signal, ifAvailable }: LockOptions,
      job: (lock: Lock | null) => unknown,
    ): Promise<unknown> {
      if (ifAvailable) return Promise.resolve(job(null));
      return new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
      });
    },
  };
}

async function storedCount(): Promise<number> {
  const store = await openEventStore("shop");
  const count = await store.count();
  store.close();
  return count;
}

/** Requests to clear a store are never answered. */
function hangClearing(): void {
  vi.spyOn(IDBObjectStore.prototype, "clear").mockImplementation(() => new IDBRequest() as never);
}

afterEach(() => {
  vi.doUnmock("./learning/learnFrom.ts");
  vi.resetModules();
});

describe("a decision", () => {
  it.each(DECISIONS)("to %s does not wait for training code that never loads", async (...row) => {
    const [, decide, left] = row;
    vi.doMock("./learning/learnFrom.ts", () => new Promise(() => {}));
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    void shop.train();
    await decide(shop);
    expect(await storedCount()).toBe(left);
  });

  it.each(DECISIONS)("to %s does not wait for another tab's training", async (...row) => {
    const [, decide, left] = row;
    const shop = await open();
    await shop.observe([...coffeeShopper(6), view("b1")]);
    vi.stubGlobal("navigator", { locks: takenLocks() });
    await shop.forget({ productId: "b1" }); // Training without it waits for the lock.
    await decide(shop);
    expect(await storedCount()).toBe(left);
  });

  it("whose training was given up leaves nothing learned behind", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    const training = shop.train();
    await shop.forget({ productId: "k1" });
    expect(await training).toBeUndefined();
    await shop.erase();
    await shop.settled();
    expect(await shop.inspect()).toMatchObject({
      events: [],
      networkBytes: 0,
      status: { network: "prior", lastTraining: undefined, warnings: [] },
    });
  });

  it.each([
    ["erase", (shop: Recommender) => shop.erase()],
    ["refuse", (shop: Recommender) => shop.setConsent("refused")],
    ["forget", (shop: Recommender) => shop.forget({ productId: "k1" })],
    ["pause", (shop: Recommender) => shop.pause()],
    ["setRetention", (shop: Recommender) => shop.setRetention(7)],
    ["mute", (shop: Recommender) => shop.mute({ productId: "k1" })],
  ])("to %s is refused with a reason within two seconds if the store hangs", async (_, decide) => {
    const shop = await open();
    await shop.observe(view("k1"));
    hangClearing();
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    shop.erase().catch(() => undefined); // Holds up everything behind it.
    await vi.advanceTimersByTimeAsync(0);
    const decided = decide(shop).catch((error: Error) => error);
    await vi.advanceTimersByTimeAsync(2000);
    const message = expect.stringContaining("no answer within 1500 ms");
    expect(await decided).toMatchObject({ code: "decision-late", message });
  });
});

/** As in Chromium: an error without words, and every write fails while deleting works. */
function fillStore(): void {
  for (const method of ["put", "add"] as const) {
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
      throw new DOMException("", "QuotaExceededError");
    });
  }
}

const storedText = async () => {
  const store = await openEventStore("shop");
  const events = await store.readAfter(0, 100);
  store.close();
  return JSON.stringify(events);
};

describe("on a full store", () => {
  it("erase deletes everything, and later visits start empty", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    fillStore();
    await shop.erase();
    expect((await statusOf(shop)).events).toBe(0);
    await shop.observe(view("k1"));
    expect(await statusOf(shop)).toMatchObject({ events: 1, store: "memory" });
    await close(shop);
    vi.restoreAllMocks();
    expect(await storedCount()).toBe(0);
  });

  it("forget deletes every event about the product, and says what else went with it", async () => {
    const shop = await open();
    await shop.observe([view("k1"), view("k2"), impression(["k1", "k3"]), view("k1")]);
    fillStore();
    expect(await shop.forget({ productId: "k1" })).toEqual({ events: 3 });
    expect((await statusOf(shop)).warnings).toMatchObject([
      { code: "deleted-whole", params: { count: 1 } },
    ]);
    vi.restoreAllMocks();
    expect(await storedText()).not.toContain('"k1"');
    expect(await storedText()).toContain('"k2"');
  });

  it("expired events go", async () => {
    const shop = await open();
    await shop.observe([view("k1", NOW - 30 * DAY), view("k2")]);
    fillStore();
    await expect(shop.setRetention(7)).rejects.toMatchObject({ code: "choice-not-saved" });
    expect(await statusOf(shop)).toMatchObject({ events: 1, retentionDays: 7 });
    vi.restoreAllMocks();
    expect(await storedText()).not.toContain('"k1"');
  });

  it("a pause holds for the visit, and the shopper is told that it is not saved", async () => {
    const shop = await open();
    await shop.observe(view("k1"));
    fillStore();
    const message = expect.stringContaining("this visit");
    await expect(shop.pause()).rejects.toMatchObject({ code: "choice-not-saved", message });
    await shop.observe(view("k2"));
    expect(await statusOf(shop)).toMatchObject({
      events: 1,
      store: "indexeddb",
      recording: { to: "nowhere", because: "paused" },
    });
  });

  it("a refusal erases and holds for the visit", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    fillStore();
    await expect(shop.setConsent("refused")).rejects.toMatchObject({ code: "choice-not-saved" });
    await shop.observe(view("k1"));
    expect(await statusOf(shop)).toMatchObject({
      events: 0,
      consent: "refused",
      recording: { to: "nowhere", because: "consent-refused" },
    });
    vi.restoreAllMocks();
    expect(await storedCount()).toBe(0);
  });

  it("muting holds for the visit, and the shopper is told that it is not saved", async () => {
    const shop = await open();
    await shop.observe([view("k1"), view("k2")]);
    fillStore();
    const muted = shop.mute({ productId: "k1" });
    await expect(muted).rejects.toMatchObject({ code: "choice-not-saved" });
    expect((await statusOf(shop)).muted).toMatchObject({ products: ["k1"] });
    const { cards } = await shop.recommend({ strategy: "recently-viewed", limit: 9 });
    expect(cards.map(({ productId }) => productId)).toEqual(["k2"]);
  });

  it.each(DECISIONS)("to %s fails with words, if it fails", async (_name, decide) => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    fillStore();
    const error = await decide(shop).catch((reason: Error) => reason);
    if (error instanceof Error) expect(error.message).toMatch(/full/);
  });
});

describe("a refusal that cannot erase", () => {
  it("holds for the visit all the same, and the shopper is told", async () => {
    const shop = await open();
    await shop.observe(view("k1"));
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
      throw new Error("the disk is broken");
    });
    await expect(shop.setConsent("refused")).rejects.toThrow("the disk is broken");
    await shop.observe(view("k2"));
    expect(await statusOf(shop)).toMatchObject({ events: 0, consent: "refused" });
  });

  it("is not taken for done where the past of earlier visits does not open", async () => {
    await close(await observed(view("k1")));
    const asking = await open({ consent: "required" });
    const { open: openDatabase } = indexedDB;
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("Internal error opening backing store", "UnknownError");
    });
    await expect(asking.setConsent("refused")).rejects.toThrow("Internal error");
    expect((await statusOf(asking)).consent).toBe("refused");
    vi.mocked(indexedDB.open).mockImplementation(openDatabase.bind(indexedDB));
  });
});

describe("erasing where consent is awaited", () => {
  it("also erases the past of earlier visits, which was not read", async () => {
    await close(await observed(view("k1")));
    const asking = await open({ consent: "required" });
    await asking.erase();
    expect(await storedCount()).toBe(0);
  });
});

async function observed(...events: ShopEvent[]): Promise<Recommender> {
  const shop = await open();
  await shop.observe(events);
  return shop;
}

/** The requests of a session, the n-th of which fails in some way; vitest fails on unhandled rejections. */
const METHODS = [
  "get",
  "getAll",
  "getAllKeys",
  "count",
  "openKeyCursor",
  "add",
  "put",
  "delete",
  "clear",
];
const FAILURES: Record<string, (store: IDBObjectStore, ask: () => unknown) => unknown> = {
  throws() {
    throw new DOMException("Internal error", "UnknownError");
  },
  aborts(store, ask) {
    const request = ask();
    store.transaction.abort();
    return request;
  },
};

/** @returns the number of requests. */
function failAt(nth: number, fail: (typeof FAILURES)[string]): () => number {
  let count = 0;
  for (const method of METHODS as "get"[]) {
    const original = IDBObjectStore.prototype[method] as (...args: unknown[]) => unknown;
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (
      this: IDBObjectStore,
      ...args: unknown[]
    ) {
      const ask = () => original.apply(this, args);
      return (++count === nth ? fail(this, ask) : ask()) as never;
    });
  }
  return () => count;
}

async function session(): Promise<void> {
  const shop = await open();
  await shop.observe([view("k1"), view("k2"), impression(["k1", "k3"])]);
  await shop.importNetwork(networkToBytes(randomNetwork(7)));
  const refused = (error: Error) => expect(error.message).not.toBe("");
  await shop.mute({ productId: "k2" }).catch(refused);
  await shop.forget({ productId: "k1" }).catch(refused);
  await shop.setRetention(30).catch(refused);
  await shop.observe(view("b1"));
  expect((await shop.recommend({ strategy: "for-you", limit: 5 })).cards).toHaveLength(5);
  const { events } = await shop.inspect();
  expect(JSON.stringify(events)).toContain('"b1"');
  expect(events.filter((event) => event.type === "view" && event.productId === "b1")).toHaveLength(
    1,
  );
  await shop.erase().catch(refused);
  await close(shop);
}

describe.each(Object.entries(FAILURES))("whichever request to IndexedDB %s", (_name, fail) => {
  it("there are cards, no event is lost or doubled, and no rejection is left unhandled", async () => {
    const countOf = failAt(0, fail);
    await session();
    const requests = countOf();
    expect(requests).toBeGreaterThan(40);
    for (let nth = 1; nth <= requests; nth++) {
      vi.restoreAllMocks();
      vi.stubGlobal("indexedDB", new IDBFactory());
      failAt(nth, fail);
      await session().catch((error) => {
        throw new Error(`request ${nth}: ${error.message}`);
      });
    }
  }, 60_000);
});

describe("what the browser has but denies", () => {
  it("counts as absent: locks", async () => {
    const request = () => Promise.reject(new DOMException("denied", "SecurityError"));
    vi.stubGlobal("navigator", { locks: { request } });
    const shop = await observed(...coffeeShopper(6));
    expect(await shop.train()).toMatchObject({ trainer: "plain" });
    const { supports } = await shop.storage();
    expect(supports).toMatchObject({ webLocks: false, indexedDb: true });
  });

  it("counts as absent: encryption", async () => {
    vi.spyOn(crypto.subtle, "generateKey").mockRejectedValue(new DOMException("no", "DataError"));
    const shop = await observed(view("k1"));
    expect(await statusOf(shop)).toMatchObject({
      store: "indexeddb",
      isEncrypted: false,
      events: 1,
      warnings: [{ code: "unencrypted" }],
    });
  });

  it("counts as absent: storage estimates", async () => {
    const refuse = () => {
      throw new TypeError("denied");
    };
    vi.stubGlobal("navigator", { storage: { estimate: refuse, persisted: refuse } });
    const shop = await observed(view("k1"));
    expect(await shop.storage()).toMatchObject({ usedBytes: undefined, isPersistent: undefined });
  });
});
