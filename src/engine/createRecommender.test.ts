import { IDBDatabase, IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { type Message, messageOf } from "./message.ts";
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  addToCart,
  coffeeShopper,
  DAY,
  fixtureCatalog,
  fixturePack,
  impression,
  NOW,
  notForMe,
  purchase,
  randomNetwork,
  view,
} from "../testing/fixtures.ts";
import { createRecommender } from "./createRecommender.ts";
import { createEvaluation } from "./evaluation.ts";
import { FieldError } from "./fields.ts";
import { openEventStore } from "./indexedDbStore.ts";
import { itemPackFromBytes, itemPackToShards } from "./itemPack.ts";
import { FIRST_TURNS, GROWTH, IDLE_MS } from "./learner.ts";
import { NETWORK_SIZE } from "./network.ts";
import { networkFromBytes, networksFromBytes, networkToBytes } from "./networkFile.ts";
import type { Recommender, RecommenderOptions, Status } from "./recommender.ts";
import { productIdsOf, type ShopEvent, type ShopEventInput } from "./shopEvent.ts";

const catalog = fixtureCatalog();
const pack = fixturePack(catalog);
/** However busy the machine is. */
const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 });

const opened: Recommender[] = [];

async function open(options: Partial<RecommenderOptions> = {}): Promise<Recommender> {
  const recommender = await createRecommender({
    catalog,
    pack,
    databaseName: "shop",
    trainer: "plain",
    clock: () => NOW,
    seed: 1,
    ...options,
  });
  opened.push(recommender);
  return recommender;
}

async function close(recommender: Recommender): Promise<void> {
  opened.splice(opened.indexOf(recommender), 1);
  await recommender.close();
}

/** As numbers: `toEqual` holds any two ArrayBuffers for equal. */
const bytesOf = async (recommender: Recommender) =>
  new Uint8Array(await recommender.exportNetwork());

const statusOf = async (recommender: Recommender) => (await recommender.inspect()).status;

async function idsFor(recommender: Recommender, limit = 5): Promise<string[]> {
  const { cards } = await recommender.recommend({ strategy: "for-you", limit });
  return cards.map(({ productId }) => productId);
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await Promise.all(opened.splice(0).map((recommender) => recommender.close()));
  vi.unstubAllGlobals();
});

describe("a pack in shards", () => {
  it("makes the cards that the whole pack makes, and loads only what they need", async () => {
    const { base, shards } = itemPackToShards(pack, catalog, 4);
    const loaded: number[] = [];
    const sharded = await open({
      pack: itemPackFromBytes(base, catalog),
      databaseName: "sharded",
      loadShard: async (index) => {
        loaded.push(index);
        return shards[index]!;
      },
    });
    const whole = await open();
    expect(await idsFor(sharded)).toEqual(await idsFor(whole));
    expect(loaded).toEqual([]);
    for (const recommender of [sharded, whole]) await recommender.observe(view("k1", NOW));
    expect(await idsFor(sharded)).toEqual(await idsFor(whole));
    expect(loaded).toEqual([Math.floor(catalog.rowOf("k1")! / 4)]);
  });

  it("trains as with the whole pack", async () => {
    const { base, shards } = itemPackToShards(pack, catalog, 4);
    const sharded = await open({
      pack: itemPackFromBytes(base, catalog),
      databaseName: "sharded",
      loadShard: async (index) => shards[index]!,
    });
    const whole = await open();
    for (const recommender of [sharded, whole]) {
      await recommender.observe(coffeeShopper(12));
      await recommender.train();
    }
    expect(await sharded.exportNetwork()).toEqual(await whole.exportNetwork());
  });
});

describe("products", () => {
  it("come from the catalogue in the order asked for, undefined where it has none", async () => {
    const recommender = await open();
    const found = await recommender.products(["b5", "unknown", "g1"]);
    expect(found.map((product) => product?.id)).toEqual(["b5", undefined, "g1"]);
  });
});

const BEFORE: Message = {
  code: "memory-only",
  params: { because: messageOf(new Error("full")) },
  message: "before",
};

describe("a recommender", () => {
  it("has cards for a stranger, and says what it is", async () => {
    const rejectedProducts = [{ index: 3, id: "x", reason: BEFORE }];
    const shop = await open({ rejectedProducts, notices: [BEFORE], thread: "worker" });
    expect(await idsFor(shop)).toHaveLength(5);
    expect(await statusOf(shop)).toEqual({
      thread: "worker",
      store: "indexeddb",
      recording: { to: "browser" },
      consent: "granted",
      network: "prior",
      events: 0,
      turns: 0,
      evaluation: createEvaluation().standingAt(NOW),
      trainer: undefined,
      training: undefined,
      lastTraining: undefined,
      relearning: undefined,
      isEncrypted: true,
      retentionDays: 400,
      muted: { products: [], categories: [] },
      rejectedProducts,
      notices: [BEFORE],
    });
  });

  it("takes what the shopper does into account at once", async () => {
    const shop = await open();
    const before = await idsFor(shop, 21);
    expect(before).toContain("k4");
    await shop.observe([view("g1"), addToCart("k4"), notForMe("b5")]);
    const after = await idsFor(shop, 21);
    expect(after).not.toContain("k4");
    expect(after).not.toContain("b5");
    const recent = await shop.recommend({ strategy: "recently-viewed", limit: 5 });
    expect(recent.cards.map(({ productId }) => productId)).toEqual(["g1"]);
  });

  it("stores nothing of a call that holds one bad event, and names its field", async () => {
    const shop = await open();
    const bad = { type: "rate", productId: "k1", stars: 9 } as ShopEventInput;
    const refusal = expect(shop.observe([view("k1"), bad, view("k2")])).rejects;
    await refusal.toMatchObject({ name: "FieldError", field: "stars" });
    expect((await shop.inspect()).events).toEqual([]);
    expect((await statusOf(shop)).events).toBe(0);
    const related = await shop.recommend({ strategy: "recently-viewed", limit: 5 });
    expect(related.cards).toEqual([]);
  });

  it.each<[string, object]>([
    ["strategy", { strategy: "magic", limit: 3 }],
    ["limit", { strategy: "for-you", limit: 0 }],
    ["limit", { strategy: "for-you", limit: 201 }],
    ["diversity", { strategy: "for-you", diversity: -1 }],
    ["exclude[0]", { strategy: "for-you", exclude: [5] }],
    ["productId", { strategy: "related", productId: "" }],
    ["at", { strategy: "for-you", at: "now" }],
  ])("refuses a request with a bad %s: %j", async (field, request) => {
    const shop = await open();
    const answer = shop.recommend(request as never);
    await expect(answer).rejects.toBeInstanceOf(FieldError);
    await expect(answer).rejects.toMatchObject({ field });
  });

  it("shows what is stored, newest first and only as much as asked for", async () => {
    const shop = await open();
    await shop.observe([view("k1"), view("k2"), view("gone")]);
    const { events, networkBytes, status } = await shop.inspect(2);
    expect(events).toEqual([
      { ...view("gone"), seq: 3 },
      { ...view("k2"), seq: 2 },
    ]);
    expect(networkBytes).toBe(0);
    expect(status.events).toBe(3);
  });

  it("tells listeners the status now and on every change, until they have had enough", async () => {
    const shop = await open();
    const seen: number[] = [];
    const stop = shop.subscribe((status) => seen.push(status.events));
    expect(seen).toEqual([0]);
    await shop.observe(view("k1"));
    expect(seen.at(-1)).toBe(1);
    stop();
    const heard = seen.length;
    await shop.observe(view("k2"));
    expect(seen).toHaveLength(heard);
  });

  it("relates to the product at hand, which is not on the shelf itself", async () => {
    const shop = await open();
    const ids = async (productId: string) =>
      (await shop.recommend({ strategy: "related", limit: 3, productId, diversity: 0 })).cards.map(
        (card) => card.productId,
      );
    expect(await ids("g1")).toContain("g2");
    expect(await ids("g1")).not.toContain("g1");
  });
});

describe("the next visit", () => {
  it("brings the past and the network back", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.train();
    const before = await idsFor(shop, 21);
    const network = await bytesOf(shop);
    const status = await statusOf(shop);
    await close(shop);
    const again = await open();
    expect(await bytesOf(again)).toEqual(network);
    expect(await idsFor(again, 21)).toEqual(before);
    expect(await statusOf(again)).toMatchObject({
      events: 30,
      network: status.network,
      lastTraining: status.lastTraining,
      notices: [],
    });
  });

  it("notices a damaged network, starts from the prior and trains anew", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.train();
    await close(shop);
    const store = await openEventStore("shop");
    const bytes = (await store.readValue("network"))!;
    new Uint8Array(bytes)[100]! ^= 1;
    await store.writeValue("network", bytes);
    store.close();
    const again = await open();
    const damaged = await statusOf(again);
    expect(damaged.notices).toMatchObject([
      { code: "network-unreadable", params: { because: { code: "network-damaged" } } },
    ]);
    expect(damaged).toMatchObject({ network: "prior", lastTraining: undefined, events: 30 });
    await again.settled();
    expect((await statusOf(again)).lastTraining).toMatchObject({ trainer: "plain", events: 30 });
    expect(() => networkFromBytes(bytes)).toThrow();
    await close(again);
    expect((await statusOf(await open())).notices).toEqual([]);
  });

  it("works without any store, and says so", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const shop = await open();
    await shop.observe(coffeeShopper(3));
    expect(await shop.train()).toMatchObject({ trainer: "plain", events: 15 });
    const status = await statusOf(shop);
    expect(status).toMatchObject({ store: "memory", events: 15 });
    expect(status.notices).toMatchObject([
      { message: "Events are kept in memory only: this browser has no IndexedDB" },
    ]);
  });
});

describe("training", () => {
  const turns = (count: number) =>
    Array.from({ length: count }, (_, at) => view(`k${1 + (at % 6)}`));

  it("is due after the first turns, and not before", async () => {
    const shop = await open();
    await shop.observe(turns(FIRST_TURNS - 1));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toBeUndefined();
    await shop.observe(view("k6"));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toMatchObject({
      trainer: "plain",
      turns: FIRST_TURNS,
      events: FIRST_TURNS,
      at: NOW,
    });
  });

  it("is due again only when there is enough more to learn from", async () => {
    const shop = await open();
    const known = 2 * Math.ceil(FIRST_TURNS / GROWTH);
    await shop.observe(turns(known));
    await shop.settled();
    await shop.observe(turns(GROWTH * known - 1));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toMatchObject({ turns: known });
    await shop.observe(view("k1"));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toMatchObject({ turns: known * (1 + GROWTH) });
  });

  it("waits until the shopper pauses", async () => {
    const shop = await open();
    await shop.observe(turns(FIRST_TURNS - 1));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await shop.observe(view("k6"));
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect((await statusOf(shop)).lastTraining).toBeUndefined();
    await shop.observe(view("k1"));
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect((await statusOf(shop)).lastTraining).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await eventually(async () => {
      expect((await statusOf(shop)).lastTraining).toMatchObject({ turns: FIRST_TURNS + 1 });
    });
  });

  it("reports its progress, its examples and its losses, and saves what it learned", async () => {
    const shop = await open();
    const epochs: (number | undefined)[] = [];
    shop.subscribe((status) => epochs.push(status.training?.epoch));
    await shop.observe(coffeeShopper(8));
    const report = (await shop.train())!;
    expect(report.epochs).toBe(report.history.length);
    expect(report.firstLoss).toBe(report.history[0]!.loss);
    expect(report.lastLoss).toBe(report.history.at(-1)!.loss);
    expect(report.lastLoss).toBeLessThan(report.firstLoss);
    expect(report.examples).toBeGreaterThan(100);
    expect(epochs).toContain(1); // Later ones are told a few times a second.
    expect(epochs.at(-1)).toBeUndefined();
    const { networkBytes, status } = await shop.inspect();
    expect(networkBytes).toBe((await shop.exportNetwork()).byteLength);
    expect(status.trainer).toMatchObject({ trainer: "plain", reason: { code: "asked-for" } });
    expect(status.lastTraining).toEqual(report);
  });

  it("starts from the item pack's own weights where it brings some, and tells them after training", async () => {
    const own = Float32Array.from({ length: NETWORK_SIZE }, (_, index) => Math.sin(index));
    const shop = await open({ pack: { ...pack, prior: own } });
    const crowds = async () => networksFromBytes(await shop.exportNetwork("crowd"))[0]!.weights;
    expect(networksFromBytes(await shop.exportNetwork())[0]!.weights).toEqual(own);
    await shop.observe(coffeeShopper(8));
    await shop.train();
    expect(await crowds()).toEqual(own);
  });

  it("gives the same network for the same events and seed", async () => {
    const networks: Uint8Array[] = [];
    for (const databaseName of ["one", "two"]) {
      const shop = await open({ databaseName });
      await shop.observe(coffeeShopper(5));
      await shop.train();
      networks.push(await bytesOf(shop));
    }
    expect(networks[1]).toEqual(networks[0]);
  });

  it("comes to nothing without anything to learn from", async () => {
    const shop = await open();
    expect(await shop.train()).toBeUndefined();
    expect(await statusOf(shop)).toMatchObject({ network: "prior", notices: [] });
  });

  it("is plain where WebGL cannot train, and says why", async () => {
    const shop = await open({ trainer: "auto", thread: "worker" });
    await shop.observe(coffeeShopper(3));
    expect(await shop.train()).toMatchObject({ trainer: "plain" });
    expect((await statusOf(shop)).trainer).toMatchObject({
      trainer: "plain",
      reason: { code: "webgl-unusable", message: expect.stringMatching(/^WebGL: ./) },
    });
  });

  it("goes on plainly from where a failing WebGL trainer stopped, with a notice", async () => {
    const trainer = {
      name: "webgl" as const,
      begin: () => Promise.reject(new Error("context lost")),
    };
    const webgl = {
      renderer: () => "GPU",
      open: () => Promise.resolve({ trainer, renderer: "GPU" }),
    };
    const shop = await open({ trainer: "webgl", thread: "worker", webgl });
    await shop.observe(coffeeShopper(3));
    expect(await shop.train()).toMatchObject({ trainer: "plain" });
    expect((await statusOf(shop)).notices).toMatchObject([
      { code: "trainer-failed", params: { trainer: "webgl", because: { code: "other" } } },
    ]);
  });
});

describe("a network that is handed over", () => {
  const network = randomNetwork(7, "sigmoid");

  it("is used and kept", async () => {
    const shop = await open();
    await shop.importNetwork(networkToBytes(network));
    expect(await bytesOf(shop)).toEqual(new Uint8Array(networkToBytes(network)));
    expect((await statusOf(shop)).network).toBe("personal");
    await close(shop);
    expect(await bytesOf(await open())).toEqual(new Uint8Array(networkToBytes(network)));
  });

  it("is refused when damaged, and the one in use stays", async () => {
    const shop = await open();
    const before = await bytesOf(shop);
    await expect(shop.importNetwork(new ArrayBuffer(8))).rejects.toThrow("Network: file size is 8");
    expect(await bytesOf(shop)).toEqual(before);
    expect((await statusOf(shop)).network).toBe("prior");
  });

  it("changes the shelf", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(1));
    const before = await idsFor(shop, 21);
    await shop.importNetwork(networkToBytes(network));
    expect(await idsFor(shop, 21)).not.toEqual(before);
  });
});

describe("erasing", () => {
  it("empties everything and goes back to the prior", async () => {
    const shop = await open();
    const prior = await bytesOf(shop);
    const strangers = await idsFor(shop, 21);
    await shop.observe(coffeeShopper(6));
    await shop.importNetwork(networkToBytes(randomNetwork(7)));
    await shop.train();
    await shop.erase();
    expect(await bytesOf(shop)).toEqual(prior);
    expect(await idsFor(shop, 21)).toEqual(strangers);
    expect(await shop.inspect()).toMatchObject({
      events: [],
      networkBytes: 0,
      status: { events: 0, network: "prior", lastTraining: undefined, training: undefined },
    });
    await close(shop);
    expect(await (await open()).inspect()).toMatchObject({ events: [], networkBytes: 0 });
  });

  it("while a training runs stops it and leaves nothing of it behind", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(40));
    const started = new Promise<void>((resolve) => {
      shop.subscribe((status) => status.training && resolve());
    });
    const training = shop.train();
    await started;
    await shop.erase();
    expect(await training).toBeUndefined();
    expect(await shop.inspect()).toMatchObject({
      events: [],
      networkBytes: 0,
      status: { network: "prior", lastTraining: undefined, notices: [] },
    });
  });

  it("while a finished network is being saved leaves nothing of it, and no report", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    const put = IDBObjectStore.prototype.put;
    let erased: Promise<void> | undefined;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      value,
      key,
    ) {
      if (key === "network") erased ??= shop.erase();
      return put.call(this, value, key);
    });
    expect(await shop.train()).toBeUndefined();
    await erased;
    expect(await shop.inspect()).toMatchObject({
      events: [],
      networkBytes: 0,
      status: { network: "prior", lastTraining: undefined, notices: [] },
    });
  });
});

describe("two tabs", () => {
  it("share events, a newly trained network, and forgetting", async () => {
    const [left, right] = [await open(), await open()];
    const seen: Status[] = [];
    right.subscribe((status) => seen.push(status));
    const prior = await bytesOf(right);
    await left.observe(coffeeShopper(6));
    await eventually(() => expect(seen.at(-1)!.events).toBe(30));
    expect(await idsFor(right, 21)).toEqual(await idsFor(left, 21));

    await left.importNetwork(networkToBytes(randomNetwork(7)));
    await eventually(() => expect(seen.at(-1)!.network).toBe("personal"));
    expect(await bytesOf(right)).toEqual(await bytesOf(left));

    await left.erase();
    await eventually(() => expect(seen.at(-1)).toMatchObject({ events: 0, network: "prior" }));
    expect(await bytesOf(right)).toEqual(prior);
    expect(await idsFor(right, 21)).toEqual(await idsFor(left, 21));
  });
});

it("a recommender that hears another tab while it opens takes it as it comes", async () => {
  const left = await open();
  await left.importNetwork(networkToBytes(randomNetwork(7)));
  const other = new BroadcastChannel("vitrine:shop");
  const transaction = IDBDatabase.prototype.transaction;
  const said = ["network", "events", "forgotten"];
  vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(function (
    this: IDBDatabase,
    ...args
  ) {
    for (const change of said.splice(0)) other.postMessage(change);
    return transaction.apply(this, args);
  });
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  const kept = ["uncaughtException", "unhandledRejection"].map((name) => {
    const listeners = process.rawListeners(name);
    process.removeAllListeners(name);
    process.on(name, note);
    return { name, listeners };
  });
  try {
    await open({ databaseName: "shop" });
    await eventually(() => expect(said).toEqual([]));
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    other.close();
    for (const { name, listeners } of kept) {
      process.off(name, note);
      for (const listener of listeners) process.on(name, listener as () => void);
    }
  }
  expect(failures).toEqual([]);
});

it("a closed recommender neither trains nor listens any more", async () => {
  const [left, right] = [await open(), await open()];
  const listener = vi.fn();
  left.subscribe(listener);
  await left.observe(coffeeShopper(3));
  await close(left);
  const heard = listener.mock.calls.length;
  await right.observe(view("k1"));
  await eventually(async () => expect((await statusOf(right)).events).toBe(16));
  expect(listener).toHaveBeenCalledTimes(heard);
});

describe("pausing", () => {
  it("takes nothing in, says so, and stays for the next visit", async () => {
    const shop = await open();
    await shop.observe(view("k1"));
    await shop.pause();
    await shop.observe([view("k2"), view("k3")]);
    expect(await statusOf(shop)).toMatchObject({
      events: 1,
      turns: 1,
      recording: { to: "nowhere", because: "paused" },
    });
    await close(shop);
    const again = await open();
    await again.observe(view("k4"));
    expect(await statusOf(again)).toMatchObject({ events: 1, recording: { because: "paused" } });
    await again.resume();
    await again.observe(view("k5"));
    expect(await statusOf(again)).toMatchObject({ events: 2, recording: { to: "browser" } });
  });

  it("still checks what a page reports", async () => {
    const shop = await open();
    await shop.pause();
    await expect(shop.observe({ type: "view" } as never)).rejects.toThrow('"productId"');
  });

  it("holds in other tabs, too, and so does going on", async () => {
    const [left, right] = [await open(), await open()];
    await left.pause();
    await eventually(async () => {
      expect((await statusOf(right)).recording).toEqual({ to: "nowhere", because: "paused" });
    });
    await right.observe(view("k1"));
    await left.resume();
    await eventually(async () => expect((await statusOf(right)).recording.to).toBe("browser"));
    expect((await statusOf(right)).events).toBe(0);
  });

  it("is where Global Privacy Control starts, until the shopper goes on", async () => {
    const shop = await open({ globalPrivacyControl: true });
    await shop.observe(view("k1"));
    expect(await statusOf(shop)).toMatchObject({
      events: 0,
      recording: { to: "nowhere", because: "global-privacy-control" },
    });
    await shop.resume();
    await shop.observe(view("k1"));
    await close(shop);
    const again = await open({ globalPrivacyControl: true });
    expect(await statusOf(again)).toMatchObject({ events: 1, recording: { to: "browser" } });
  });

  it("outlives erasing everything", async () => {
    const shop = await open();
    await shop.pause();
    await shop.erase();
    await close(shop);
    expect((await statusOf(await open())).recording.because).toBe("paused");
  });
});

describe("a guest visit", () => {
  it("starts as a stranger, stores nothing, and gives the shopper's own past back at its end", async () => {
    const shop = await open();
    const strangers = await idsFor(shop, 21);
    await shop.observe(coffeeShopper(6));
    await shop.train();
    const own = { cards: await idsFor(shop, 21), network: await bytesOf(shop) };
    await shop.startGuestVisit();
    expect(await idsFor(shop, 21)).toEqual(strangers);
    expect(await statusOf(shop)).toMatchObject({
      events: 0,
      network: "prior",
      recording: { to: "memory", because: "guest" },
    });
    await shop.observe(coffeeShopper(2));
    await shop.importNetwork(networkToBytes(randomNetwork(7)));
    expect(await statusOf(shop)).toMatchObject({ events: 10, network: "personal" });
    const other = await open();
    expect((await statusOf(other)).events).toBe(30);
    await shop.endGuestVisit();
    expect(await statusOf(shop)).toMatchObject({ events: 30, recording: { to: "browser" } });
    expect(await bytesOf(shop)).toEqual(own.network);
    expect(await idsFor(shop, 21)).toEqual(own.cards);
  });

  it("from the start makes no database", async () => {
    const shop = await open({ guest: true });
    await shop.observe(coffeeShopper(2));
    await shop.train();
    await shop.pause();
    await shop.erase();
    expect(await indexedDB.databases()).toEqual([]);
  });

  it("does not hear other tabs, nor they it", async () => {
    const [guest, other] = [await open(), await open()];
    await guest.startGuestVisit();
    await guest.observe([view("k1"), view("k2")]);
    await guest.pause();
    await other.observe(view("g1"));
    await guest.erase();
    await other.observe(view("g1"));
    expect((await statusOf(other)).events).toBe(2);
    expect(await statusOf(guest)).toMatchObject({ events: 0, recording: { because: "paused" } });
    await guest.endGuestVisit();
    expect(await statusOf(guest)).toMatchObject({ events: 2, recording: { to: "browser" } });
  });

  it("gives back what waited for consent in memory", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe([view("k1"), view("k2")]);
    await shop.startGuestVisit();
    await shop.observe(view("g1"));
    await shop.endGuestVisit();
    expect(await statusOf(shop)).toMatchObject({
      events: 2,
      recording: { because: "consent-awaited" },
    });
    await shop.setConsent("granted");
    expect((await statusOf(shop)).events).toBe(2);
  });
});

describe("consent", () => {
  it("that must be asked for: before it nothing is stored, with it what was held back is", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe(coffeeShopper(2));
    await shop.train();
    expect(await statusOf(shop)).toMatchObject({
      events: 10,
      consent: "awaited",
      recording: { to: "memory", because: "consent-awaited" },
    });
    expect(await indexedDB.databases()).toEqual([]);
    await shop.setConsent("granted");
    expect(await statusOf(shop)).toMatchObject({ events: 10, recording: { to: "browser" } });
    await close(shop);
    const again = await open({ consent: "required" });
    expect(await statusOf(again)).toMatchObject({ events: 10, consent: "granted" });
  });

  it("refused drops what memory holds, makes no database, and takes nothing in", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe(coffeeShopper(2));
    await shop.setConsent("refused");
    await shop.observe(view("k1"));
    expect(await statusOf(shop)).toMatchObject({
      events: 0,
      turns: 0,
      recording: { to: "nowhere", because: "consent-refused" },
    });
    expect(await indexedDB.databases()).toEqual([]);
  });

  it.each(["required", "granted", "auto"] as const)(
    "withdrawn erases what was stored, where it is %s, and may be given again",
    async (consent) => {
      const shop = await open({ consent });
      await shop.setConsent("granted");
      await shop.observe(coffeeShopper(6));
      await shop.train();
      await shop.setConsent("refused");
      await shop.observe(view("k1"));
      expect(await statusOf(shop)).toMatchObject({ events: 0, network: "prior" });
      const store = await openEventStore("shop");
      expect(await store.count()).toBe(0);
      expect(await store.readValue("network")).toBeUndefined();
      store.close();
      await shop.setConsent("granted");
      await shop.observe(view("k1"));
      expect(await statusOf(shop)).toMatchObject({ events: 1, recording: { to: "browser" } });
    },
  );

  it("refused also erases what was stored before the page had to ask", async () => {
    const before = await open();
    await before.observe(coffeeShopper(2));
    await close(before);
    const shop = await open({ consent: "required" });
    expect((await statusOf(shop)).events).toBe(0);
    await shop.setConsent("refused");
    await close(shop);
    expect(await statusOf(await open())).toMatchObject({ events: 0, consent: "refused" });
    const store = await openEventStore("shop");
    expect(await store.count()).toBe(0);
    store.close();
  });

  it("refused is remembered where there is a store to remember it in", async () => {
    const shop = await open({ consent: "auto" });
    await shop.setConsent("refused");
    await close(shop);
    const again = await open({ consent: "auto" });
    expect(await statusOf(again)).toMatchObject({
      consent: "refused",
      recording: { to: "nowhere" },
    });
  });

  it("given or withdrawn in one tab counts in the other, which stores what it held back", async () => {
    const [left, right] = [
      await open({ consent: "required" }),
      await open({ consent: "required" }),
    ];
    await left.observe(view("k1"));
    await right.observe(view("g1"));
    await left.setConsent("granted");
    await eventually(async () => {
      expect(await statusOf(left)).toMatchObject({ events: 2 });
      expect(await statusOf(right)).toMatchObject({ events: 2, recording: { to: "browser" } });
    });
    await right.setConsent("refused");
    await eventually(async () => {
      expect(await statusOf(left)).toMatchObject({ events: 0, recording: { to: "nowhere" } });
    });
  });

  it("a pause before it outlasts it", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe(view("k1"));
    await shop.pause();
    await shop.setConsent("granted");
    await shop.observe(view("k2"));
    expect(await statusOf(shop)).toMatchObject({ events: 1, recording: { because: "paused" } });
  });

  it("is one of two answers", async () => {
    const shop = await open();
    await expect(shop.setConsent("yes" as never)).rejects.toThrow("expected granted or refused");
  });
});

describe("forgetting a part", () => {
  const viewed = async (shop: Recommender) => {
    const { cards } = await shop.recommend({ strategy: "recently-viewed", limit: 50 });
    return cards.map(({ productId }) => productId);
  };
  const relearned = (shop: Recommender) =>
    eventually(async () => expect((await statusOf(shop)).relearning?.doneAt).toBe(NOW));

  it("takes out one event, a product or a category, and leaves the rest", async () => {
    const shop = await open();
    await shop.observe([view("k1"), view("g1"), view("b1"), view("b2"), view("k2")]);
    expect(await shop.forget({ seq: 1 })).toEqual({ events: 1 });
    expect(await shop.forget({ productId: "b1" })).toEqual({ events: 1 });
    expect(await viewed(shop)).toEqual(["k2", "b2", "g1"]);
    expect(await shop.forget({ category: ["Books", "Novels"] })).toEqual({ events: 1 });
    expect(await shop.forget({ category: ["Garden"] })).toEqual({ events: 1 });
    expect(await viewed(shop)).toEqual(["k2"]);
    await close(shop);
    expect(await viewed(await open())).toEqual(["k2"]);
  });

  it("leaves an event's other products", async () => {
    const shop = await open();
    await shop.observe([impression(["k1", "g1"]), purchase(["k1", "b1"])]);
    expect(await shop.forget({ productId: "k1" })).toEqual({ events: 2 });
    const { events } = await shop.inspect();
    expect(events).toMatchObject([
      { type: "purchase", items: [{ productId: "b1" }] },
      { type: "impression", productIds: ["g1"] },
    ]);
  });

  it("drops the network at once, and trains one that equals one that never saw it", async () => {
    const past = coffeeShopper(12);
    const isAbout = (event: ShopEvent) => productIdsOf(event).includes("k1");
    const shop = await open();
    await shop.observe(past);
    await shop.train();
    const learned = await bytesOf(shop);
    const seen: Status[] = [];
    shop.subscribe((status) => seen.push(status));
    await shop.forget({ productId: "k1" });
    await relearned(shop);
    const during = seen.filter(({ relearning }) => relearning && !relearning.doneAt);
    expect(during.length).toBeGreaterThan(0);
    expect(during[0]).toMatchObject({ network: "prior", relearning: { since: NOW } });
    const other = await open({ databaseName: "other" });
    await other.observe(
      past.flatMap((event) => {
        if (!isAbout(event)) return [event];
        const ids = productIdsOf(event).filter((id) => id !== "k1");
        return event.type === "impression" && ids.length > 0 ? [{ ...event, productIds: ids }] : [];
      }),
    );
    await other.train();
    expect(await bytesOf(shop)).toEqual(await bytesOf(other));
    expect(await bytesOf(shop)).not.toEqual(learned);
  });

  it("that was not there changes nothing", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.train();
    const before = await bytesOf(shop);
    expect(await shop.forget({ productId: "b7" })).toEqual({ events: 0 });
    expect(await bytesOf(shop)).toEqual(before);
    expect((await statusOf(shop)).relearning).toBeUndefined();
  });

  it("empties other tabs' memory of it, and their network", async () => {
    const [left, right] = [await open(), await open()];
    await left.observe([...coffeeShopper(4), view("b4")]);
    await left.importNetwork(networkToBytes(randomNetwork(7)));
    await eventually(async () => expect((await statusOf(right)).network).toBe("personal"));
    expect(await viewed(right)).toContain("b4");
    await left.forget({ category: ["Books"] });
    await eventually(async () => expect(await viewed(right)).not.toContain("b4"));
    await relearned(left);
    await eventually(async () => {
      expect(await bytesOf(right)).toEqual(await bytesOf(left));
    });
    expect(await bytesOf(right)).not.toEqual(new Uint8Array(networkToBytes(randomNetwork(7))));
  });

  it("is refused for what names no part, and fails aloud when the store does", async () => {
    const shop = await open();
    await shop.observe(view("k1"));
    for (const selection of [
      {},
      { seq: 0 },
      { productId: "" },
      { category: [] },
      { seq: 1, productId: "k1" },
    ]) {
      await expect(shop.forget(selection as never)).rejects.toBeInstanceOf(FieldError);
    }
    vi.spyOn(IDBDatabase.prototype, "transaction").mockImplementation(() => {
      throw new Error("the disk is broken");
    });
    await expect(shop.forget({ productId: "k1" })).rejects.toThrow("the disk is broken");
    await expect(shop.erase()).rejects.toThrow("the disk is broken");
    vi.restoreAllMocks();
    expect((await statusOf(shop)).events).toBe(1);
    expect((await statusOf(await open())).events).toBe(1);
  });

  it("muted counts no more, stays stored, and counts again when that is taken back", async () => {
    const shop = await open();
    await shop.observe([view("k1"), view("g1"), view("b1")]);
    const before = await idsFor(shop, 21);
    await shop.mute({ productId: "g1" });
    await shop.mute({ category: ["Books"] });
    await shop.mute({ seq: 1 });
    expect(await viewed(shop)).toEqual([]);
    expect(await idsFor(shop, 21)).not.toEqual(before);
    const { events, status } = await shop.inspect();
    expect(events.map(({ muted }) => muted)).toEqual([undefined, undefined, true]);
    expect(status.muted).toEqual({ products: ["g1"], categories: [["Books"]] });
    await close(shop);
    const again = await open();
    expect(await viewed(again)).toEqual([]);
    await again.unmute({ seq: 1 });
    await again.unmute({ productId: "g1" });
    await again.unmute({ category: ["Books"] });
    expect(await idsFor(again, 21)).toEqual(before);
    expect((await statusOf(again)).muted).toEqual({ products: [], categories: [] });
  });

  it("muted in one tab counts no more in the other, and nothing is learned from it", async () => {
    const [left, right] = [await open(), await open()];
    await left.observe(coffeeShopper(3));
    await left.mute({ category: ["Kitchen"] });
    await eventually(async () => expect(await viewed(right)).toEqual(await viewed(left)));
    expect((await statusOf(right)).muted.categories).toEqual([["Kitchen"]]);
    expect((await statusOf(left)).turns).toBe(0);
    expect(await left.train()).toBeUndefined();
  });
});

describe("retention", () => {
  it("deletes what is older at the start of a visit, and what was learned from it", async () => {
    const shop = await open();
    await shop.observe([view("k1", NOW - 399 * DAY), view("k2", NOW - 10 * DAY), view("k3")]);
    await shop.importNetwork(networkToBytes(randomNetwork(7)));
    await close(shop);
    const later = await open({ clock: () => NOW + 2 * DAY });
    expect(await statusOf(later)).toMatchObject({
      events: 2,
      network: "prior",
      retentionDays: 400,
    });
  });

  it("chosen shorter deletes at once, in every tab, and is kept", async () => {
    const [shop, other] = [await open(), await open()];
    await shop.observe([view("k1", NOW - 40 * DAY), view("k2", NOW - 20 * DAY), view("k3")]);
    await shop.setRetention(30);
    expect(await statusOf(shop)).toMatchObject({ events: 2, retentionDays: 30 });
    await eventually(async () => {
      expect(await statusOf(other)).toMatchObject({ events: 2, retentionDays: 30 });
    });
    await close(shop);
    expect((await statusOf(await open())).retentionDays).toBe(30);
  });

  it("is looked after once a day in a page that stays open", async () => {
    let now = NOW;
    const shop = await open({ clock: () => now });
    await shop.setRetention(7);
    await shop.observe([view("k1", NOW - 7 * DAY), view("k2")]);
    now += 0.9 * DAY;
    await shop.observe(view("k3"));
    expect((await statusOf(shop)).events).toBe(3);
    now += 0.2 * DAY;
    await shop.observe(view("k4"));
    expect((await shop.inspect()).events.map(({ seq }) => seq)).toEqual([4, 3, 2]);
  });

  it.each([6, 401, 30.5, "30"])("of %j days is refused", async (days) => {
    const shop = await open();
    await expect(shop.setRetention(days as number)).rejects.toThrow('field "retentionDays"');
  });
});

describe("one file with everything", () => {
  const contentOf = async (shop: Recommender) => {
    const file = JSON.parse(new TextDecoder().decode(await shop.exportFile()));
    return file.content;
  };

  it.each([undefined, "a fox in the fog"])(
    "restores all of it after an erase, with the passphrase %j",
    async (passphrase) => {
      const page = { cart: "a mug" };
      const options = passphrase === undefined ? {} : { passphrase };
      const shop = await open();
      // Too few turns for a training, which would put another network in place meanwhile.
      await shop.observe(coffeeShopper(1));
      await shop.mute({ seq: 2 });
      await eventually(async () => {
        expect((await statusOf(shop)).relearning?.doneAt).toBeDefined();
      });
      await shop.setRetention(300);
      await shop.importNetwork(networkToBytes(randomNetwork(7)));
      const before = await contentOf(shop);
      const file = await shop.exportFile({ page, ...options });
      await shop.erase();
      expect((await contentOf(shop)).events).toEqual([]);
      const imported = await shop.importFile(file, { mode: "replace", ...options });
      expect(imported).toEqual({ events: 5, page });
      expect(await contentOf(shop)).toEqual(before);
      expect(await bytesOf(shop)).toEqual(new Uint8Array(networkToBytes(randomNetwork(7))));
      expect((await statusOf(shop)).retentionDays).toBe(300);
    },
  );

  it("merged adds what is not there, in order of time, also in other tabs, and keeps the network", async () => {
    const [shop, tab] = [await open(), await open()];
    const other = await open({ databaseName: "other" });
    await shop.observe([view("k1", NOW - 5), view("k3", NOW - 1)]);
    await shop.importNetwork(networkToBytes(randomNetwork(7)));
    await other.observe([view("k1", NOW - 5), view("k2", NOW - 3)]);
    const file = await other.exportFile();
    expect(await shop.importFile(file, { mode: "merge" })).toMatchObject({ events: 1 });
    expect(await shop.importFile(file, { mode: "merge" })).toMatchObject({ events: 0 });
    const { events } = await shop.inspect();
    expect(events.map((event) => "productId" in event && event.productId)).toEqual([
      "k3",
      "k2",
      "k1",
    ]);
    expect(await bytesOf(shop)).toEqual(new Uint8Array(networkToBytes(randomNetwork(7))));
    await eventually(async () => {
      expect((await statusOf(tab)).events).toBe(3);
      expect(await bytesOf(tab)).toEqual(await bytesOf(shop));
    });
  });

  it("refused changes nothing", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(4));
    await shop.importNetwork(networkToBytes(randomNetwork(7)));
    const before = { content: await contentOf(shop), bytes: await bytesOf(shop) };
    const sealed = await shop.exportFile({ passphrase: "a fox in the fog" });
    const bad: [ArrayBuffer, object][] = [
      [sealed, { mode: "replace", passphrase: "another fox" }],
      [sealed.slice(0, 99), { mode: "replace", passphrase: "a fox in the fog" }],
      [new ArrayBuffer(8), { mode: "merge" }],
      [await shop.exportFile(), { mode: "overwrite" }],
    ];
    for (const [file, options] of bad) {
      await expect(shop.importFile(file, options as never)).rejects.toThrow();
    }
    expect(await contentOf(shop)).toEqual(before.content);
    expect(await bytesOf(shop)).toEqual(before.bytes);
  });
});

it("tells what is stored, and what this browser can do", async () => {
  const shop = await open();
  await shop.observe([view("k1", NOW - DAY), view("k2")]);
  expect(await shop.storage()).toMatchObject({
    isEncrypted: true,
    oldestAt: NOW - DAY,
    supports: { indexedDb: true, encryption: true, webgl2InWorker: false, broadcastChannel: true },
  });
});
