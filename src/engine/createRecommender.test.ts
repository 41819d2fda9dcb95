import { IDBDatabase } from "fake-indexeddb";
import { describe, expect, it, vi } from "vitest";
import {
  addToCart,
  coffeeShopper,
  DAY,
  NOW,
  notForMe,
  randomNetwork,
  view,
} from "../testing/fixtures.ts";
import {
  bytesOf,
  catalog,
  close,
  eventually,
  idsFor,
  open,
  pack,
  statusOf,
} from "../testing/openRecommender.ts";
import { createExperiment } from "./events/experiment.ts";
import type { ShopEventInput } from "./events/shopEvent.ts";
import { FieldError } from "./kit/fields.ts";
import { type Message, messageOf } from "./kit/message.ts";
import { networkToBytes } from "./network/networkFile.ts";
import type { Status } from "./recommender.ts";
import { itemPackFromBytes, itemPackToShards } from "./shop/itemPack.ts";

describe("a pack in shards", () => {
  it("makes the same cards as the complete pack, and loads only the shards they need", async () => {
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

  it("is not asked about the past for what is trending", async () => {
    const { base, shards } = itemPackToShards(pack, catalog, 4);
    const loadShard = vi.fn(async (index: number) => shards[index]!);
    const shop = await open({ pack: itemPackFromBytes(base, catalog), loadShard });
    await shop.observe([view("k1", NOW), view("g1", NOW)]);
    const { cards } = await shop.recommend({ strategy: "trending", limit: 4 });
    expect(cards).toHaveLength(4);
    expect(loadShard).not.toHaveBeenCalled();
  });

  it("trains as with the complete pack", async () => {
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
    expect(await bytesOf(sharded)).toEqual(await bytesOf(whole));
  });
});

describe("products", () => {
  it("come from the catalog in the requested order, undefined for unknown ids", async () => {
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
  it("has cards for a new shopper, and reports its status", async () => {
    const rejectedProducts = [{ index: 3, id: "x", reason: BEFORE }];
    const shop = await open({ rejectedProducts, warnings: [BEFORE], thread: "worker" });
    expect(await idsFor(shop)).toHaveLength(5);
    expect(await statusOf(shop)).toEqual({
      thread: "worker",
      store: "indexeddb",
      isGuest: false,
      recording: { to: "browser" },
      consent: "granted",
      network: "prior",
      offersConsent: "awaited",
      events: 0,
      interactions: 0,
      experiment: createExperiment(() => false).statusAt(NOW),
      trainer: undefined,
      training: undefined,
      lastTraining: undefined,
      relearning: undefined,
      isEncrypted: true,
      retentionDays: 400,
      hidden: [],
      muted: { products: [], categories: [] },
      rejectedProducts,
      warnings: [BEFORE],
    });
  });

  it("takes the shopper's actions into account at once", async () => {
    const shop = await open();
    const before = await idsFor(shop, 21);
    expect(before).toContain("k4");
    await shop.observe([view("g1"), addToCart("k4"), notForMe("b5")]);
    const after = await idsFor(shop, 21);
    expect(after).not.toContain("k4");
    expect(after).not.toContain("b5");
    expect((await statusOf(shop)).hidden).toEqual(["b5"]);
    await shop.observe(notForMe("b5", NOW, false));
    expect((await statusOf(shop)).hidden).toEqual([]);
    const recent = await shop.recommend({ strategy: "recently-viewed", limit: 5 });
    expect(recent.cards.map(({ productId }) => productId)).toEqual(["g1"]);
  });

  it("stores nothing from a call with a malformed event, and names its field", async () => {
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

  it("returns stored events, newest first and only as many as requested", async () => {
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

  it("calls listeners with the status now and on every change, until they unsubscribe", async () => {
    const shop = await open();
    const seen: number[] = [];
    const stop = shop.subscribe((status) => seen.push(status.events));
    expect(seen).toEqual([0]);
    await shop.observe(view("k1"));
    expect(seen.at(-1)).toBe(1);
    stop();
    const received = seen.length;
    await shop.observe(view("k2"));
    expect(seen).toHaveLength(received);
  });

  it("relates to the current product, which is not on the shelf itself", async () => {
    const shop = await open();
    const ids = async (productId: string) =>
      (await shop.recommend({ strategy: "related", limit: 3, productId, diversity: 0 })).cards.map(
        (card) => card.productId,
      );
    expect(await ids("g1")).toContain("g2");
    expect(await ids("g1")).not.toContain("g1");
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

it("a recommender that is notified by another tab while it opens still opens correctly", async () => {
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

it("a closed recommender neither trains nor listens", async () => {
  const [left, right] = [await open(), await open()];
  const listener = vi.fn();
  left.subscribe(listener);
  await left.observe(coffeeShopper(3));
  await close(left);
  const received = listener.mock.calls.length;
  await right.observe(view("k1"));
  await eventually(async () => expect((await statusOf(right)).events).toBe(16));
  expect(listener).toHaveBeenCalledTimes(received);
});

it("reports what is stored, and what this browser can do", async () => {
  const shop = await open();
  await shop.observe([view("k1", NOW - DAY), view("k2")]);
  expect(await shop.storage()).toMatchObject({
    isEncrypted: true,
    oldestAt: NOW - DAY,
    supports: { indexedDb: true, encryption: true, webgl2InWorker: false, broadcastChannel: true },
  });
});
