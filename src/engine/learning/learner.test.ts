import { describe, expect, it, vi } from "vitest";
import { coffeeShopper, NOW, randomNetwork, view } from "../../testing/fixtures.ts";
import {
  bytesOf,
  close,
  eventually,
  idsFor,
  open,
  pack,
  statusOf,
} from "../../testing/openRecommender.ts";
import { NETWORK_SIZE } from "../network/network.ts";
import { networkFromBytes, networksFromBytes, networkToBytes } from "../network/networkFile.ts";
import { openEventStore } from "../store/indexedDbStore.ts";
import { FIRST_INTERACTIONS, GROWTH, IDLE_MS } from "./schedule.ts";

describe("the next visit", () => {
  it("restores the history and the network", async () => {
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
      warnings: [],
    });
  });

  it("takes over version 0.1's network, and does not train earlier because of it", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    const { interactions: turns, ...report } = (await shop.train())!;
    expect(turns).toBe(24);
    const network = await bytesOf(shop);
    const { network: kind } = await statusOf(shop);
    await close(shop);
    const store = await openEventStore("shop");
    await store.writeValue("training", { ...report, turns });
    store.close();
    const again = await open();
    await again.observe(view("k1"));
    await again.settled(); // A due training starts here.
    expect(await statusOf(again)).toMatchObject({
      network: kind,
      lastTraining: { ...report, interactions: turns },
      warnings: [],
    });
    expect(await bytesOf(again)).toEqual(network);
  });

  it.each([
    ["a report", "training", { trainer: "plain", interactions: "many" }],
    ["a choice", "trainerChoice", { trainer: "plain", reason: "it is faster here" }],
  ] as const)("reports %s of an unknown shape, and makes it anew", async (_what, key, value) => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.train();
    const network = await bytesOf(shop);
    await close(shop);
    const store = await openEventStore("shop");
    await store.writeValue(key, value);
    store.close();
    const again = await open();
    expect(await statusOf(again)).toMatchObject({
      events: 30,
      warnings: [{ code: "value-unreadable", params: { because: { code: "field" } } }],
    });
    expect(await bytesOf(again)).toEqual(network);
    await again.train();
    const { lastTraining, trainer } = await statusOf(again);
    expect(lastTraining).toMatchObject({ trainer: "plain", interactions: 24 });
    expect(trainer).toMatchObject({ reason: { code: "asked-for" } });
    await close(again);
    expect((await statusOf(await open())).warnings).toEqual([]);
  });

  it("detects a stored value that is not a network, and trains again", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.train();
    await close(shop);
    const store = await openEventStore("shop");
    await store.writeValue("network", { weights: [1, 2] } as never);
    store.close();
    const again = await open();
    expect(await statusOf(again)).toMatchObject({
      network: "prior",
      lastTraining: undefined,
      warnings: [{ code: "value-unreadable", params: { because: { code: "field" } } }],
    });
  });

  it("detects a damaged network, starts from the prior and trains again", async () => {
    const shop = await open();
    await shop.observe(coffeeShopper(6));
    await shop.train();
    await close(shop);
    const store = await openEventStore("shop");
    const bytes = (await store.readValue("network")) as ArrayBuffer;
    new Uint8Array(bytes)[100]! ^= 1;
    await store.writeValue("network", bytes);
    store.close();
    const again = await open();
    const damaged = await statusOf(again);
    expect(damaged.warnings).toMatchObject([
      { code: "network-unreadable", params: { because: { code: "network-damaged" } } },
    ]);
    expect(damaged).toMatchObject({ network: "prior", lastTraining: undefined, events: 30 });
    await again.settled();
    expect((await statusOf(again)).lastTraining).toMatchObject({ trainer: "plain", events: 30 });
    expect(() => networkFromBytes(bytes)).toThrow();
    await close(again);
    expect((await statusOf(await open())).warnings).toEqual([]);
  });

  it("works without any store, and reports it", async () => {
    vi.stubGlobal("indexedDB", undefined);
    const shop = await open();
    await shop.observe(coffeeShopper(3));
    expect(await shop.train()).toMatchObject({ trainer: "plain", events: 15 });
    const status = await statusOf(shop);
    expect(status).toMatchObject({ store: "memory", events: 15 });
    expect(status.warnings).toMatchObject([
      { message: "Events are kept in memory only: this browser has no IndexedDB" },
    ]);
  });
});

describe("training", () => {
  const interactions = (count: number) =>
    Array.from({ length: count }, (_, at) => view(`k${1 + (at % 6)}`));

  it("is due after the first interactions, and not before", async () => {
    const shop = await open();
    await shop.observe(interactions(FIRST_INTERACTIONS - 1));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toBeUndefined();
    await shop.observe(view("k6"));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toMatchObject({
      trainer: "plain",
      interactions: FIRST_INTERACTIONS,
      events: FIRST_INTERACTIONS,
      at: NOW,
    });
  });

  it("is due again only after enough new interactions", async () => {
    const shop = await open();
    const known = 2 * Math.ceil(FIRST_INTERACTIONS / GROWTH);
    await shop.observe(interactions(known));
    await shop.settled();
    await shop.observe(interactions(GROWTH * known - 1));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toMatchObject({ interactions: known });
    await shop.observe(view("k1"));
    await shop.settled();
    expect((await statusOf(shop)).lastTraining).toMatchObject({
      interactions: known * (1 + GROWTH),
    });
  });

  it("waits until the shopper pauses", async () => {
    const shop = await open();
    await shop.observe(interactions(FIRST_INTERACTIONS - 1));
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
      expect((await statusOf(shop)).lastTraining).toMatchObject({
        interactions: FIRST_INTERACTIONS + 1,
      });
    });
  });

  it("reports its progress, examples and losses, and saves the network", async () => {
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
    expect(epochs).toContain(1); // Later ones are reported a few times a second.
    expect(epochs.at(-1)).toBeUndefined();
    const { networkBytes, status } = await shop.inspect();
    expect(networkBytes).toBe((await shop.exportNetwork()).byteLength);
    expect(status.trainer).toMatchObject({ trainer: "plain", reason: { code: "asked-for" } });
    expect(status.lastTraining).toEqual(report);
  });

  it("starts from the item pack's own weights if it has some, and still returns them after training", async () => {
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

  it("resolves with undefined if there is nothing to learn from", async () => {
    const shop = await open();
    expect(await shop.train()).toBeUndefined();
    expect(await statusOf(shop)).toMatchObject({ network: "prior", warnings: [] });
  });

  it("uses the plain trainer if WebGL cannot train, and gives the reason", async () => {
    const shop = await open({ trainer: "auto", thread: "worker" });
    await shop.observe(coffeeShopper(3));
    expect(await shop.train()).toMatchObject({ trainer: "plain" });
    expect((await statusOf(shop)).trainer).toMatchObject({
      trainer: "plain",
      reason: { code: "webgl-unusable", message: expect.stringMatching(/^WebGL: ./) },
    });
  });

  it("continues with the plain trainer where a failing WebGL trainer stopped, with a warning", async () => {
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
    expect((await statusOf(shop)).warnings).toMatchObject([
      { code: "trainer-failed", params: { trainer: "webgl", because: { code: "other" } } },
    ]);
  });
});

describe("an imported network", () => {
  const network = randomNetwork(7, "sigmoid");

  it("is used and kept", async () => {
    const shop = await open();
    await shop.importNetwork(networkToBytes(network));
    expect(await bytesOf(shop)).toEqual(new Uint8Array(networkToBytes(network)));
    expect((await statusOf(shop)).network).toBe("personal");
    await close(shop);
    expect(await bytesOf(await open())).toEqual(new Uint8Array(networkToBytes(network)));
  });

  it("is refused if it is damaged, and the one in use stays", async () => {
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
