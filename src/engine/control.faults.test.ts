import { IDBObjectStore, IDBRequest } from "fake-indexeddb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { coffeeShopper, view } from "../testing/fixtures.ts";
import { open } from "../testing/openRecommender.ts";
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
  vi.spyOn(IDBObjectStore.prototype, "clear").mockImplementation(
    () => new IDBRequest() as never,
  );
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
    const message = expect.stringContaining("storage did not answer");
    expect(await decided).toMatchObject({ code: "decision-late", message });
  });
});
