import { describe, expect, it } from "vitest";
import { coffeeShopper, NOW, randomNetwork, view } from "../../testing/fixtures.ts";
import { bytesOf, eventually, open, statusOf } from "../../testing/openRecommender.ts";
import { networkToBytes } from "../network/networkFile.ts";
import type { Recommender } from "../recommender.ts";

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
      // Too few interactions for a training, which would replace the network in the meantime.
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

  it("merged adds missing events, sorted by time, also in other tabs, and keeps the network", async () => {
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
