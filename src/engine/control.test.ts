import { IDBDatabase, IDBObjectStore } from "fake-indexeddb";
import { describe, expect, it, vi } from "vitest";
import {
  coffeeShopper,
  DAY,
  impression,
  NOW,
  purchase,
  randomNetwork,
  view,
} from "../testing/fixtures.ts";
import { bytesOf, close, eventually, idsFor, open, statusOf } from "../testing/openRecommender.ts";
import { productIdsOf, type ShopEvent } from "./events/shopEvent.ts";
import { FieldError } from "./kit/fields.ts";
import { networkToBytes } from "./network/networkFile.ts";
import type { Recommender, Status } from "./recommender.ts";

describe("erasing", () => {
  it("deletes everything and returns to the prior", async () => {
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

  it("stops a running training and keeps none of its results", async () => {
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
      status: { network: "prior", lastTraining: undefined, warnings: [] },
    });
  });

  it("deletes a network that is just being saved, and its report", async () => {
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
      status: { network: "prior", lastTraining: undefined, warnings: [] },
    });
  });
});

describe("forgetting a part", () => {
  const viewed = async (shop: Recommender) => {
    const { cards } = await shop.recommend({ strategy: "recently-viewed", limit: 50 });
    return cards.map(({ productId }) => productId);
  };
  const relearned = (shop: Recommender) =>
    eventually(async () => expect((await statusOf(shop)).relearning?.doneAt).toBe(NOW));

  it("deletes one event, a product or a category, and keeps the rest", async () => {
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

  it("keeps an event's other products", async () => {
    const shop = await open();
    await shop.observe([impression(["k1", "g1"]), purchase(["k1", "b1"])]);
    expect(await shop.forget({ productId: "k1" })).toEqual({ events: 2 });
    const { events } = await shop.inspect();
    expect(events).toMatchObject([
      { type: "purchase", items: [{ productId: "b1" }] },
      { type: "impression", productIds: ["g1"] },
    ]);
  });

  it("drops the network at once, and trains one equal to one that never saw the deleted events", async () => {
    const history = coffeeShopper(20);
    const isAbout = (event: ShopEvent) => productIdsOf(event).includes("k1");
    const shop = await open();
    await shop.observe(history);
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
      history.flatMap((event) => {
        if (!isAbout(event)) return [event];
        const ids = productIdsOf(event).filter((id) => id !== "k1");
        return event.type === "impression" && ids.length > 0 ? [{ ...event, productIds: ids }] : [];
      }),
    );
    await other.train();
    expect(await bytesOf(shop)).toEqual(await bytesOf(other));
    expect(await bytesOf(shop)).not.toEqual(learned);
  });

  it("that does not exist changes nothing", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.train();
    const before = await bytesOf(shop);
    expect(await shop.forget({ productId: "b7" })).toEqual({ events: 0 });
    expect(await bytesOf(shop)).toEqual(before);
    expect((await statusOf(shop)).relearning).toBeUndefined();
  });

  it("also deletes it, and the network, in other tabs", async () => {
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

  it("is refused unless it names a part, and rejects when the store fails", async () => {
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

  it("that is muted stays stored but does not count, until it is unmuted", async () => {
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

  it("that is muted in one tab does not count in the other, and nothing is learned from it", async () => {
    const [left, right] = [await open(), await open()];
    await left.observe(coffeeShopper(3));
    await left.mute({ category: ["Kitchen"] });
    await eventually(async () => expect(await viewed(right)).toEqual(await viewed(left)));
    expect((await statusOf(right)).muted.categories).toEqual([["Kitchen"]]);
    expect((await statusOf(left)).interactions).toBe(0);
    expect(await left.train()).toBeUndefined();
  });
});

describe("retention", () => {
  it("deletes older events at the start of a visit, and what was learned from them", async () => {
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

  it("deletes at once when it is shortened, in every tab, and is kept", async () => {
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

  it("is applied once a day in a page that stays open", async () => {
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
