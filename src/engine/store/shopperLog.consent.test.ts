import { describe, expect, it } from "vitest";
import { coffeeShopper, randomNetwork, view } from "../../testing/fixtures.ts";
import {
  bytesOf,
  close,
  eventually,
  idsFor,
  open,
  statusOf,
} from "../../testing/openRecommender.ts";
import { networkToBytes } from "../network/networkFile.ts";
import { openEventStore } from "./indexedDbStore.ts";

describe("pausing", () => {
  it("records nothing, reports that, and persists to the next visit", async () => {
    const shop = await open();
    await shop.observe(view("k1"));
    await shop.pause();
    await shop.observe([view("k2"), view("k3")]);
    expect(await statusOf(shop)).toMatchObject({
      events: 1,
      interactions: 1,
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

  it("still validates the page's events", async () => {
    const shop = await open();
    await shop.pause();
    await expect(shop.observe({ type: "view" } as never)).rejects.toThrow('"productId"');
  });

  it("applies to other tabs, and so does resuming", async () => {
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

  it("is the initial state under Global Privacy Control, until the shopper resumes", async () => {
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

  it("survives erasing everything", async () => {
    const shop = await open();
    await shop.pause();
    await shop.erase();
    await close(shop);
    expect((await statusOf(await open())).recording.because).toBe("paused");
  });
});

describe("a guest visit", () => {
  it("starts empty, stores nothing, and restores the shopper's own history at its end", async () => {
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

  it("from the start creates no database", async () => {
    const shop = await open({ guest: true });
    await shop.observe(coffeeShopper(2));
    await shop.train();
    await shop.pause();
    await shop.erase();
    expect(await indexedDB.databases()).toEqual([]);
  });

  it("neither sends changes to other tabs nor receives them", async () => {
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

  it("restores what was held in memory before consent", async () => {
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
  it("that must be asked for: before it nothing is stored, and then everything held in memory is", async () => {
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

  it("refused drops the events in memory, creates no database, and records nothing", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe(coffeeShopper(2));
    await shop.setConsent("refused");
    await shop.observe(view("k1"));
    expect(await statusOf(shop)).toMatchObject({
      events: 0,
      interactions: 0,
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

  it("refused also erases events stored before the page had to ask", async () => {
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

  it("refused is saved if a database exists", async () => {
    const shop = await open({ consent: "auto" });
    await shop.setConsent("refused");
    await close(shop);
    const again = await open({ consent: "auto" });
    expect(await statusOf(again)).toMatchObject({
      consent: "refused",
      recording: { to: "nowhere" },
    });
  });

  it("given or withdrawn in one tab applies to the other, which stores what it held in memory", async () => {
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

  it("does not end an earlier pause", async () => {
    const shop = await open({ consent: "required" });
    await shop.observe(view("k1"));
    await shop.pause();
    await shop.setConsent("granted");
    await shop.observe(view("k2"));
    expect(await statusOf(shop)).toMatchObject({ events: 1, recording: { because: "paused" } });
  });

  it("must be one of two answers", async () => {
    const shop = await open();
    await expect(shop.setConsent("yes" as never)).rejects.toThrow("expected granted or refused");
  });
});

describe("consent to offers", () => {
  const offersOf = async (shop: Awaited<ReturnType<typeof open>>) =>
    (await statusOf(shop)).offersConsent;

  it("is awaited until it is given or refused; what was learned stays", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.importNetwork(networkToBytes(randomNetwork(7)));
    const before = await statusOf(shop);
    expect(before).toMatchObject({ network: "personal", offersConsent: "awaited" });
    await shop.setConsent({ offers: "granted" });
    expect(await statusOf(shop)).toEqual({ ...before, offersConsent: "granted" });
    await shop.setConsent({ offers: "refused" });
    expect(await statusOf(shop)).toEqual({ ...before, offersConsent: "refused" });
  });

  it("is kept for the next visit, and applies to other tabs", async () => {
    const [left, right] = [await open(), await open()];
    await left.setConsent({ offers: "granted" });
    await eventually(async () => expect(await offersOf(right)).toBe("granted"));
    await close(left);
    await close(right);
    expect(await offersOf(await open())).toBe("granted");
  });

  it("is refused if recommendations are, and by Global Privacy Control, unless it was given", async () => {
    const signaled = await open({ databaseName: "signaled", globalPrivacyControl: true });
    expect(await offersOf(signaled)).toBe("refused");
    await signaled.setConsent({ offers: "granted" });
    expect(await offersOf(signaled)).toBe("granted");
    const shop = await open();
    await shop.setConsent("refused");
    expect(await offersOf(shop)).toBe("refused");
    await shop.setConsent("granted");
    expect(await offersOf(shop)).toBe("awaited");
  });

  it("may be answered together with recommendations, or before them", async () => {
    const together = await open({ databaseName: "together", consent: "required" });
    await together.observe(view("k1"));
    await together.setConsent({ recommendations: "granted", offers: "refused" });
    expect(await statusOf(together)).toMatchObject({
      events: 1,
      consent: "granted",
      offersConsent: "refused",
    });
    const before = await open({ consent: "required" });
    await before.setConsent({ offers: "granted" });
    expect(await statusOf(before)).toMatchObject({ consent: "awaited", offersConsent: "granted" });
    expect((await indexedDB.databases()).map(({ name }) => name)).toEqual(["together"]);
    await before.setConsent("granted");
    await close(before);
    expect(await offersOf(await open({ consent: "required" }))).toBe("granted");
  });

  it("given while recommendations are refused is kept, and nothing else is", async () => {
    const shop = await open();
    await shop.setConsent("refused");
    await shop.setConsent({ offers: "granted" });
    await shop.observe(view("k1"));
    await close(shop);
    expect(await statusOf(await open())).toMatchObject({
      consent: "refused",
      offersConsent: "granted",
      events: 0,
    });
  });

  it("of the shopper does not apply to a guest, and is restored after the guest visit", async () => {
    const shop = await open();
    await shop.setConsent({ offers: "granted" });
    await shop.startGuestVisit();
    expect(await offersOf(shop)).toBe("awaited");
    await shop.setConsent({ offers: "refused" });
    expect(await offersOf(shop)).toBe("awaited");
    await shop.endGuestVisit();
    expect(await offersOf(shop)).toBe("granted");
  });

  it("is missing from choices stored by version 0.1, which remain valid", async () => {
    const store = await openEventStore("shop");
    await store.writeChoices({ consent: "granted", retentionDays: 30 });
    store.close();
    expect(await statusOf(await open({ consent: "required" }))).toMatchObject({
      consent: "granted",
      offersConsent: "awaited",
      retentionDays: 30,
      warnings: [],
    });
  });
});

describe("an answer of an earlier visit", () => {
  it("does not return with another tab's pause if the page has asked again since", async () => {
    const before = await open();
    await before.setConsent("refused");
    await close(before);
    const [shop, other] = [await open({ consent: "granted" }), await open({ consent: "granted" })];
    await shop.observe(view("k1"));
    await other.pause();
    await eventually(async () =>
      expect((await statusOf(shop)).recording).toEqual({ to: "nowhere", because: "paused" }),
    );
    await other.resume();
    await eventually(async () => expect((await statusOf(shop)).recording.to).toBe("browser"));
    expect(await statusOf(shop)).toMatchObject({ events: 1, consent: "granted" });
  });
});
