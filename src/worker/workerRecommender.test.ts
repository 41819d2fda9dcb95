import { IDBFactory } from "fake-indexeddb";
import "fake-indexeddb/auto";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { loadLazyParts } from "../engine/openParts.ts";
import type { Recommender } from "../engine/recommender.ts";
import { addToCart, fixtureProducts, NOW, view } from "../testing/fixtures.ts";
import type { OpenOptions } from "./openOptions.ts";
import type { WorkerRequest } from "./protocol.ts";
import { replyTo } from "./rpc.ts";
import { startRecommender } from "./startRecommender.ts";
import { workerRecommender } from "./workerRecommender.ts";

/** The real engine behind messages, which can stop to answer, or to listen, as a worker that hangs. */
class EngineWorker extends EventTarget {
  /** Once it is true, nothing is heard any more. */
  isDeaf = false;
  /** Once it is true, calls are made but not answered. */
  isDumb = false;
  isEnded = false;
  methods: Record<string, (...args: never[]) => Promise<unknown>> = {
    open: async (options: OpenOptions) => {
      const engine = await startRecommender(options, "worker");
      Object.assign(this.methods, engine);
      engine.subscribe((status) => this.say({ type: "status", status }));
    },
  };
  constructor() {
    super();
    queueMicrotask(() => this.say({ type: "ready" }));
  }
  say(data: unknown): void {
    if (this.isDumb || this.isEnded) return;
    this.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
  }
  async postMessage(request: WorkerRequest): Promise<void> {
    if (this.isDeaf || this.isEnded) return;
    const data = structuredClone(request);
    this.say(data.type === "ping" ? { type: "alive" } : await replyTo(data, this.methods));
  }
  terminate(): void {
    this.isEnded = true;
  }
}

const workers: EngineWorker[] = [];
const opened: Recommender[] = [];

async function open(options: Partial<OpenOptions> = {}): Promise<Recommender> {
  const start = () => {
    const worker = new EngineWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  };
  const shop = await workerRecommender(
    { catalog: { products: fixtureProducts() }, databaseName: "shop", ...options },
    { workers: [start], onPage: () => import("./startRecommender.ts") },
  );
  opened.push(shop);
  return shop;
}

const living = () => workers.filter(({ isEnded }) => !isEnded);
const statusOf = async (shop: Recommender) => (await shop.inspect()).status;

/** Lets time pass for timers, in steps between which everything else works. */
async function passTime(ms: number): Promise<void> {
  for (let step = 0; step < ms / 100; step++) {
    await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets time pass until the work is done. */
async function passTimeUntil<Result>(work: Promise<Result>): Promise<Result> {
  let isDone = false;
  work.finally(() => {
    isDone = true;
  });
  while (!isDone) await passTime(100);
  return work;
}

/** The worker hangs during this call, and is replaced. */
function replaceDuring<Result>(call: () => Promise<Result>): Promise<Result> {
  living()[0]!.isDeaf = true;
  return passTimeUntil(call());
}

beforeAll(loadLazyParts); // So that no test waits for code while its time is faked.

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  vi.stubGlobal("self", { location: new URL("https://shop.example") });
  vi.stubGlobal("navigator", {});
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(opened.splice(0).map((shop) => shop.close()));
  workers.splice(0);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a worker that hangs", () => {
  it.each([
    ["erase", (shop: Recommender) => shop.erase()],
    ["forget", (shop: Recommender) => shop.forget({ productId: "k1" })],
    ["mute", (shop: Recommender) => shop.mute({ productId: "k1" })],
    ["pause", (shop: Recommender) => shop.pause()],
    ["setRetention", (shop: Recommender) => shop.setRetention(7)],
    ["setConsent", (shop: Recommender) => shop.setConsent("refused")],
  ])(
    "refuses %s with a reason within two seconds, and it is made in its successor",
    async (...row) => {
      const [, decide] = row;
      const shop = await open();
      await shop.observe([view("k1"), view("k2")]);
      living()[0]!.isDeaf = true;
      const decided = decide(shop).catch((error: Error) => error);
      await passTime(2000);
      const message = expect.stringContaining("no answer within 2000 ms");
      expect(await decided).toMatchObject({ code: "decision-late", message });
      await passTimeUntil(shop.inspect()); // Made beside the decision, which the next one comes after.
      const before = await shop.inspect();
      await decide(shop);
      expect((await shop.inspect()).events).toEqual(before.events);
      expect(await statusOf(shop)).toMatchObject({
        recording: before.status.recording,
        retentionDays: before.status.retentionDays,
        muted: before.status.muted,
      });
    },
  );

  it("does not hold up closing", async () => {
    const shop = await open();
    living()[0]!.isDeaf = true;
    await passTimeUntil(shop.close());
    expect(living()).toEqual([]);
  });

  it("is replaced by one other, however many calls are made meanwhile", async () => {
    const shop = await open();
    living()[0]!.isDeaf = true;
    const calls = [shop.observe(view("k1", NOW))];
    for (let call = 1; call <= 40; call++) {
      await passTime(200);
      calls.push(shop.observe(view("k1", NOW + call)));
    }
    await passTimeUntil(Promise.all(calls));
    expect(workers).toHaveLength(2);
    expect(living()).toHaveLength(1);
    expect((await shop.inspect()).events).toHaveLength(41);
  });

  it("between storing and answering leaves every event once", async () => {
    const shop = await open();
    await shop.observe([addToCart("k1", NOW, 2), view("k2", NOW)]);
    living()[0]!.isDumb = true;
    const again = { type: "view", productId: "k3" } as const; // Twice in one call, at the same time.
    const observed = shop.observe([again, again, { type: "view", productId: "k4" }]);
    await passTimeUntil(observed);
    const { events } = await shop.inspect();
    expect(events).toHaveLength(5);
  });
});

describe("a worker that was replaced", () => {
  it("still knows a refusal that no database could keep", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe(view("k1"));
    await shop.setConsent("refused");
    await replaceDuring(() => shop.observe(view("k2")));
    expect(await statusOf(shop)).toMatchObject({ consent: "refused", events: 0 });
  });

  it("still pauses, mutes and keeps the retention, where there is no IndexedDB", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const shop = await open();
    await shop.observe(view("k1"));
    await shop.mute({ productId: "k2" });
    await shop.setRetention(30);
    await shop.pause();
    await replaceDuring(() => shop.observe(view("k3")));
    expect(await statusOf(shop)).toMatchObject({
      recording: { to: "nowhere", because: "paused" },
      retentionDays: 30,
      muted: { products: ["k2"] },
      events: 0,
    });
  });

  it("says which events are lost with it", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe([view("k1"), view("k2")]);
    await replaceDuring(() => shop.inspect());
    const { warnings } = await statusOf(shop);
    expect(warnings).toContainEqual({
      code: "memory-lost",
      params: { count: 2 },
      message: "Events that were in memory only are lost: 2",
    });
  });

  it.each([
    ["one who paused", true],
    ["another one", false],
  ])(
    "still serves a guest, and does not show them the owner's past: %s",
    async (_who, isPaused) => {
      const shop = await open();
      await shop.observe(view("k1"));
      await shop.startGuestVisit();
      if (isPaused) await shop.pause();
      await replaceDuring(() => shop.inspect());
      const { events, status } = await shop.inspect();
      expect(events).toEqual([]);
      expect(status).toMatchObject({
        isGuest: true,
        recording: { because: isPaused ? "paused" : "guest" },
      });
      await shop.endGuestVisit();
      expect((await shop.inspect()).events).toHaveLength(1);
      expect((await statusOf(shop)).recording).toEqual({ to: "browser" });
    },
  );

  it("does not take back what another tab refused meanwhile", async () => {
    const shop = await open();
    await shop.setConsent("granted");
    const other = await open();
    living()[0]!.isDeaf = true;
    await other.setConsent("refused");
    const { status } = await passTimeUntil(shop.inspect());
    expect(status.consent).toBe("refused");
  });
});
